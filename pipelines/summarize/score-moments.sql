-- one row per leader, wave, rater and scale
with sums as (
  select leader, wave, rater, scale, n, sum, squares from team_sums
  union all
  select leader, wave, '' as rater, scale, 1 as n, score as sum, score::hugeint * score as squares from differences
)
select
  leader, wave, rater, scale,
  n::bigint as n,
  middle::double as shift,
  (sum::double * span / $resolution)::double as sum,
  (squares::double * power(span / $resolution, 2))::double as sum_of_squares
from sums
join scale_units using (scale)
