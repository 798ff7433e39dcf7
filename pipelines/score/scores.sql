-- one row per response; a scale has a score where enough of what was asked is answered
with sums as (
  select
    *,
    {{each itemscales:
      0 {{each items#scale: + (k#item = 0)::integer}} as answered#scale,
      0 {{each items#scale: + (k#item <> 4)::integer}} as asked#scale,
      0::double {{each plain#scale: + coalesce(a#item, 0)}}
        {{each reversed#scale: + coalesce($low_#scale::double + $high_#scale::double - a#item, 0)}} as total#scale,
    }}
  from responses
),
scored as (
  select
    *,
    {{each itemscales:
      case when answered#scale > 0 and answered#scale >= $share_#scale * asked#scale - 1e-9 then round(
        (total#scale - answered#scale * ($low_#scale::double + $high_#scale::double) / 2) * $resolution
        / (answered#scale * ($high_#scale::double - $low_#scale::double))
      )::bigint end as s#scale,
    }}
  from sums
),
composed as (
  select
    *,
    {{each composites:
      0 {{each parts#scale: + (s#part is not null)::integer}} as answered#scale,
      case when answered#scale > 0 and answered#scale >= $share_#scale * $parts_#scale - 1e-9 then round(
        (0 {{each parts#scale: + coalesce(s#part, 0)}})::double / answered#scale
      )::bigint end as s#scale,
    }}
  from scored
)
select
  leader, wave, rater,
  case when respondent is not null then (hash(respondent) >> 1)::bigint end as person,
  weight,
  {{each scales: s#scale,}}
  {{each covariates: c#covariate,}}
from composed
