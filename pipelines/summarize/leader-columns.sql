-- one row per leader and wave
with waves as (
  select unnest($waves) as wave
),
teams as (
  select leader, wave, rater, {{each columns: sum(z#place) as sum#place, count(z#place) as n#place,}}
  from model_rows
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
