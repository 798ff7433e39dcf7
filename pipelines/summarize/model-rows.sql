-- one row per response, and per leader for what the roster says: its own model columns and its scores, in steps
with given as (
  select * from scores
  union all by name
  select leader, 'roster' as rater, {{each covariates: covariates[#covariate] as c#covariate,}} from roster_covariates
),
model as (
  select
    count(*) as columns,
    {{each columns:
      any_value(source) filter (where place = #place) as source#place,
      any_value(level) filter (where place = #place) as level#place,
      any_value(low) filter (where place = #place) as low#place,
      any_value(high) filter (where place = #place) as high#place,
    }}
  from model_columns
),
valued as (
  select
    *,
    {{each numbers: c#covariate as v#place,}}
    {{each codes: (c#covariate = level#place)::double as v#place,}}
  from given
  cross join model
)
select
  leader, wave, rater, person, weight,
  {{each columns:
    case when rater = source#place then
      round((v#place - (low#place + high#place) / 2) * #resolution / (high#place - low#place))
    end::bigint as z#place,
  }}
  {{each scales: s#scale,}}
from valued
