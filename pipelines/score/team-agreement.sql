-- one row per leader, wave and rater with two or more responses that answer all that anyone was asked of one scale
with asked as (
  select wave, rater, {{each items: bool_or(kinds[#place] = 0) as asked#place,}}
  from item_patterns
  where scale = $scale
  group by all
),
steps as (
  select
    leader, wave, rater,
    0 {{each items: + asked#place::integer}} as asked,
    {{each items: round((a#item - ($low::double + $high::double) / 2) * $resolution / ($high::double - $low::double))::bigint as step#place,}}
  from responses
  join asked using (wave, rater)
  where true {{each items: and (k#item = 0 or not asked#place)}}
),
variances as (
  select
    leader, wave, rater,
    any_value(asked) as asked,
    [{{each items:
      (sum(step#place * step#place)::double - sum(step#place)::double * sum(step#place)::double / count(*)) / (count(*) - 1),
    }}] as variances
  from steps
  group by leader, wave, rater
  having count(*) > 1
),
means as (
  select *, list_sum(variances) / asked * power(($high::double - $low::double) / $resolution, 2) as mean from variances where asked > 0
),
ratios as (
  select *, least(1, mean / $uniform) as ratio, least(1, mean / $skewed::double) as skewed_ratio from means
)
select
  leader, wave, rater,
  $scale::varchar as scale,
  (asked * (1 - ratio) / (asked * (1 - ratio) + ratio))::double as rwg,
  (asked * (1 - skewed_ratio) / (asked * (1 - skewed_ratio) + skewed_ratio))::double as skewed
from ratios
