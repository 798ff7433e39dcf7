-- one row per wave, rater, arm and way in which the items of one scale are answered
select
  $scale::varchar as scale,
  wave, rater,
  coalesce(arm, '') as arm,
  [{{each items: a#item,}}]::double[] as answers,
  [{{each items: k#item,}}]::bigint[] as kinds,
  n::bigint as n
from (
  select wave, rater, arm, {{each items: a#item, k#item,}} count(*) as n
  from responses
  left join roster using (leader)
  group by all
)
