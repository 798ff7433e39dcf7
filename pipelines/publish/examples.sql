-- one row per state of a leader report, with a leader who is an example of it
with counts as (
  select leader, coalesce(sum(n) filter (where rater = 'employee'), 0) as employees, bool_or(rater = 'self') as own
  from response_counts
  where wave = $wave
  group by leader
)
select 'shown' as state, min(leader) as leader from counts where own and employees >= 2 * $respondents having count(*) > 0
union all
select 'suppressed', min(leader) from counts where own and employees between 1 and $respondents - 1 having count(*) > 0
