-- one row per leader, item and answer of the employees in the last wave that has answers
with latest as (
  select wave
  from response_counts
  where rater in ('self', 'employee') and list_contains($waves, wave)
  order by list_position($waves, wave) desc
  limit 1
),
answered as (
  select
    leader,
    unnest([{{each items: a#item,}}]) as answer,
    unnest([{{each items: #item,}}]) as place
  from responses
  where rater = 'employee' and wave = (select wave from latest)
)
select
  leader,
  (select wave from latest) as wave,
  'employee' as rater,
  list_extract($items, place)::varchar as item,
  answer::double as answer,
  count(*)::bigint as n
from answered
where answer is not null
group by leader, place, answer
