-- one row per leader, wave and rater: moments of one planned scale, of all or of those who answered at two waves
with z as (
  select
    leader, wave, rater,
    {{each own: z#place,}}
    {{each others: steps[#place] as z#place,}}
    {{each score: s#scale as z#place,}}
  from model_rows
  {{each joined: join leader_columns using (leader, wave)}}
  {{each panel:
    semi join (
      select leader, person
      from model_rows
      where rater = $rater and wave in ($baseline, $panel) and person is not null {{each score: and s#scale is not null}}
      group by leader, person
      having count(distinct wave) = 2
    ) using (leader, person)
  }}
  where rater = $rater {{each panel: and wave in ($baseline, $panel)}}
),
rows as (
  select
    leader, wave, rater,
    count(*) as n,
    {{each others: any_value(z#place)::hugeint as z#place,}}
    {{each rows: sum(z#place) as sum#place,}}
    {{each row_products: sum(z#i * z#j) as product#i_#j,}}
  from z
  where true {{each columns: and z#place is not null}}
  group by leader, wave, rater
),
-- what is the same for all rows of a leader and wave needs no sum of its own
teams as (
  select
    *,
    {{each others: n * z#place as sum#place,}}
    {{each mixed_products: z#constant * sum#row as product#i_#j,}}
    {{each constant_products: n * z#i * z#j as product#i_#j,}}
  from rows
)
select
  {{each panel: $panel as panel, $extent as extent,}}
  leader, wave, rater,
  $scale as scale,
  {{each subgroup: $subgroup as subgroup,}}
  n::bigint as n,
  [{{each columns: sum#place,}}]::hugeint[] as sums,
  [{{each products: product#i_#j,}}]::hugeint[] as products
from teams
