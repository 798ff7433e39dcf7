-- one row per leader, wave, rater and scale
with teams as (
  select
    leader, wave, rater,
    {{each scales:
      count(s#scale) as n#scale,
      sum(s#scale) as sum#scale,
      sum(s#scale * s#scale) as squares#scale,
    }}
  from scores
  group by leader, wave, rater
),
sums as (
  select
    leader, wave, rater,
    unnest([{{each scales: $scale_#scale,}}]) as scale,
    unnest([{{each scales: n#scale,}}]) as n,
    unnest([{{each scales: sum#scale,}}]) as sum,
    unnest([{{each scales: squares#scale,}}]) as squares
  from teams
)
select
  leader, wave, rater, scale::varchar as scale,
  n::bigint as n,
  sum::hugeint as sum,
  squares::hugeint as squares
from sums
where n > 0
