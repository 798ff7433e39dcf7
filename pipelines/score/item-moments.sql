-- one row per wave, rater, arm and set of items of one scale that are answered
with steps as (
  select
    wave, rater, arm, n,
    {{each items: kinds[#place] = 0 as answered#place,}}
    {{each plain: coalesce(round((answers[#place] - ($low::double + $high::double) / 2) * $resolution / ($high::double - $low::double)), 0)::bigint as z#place,}}
    {{each reversed: coalesce(round((($low::double + $high::double) / 2 - answers[#place]) * $resolution / ($high::double - $low::double)), 0)::bigint as z#place,}}
  from item_patterns
  where scale = $scale
)
select
  $scale::varchar as scale,
  wave, rater, arm,
  [{{each items: answered#place,}}]::bigint[] as answered,
  sum(n)::bigint as n,
  [{{each items: sum(n * z#place),}}]::hugeint[] as sums,
  [{{each products: sum(n::hugeint * (z#i * z#j)),}}]::hugeint[] as products
from steps
where false {{each items: or answered#place}}
group by wave, rater, arm {{each items: , answered#place}}
