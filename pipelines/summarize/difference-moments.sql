-- one row per leader and wave: moments of one planned difference
with z as (
  select
    leader, wave,
    {{each others: steps[#place] as z#place,}}
    {{each score: score as z#place,}}
  from differences
  join leader_columns using (leader, wave)
  where scale = $scale
)
select
  leader, wave,
  '' as rater,
  $scale as scale,
  $subgroup as subgroup,
  count(*)::bigint as n,
  [{{each columns: sum(z#place),}}]::hugeint[] as sums,
  [{{each products: sum(z#i::hugeint * z#j),}}]::hugeint[] as products
from z
where true {{each columns: and z#place is not null}}
group by leader, wave
