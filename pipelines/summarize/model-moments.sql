-- one row per leader, wave, rater and planned scale
with columns as (
  select
    list(place order by place) as places,
    list(covariate order by place) as covariates,
    list(level order by place) as levels,
    list(low order by place) as lows,
    list(high order by place) as highs,
    list(source order by place) as sources
  from model_columns
),
planned as (
  select unnest(from_json($planned::json, '["VARCHAR"]')) as outcome
),
background as (
  select
    responses.delivery, responses.line, responses.leader,
    list_transform(columns.places, lambda place: case
      when columns.sources[place] <> responses.rater then leader_columns.steps[place]
      when responses.covariates[columns.covariates[place]] is null then null
      when columns.levels[place] is null then round(
        (responses.covariates[columns.covariates[place]] - (columns.lows[place] + columns.highs[place]) / 2)
        * $resolution / (columns.highs[place] - columns.lows[place])
      )::bigint
      when responses.covariates[columns.covariates[place]] = columns.levels[place] then ($resolution / 2)::bigint
      else (-$resolution / 2)::bigint
    end) as steps
  from responses
  join leader_columns using (leader, wave)
  cross join columns
),
scored as (
  select leader, wave, rater, scale, list_append(steps, score) as z
  from scores
  join background using (delivery, line, leader)
  where rater || ' ' || scale in (select outcome from planned)
  union all
  select leader, wave, '' as rater, scale, list_append(steps, score) as z
  from differences
  join leader_columns using (leader, wave)
  where ' ' || scale in (select outcome from planned)
)
select
  leader, wave, rater, scale,
  count(*)::bigint as n,
  list_value({{each i: sum(z[#i])::hugeint}}) as sums,
  list_value({{each i,j: sum(z[#i] * z[#j])::hugeint}}) as products
from scored
where list_count(z) = len(z)
group by leader, wave, rater, scale
