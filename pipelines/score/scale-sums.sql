-- one row per scale, wave and rater
with teams as (
  select scale, wave, rater, leader, count(*) as n, sum(score)::hugeint as sum, sum(score * score)::hugeint as squares
  from scores
  group by all
),
asked as (
  select scale, wave, rater, list(i order by i) as places
  from item_pairs
  where i = j
  group by all
),
complete as (
  select
    leader, wave, rater, scale, len(places) as asked,
    list_transform(list_select(list_select(answers, positions), places), lambda answer:
      round((answer - (low + high) / 2) * $resolution / (high - low))::bigint) as steps
  from responses
  join asked using (wave, rater)
  join item_scales using (scale)
  where list_count(list_select(list_select(answers, positions), places)) = len(places)
),
items as (
  select leader, wave, rater, scale, asked, unnest(steps) as step, generate_subscripts(steps, 1) as place from complete
),
variances as (
  select
    leader, wave, rater, scale, asked, place,
    (sum(step * step)::double - sum(step)::double * sum(step)::double / count(*)) / (count(*) - 1) as variance
  from items
  group by all
  having count(*) > 1
),
ratios as (
  select
    leader, wave, rater, scale, any_value(asked) as asked,
    list_avg(list(variance order by place)) * power((any_value(high) - any_value(low)) / $resolution, 2)
      / ((power(any_value(high) - any_value(low) + 1, 2) - 1) / 12) as ratio
  from variances
  join item_scales using (scale)
  group by all
),
agreement as (
  select
    scale, wave, rater, leader,
    case when ratio >= 1 then 0 else asked * (1 - ratio) / (asked * (1 - ratio) + ratio) end as rwg
  from ratios
)
select
  scale, wave, rater,
  sum(n)::bigint as n,
  count(*)::bigint as leaders,
  any_value(middle)::double as middle,
  (sum(sum)::double * any_value(span) / $resolution)::double as sum,
  (sum(squares)::double * power(any_value(span) / $resolution, 2))::double as sum_of_squares,
  (list_sum(list(sum::double / n * sum::double order by leader)) * power(any_value(span) / $resolution, 2))::double as between,
  list_avg(list(rwg order by leader) filter (where rwg is not null))::double as rwg,
  count(rwg)::bigint as rwg_leaders
from teams
join scale_units using (scale)
left join agreement using (scale, wave, rater, leader)
group by all
