-- one row per leader, wave, rater and set of items of one scale that are answered
with steps as (
  select
    leader, wave, rater,
    {{each items: k#item = 0 as answered#place,}}
    {{each plain: coalesce(round((a#item - ($low::double + $high::double) / 2) * $resolution / ($high::double - $low::double)), 0)::bigint as z#place,}}
    {{each reversed: coalesce(round((($low::double + $high::double) / 2 - a#item) * $resolution / ($high::double - $low::double)), 0)::bigint as z#place,}}
  from responses
  where rater in ('self', 'employee', 'superior')
)
select
  $scale::varchar as scale,
  leader, wave, rater,
  [{{each items: answered#place,}}]::bigint[] as answered,
  count(*)::bigint as n,
  [{{each items: sum(z#place)::double,}}]::double[] as sums,
  [{{each products: sum(z#i * z#j)::double,}}]::double[] as products
from steps
where false {{each items: or answered#place}}
group by leader, wave, rater {{each items: , answered#place}}
