-- one row per leader and wave
with waves as (
  select unnest(from_json($waves::json, '["VARCHAR"]')) as wave
),
given as (
  select leader, wave, rater, covariates from responses
  union all
  select leader, null, 'roster', covariates from roster_covariates
),
steps as (
  select
    leader, wave, place, source,
    case
      when level is null then round((covariates[covariate] - (low + high) / 2) * $resolution / (high - low))
      when covariates[covariate] = level then $resolution / 2
      else -$resolution / 2
    end::bigint as step
  from given
  join model_columns on source = rater
  where covariates[covariate] is not null
),
of_wave as (
  select leader, wave, place, round(sum(step)::double / count(*))::bigint as step
  from steps
  where source = 'employee'
  group by all
),
of_leader as (
  select leader, place, arg_min(step, coalesce(list_position(from_json($waves::json, '["VARCHAR"]'), wave), 0)) as step
  from steps
  where source <> 'employee'
  group by all
)
select
  roster.leader,
  waves.wave,
  list(coalesce(of_wave.step, of_leader.step) order by place)::bigint[] as steps
from roster
cross join waves
cross join model_columns
left join of_wave using (leader, wave, place)
left join of_leader on of_leader.leader = roster.leader and of_leader.place = model_columns.place
group by all
