-- one row per scale, wave and rater
select
  scale, wave, rater,
  sum(n)::bigint as n,
  count(*)::bigint as leaders,
  any_value(middle)::double as middle,
  (sum(sum)::double * any_value(span) / $resolution)::double as sum,
  (sum(squares)::double * power(any_value(span) / $resolution, 2))::double as sum_of_squares,
  (list_sum(list(sum::double / n * sum::double order by leader)) * power(any_value(span) / $resolution, 2))::double as between,
  list_avg(list(rwg order by leader) filter (where rwg is not null))::double as rwg,
  list_avg(list(skewed order by leader) filter (where skewed is not null))::double as rwg_skewed,
  count(rwg)::bigint as rwg_leaders
from team_sums
join scale_units using (scale)
left join team_agreement using (scale, wave, rater, leader)
group by all
