-- one row per leader, wave and rater: moments of one planned scale times the sampling weight, once, not and twice
with z as (
  select
    scores.leader, scores.wave, scores.rater, scores.weight,
    {{each numbers:
      round((c#covariate - ($low_#place::double + $high_#place::double) / 2) * $resolution / ($high_#place::double - $low_#place::double))::bigint as z#place,
    }}
    {{each codes:
      case when c#covariate is not null then if(c#covariate = $level_#place, 1, -1) * ($resolution / 2)::bigint end as z#place,
    }}
    {{each others: leader_columns.steps[#place] as z#place,}}
    {{each score: s#scale as z#place,}}
  from scores
  {{each joined: join leader_columns using (leader, wave)}}
  where scores.rater = $rater
),
lists as (
  select leader, wave, rater, [{{each columns: z#place,}} weight]::double[] as numbers
  from z
  where true {{each columns: and z#place is not null}}
),
teams as (
  select leader, wave, rater, list(numbers order by numbers) as rows from lists group by leader, wave, rater
)
select
  leader, wave, rater,
  $scale as scale,
  $extent as extent,
  len(rows)::bigint as n,
  [{{each columns: list_sum(list_transform(rows, lambda r: r[#place])),}}]::double[] as sums,
  [{{each products: list_sum(list_transform(rows, lambda r: r[#i] * r[#j])),}}]::double[] as products,
  list_sum(list_transform(rows, lambda r: r[-1]))::double as weight,
  [{{each columns: list_sum(list_transform(rows, lambda r: r[-1] * r[#place])),}}]::double[] as weighted_sums,
  [{{each products: list_sum(list_transform(rows, lambda r: r[-1] * r[#i] * r[#j])),}}]::double[] as weighted_products,
  list_sum(list_transform(rows, lambda r: r[-1] * r[-1]))::double as squared_weight,
  [{{each columns: list_sum(list_transform(rows, lambda r: r[-1] * r[-1] * r[#place])),}}]::double[] as squared_sums,
  [{{each products: list_sum(list_transform(rows, lambda r: r[-1] * r[-1] * r[#i] * r[#j])),}}]::double[]
    as squared_products
from teams
