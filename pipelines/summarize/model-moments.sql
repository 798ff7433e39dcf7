-- one row per leader, wave and rater: moments of one planned scale
with z as (
  select
    scores.leader, scores.wave, scores.rater,
    {{each numbers:
      round((c#covariate - ($low_#place + $high_#place) / 2) * $resolution / ($high_#place - $low_#place))::bigint as z#place,
    }}
    {{each codes:
      case when c#covariate is not null then if(c#covariate = $level_#place, 1, -1) * ($resolution / 2)::bigint end as z#place,
    }}
    {{each others: leader_columns.steps[#place] as z#place,}}
    {{each score: s#scale as z#place,}}
  from scores
  join leader_columns using (leader, wave)
  where scores.rater = $rater
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
  leader, wave, rater,
  $scale as scale,
  $subgroup as subgroup,
  n::bigint as n,
  [{{each columns: sum#place,}}]::hugeint[] as sums,
  [{{each products: product#i_#j,}}]::hugeint[] as products
from teams
