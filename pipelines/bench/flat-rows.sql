-- one row per respondent of a made-up trial: leader, arm, two covariates, a score
with of_leader as (
  select range::integer as leader, if(range % 2 = 0, 'control', 'treated') as arm, hash(range) % 1000 / 50.0 - 10 as level
  from range($leaders)
),
of_row as (
  select
    (range % $leaders)::integer as leader,
    (hash(range, 1) % 2)::integer as x1,
    (hash(range, 2) % 500) / 10.0 as x2,
    (hash(range, 3) % 1000 + hash(range, 4) % 1000 + hash(range, 5) % 1000) / 40.0 - 37.5 as noise
  from range($rows)
)
select
  leader,
  arm,
  x1,
  x2,
  round(50 + level + if(arm = 'treated', 2, 0) + 3 * x1 + 0.2 * (x2 - 25) + noise, 3) as y
from of_row
join of_leader using (leader)
