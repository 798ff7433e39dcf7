-- one row per leader, wave, rater and scale
with steps as (
  select leader, wave, rater, scale, score from scores
  union all
  select leader, wave, '' as rater, scale, score from differences
)
select
  leader, wave, rater, scale,
  count(*)::bigint as n,
  any_value(middle)::double as shift,
  (sum(score)::double * any_value(span) / $resolution)::double as sum,
  (sum(score * score)::double * power(any_value(span) / $resolution, 2))::double as sum_of_squares
from steps
join scale_units using (scale)
group by all
