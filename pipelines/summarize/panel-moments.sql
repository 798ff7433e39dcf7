-- one row per leader and wave: moments of one planned scale, of those who answered at the baseline and at a wave
with followed as (
  select leader, person
  from scores
  where rater = $rater and wave in ($baseline, $panel) and person is not null {{each score: and s#scale is not null}}
  group by leader, person
  having count(distinct wave) = 2
),
z as (
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
  semi join followed using (leader, person)
  {{each joined: join leader_columns using (leader, wave)}}
  where scores.rater = $rater and scores.wave in ($baseline, $panel)
)
select
  $panel as panel,
  leader, wave, rater,
  $scale as scale,
  $extent as extent,
  count(*)::bigint as n,
  [{{each columns: sum(z#place),}}]::hugeint[] as sums,
  [{{each products: sum(z#i * z#j),}}]::hugeint[] as products
from z
where true {{each columns: and z#place is not null}}
group by leader, wave, rater
