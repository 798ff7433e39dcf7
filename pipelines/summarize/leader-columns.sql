-- one row per leader and wave
with waves as (
  select unnest($waves) as wave
),
given as (
  select leader, wave, rater, {{each covariates: c#covariate,}} from scores
  union all by name
  select leader, 'roster' as rater, {{each covariates: covariates[#covariate] as c#covariate,}} from roster_covariates
),
teams as (
  select
    leader, wave, rater,
    {{each numbers:
      sum(round((c#covariate - ($low_#place::double + $high_#place::double) / 2) * $resolution / ($high_#place::double - $low_#place::double))::bigint)
        filter (where rater = $source_#place) as sum#place,
      count(c#covariate) filter (where rater = $source_#place) as n#place,
    }}
    {{each codes:
      sum(if(c#covariate = $level_#place, 1, -1) * ($resolution / 2)::bigint)
        filter (where c#covariate is not null and rater = $source_#place) as sum#place,
      count(c#covariate) filter (where rater = $source_#place) as n#place,
    }}
  from given
  group by leader, wave, rater
),
steps as (
  select
    leader, wave, rater,
    unnest([{{each columns: {'place': #place, 'step': round(sum#place::double / n#place)::bigint},}}], recursive := true)
  from teams
),
of_wave as (
  select leader, wave, place, step from steps where rater = 'employee' and step is not null
),
of_leader as (
  select leader, place, arg_min(step, coalesce(list_position($waves, wave), 0)) as step
  from steps
  where rater <> 'employee' and step is not null
  group by all
)
select
  roster.leader,
  waves.wave,
  list(coalesce(of_wave.step, of_leader.step) order by model_columns.place)::bigint[] as steps
from roster
cross join waves
cross join model_columns
left join of_wave using (leader, wave, place)
left join of_leader on of_leader.leader = roster.leader and of_leader.place = model_columns.place
group by all
