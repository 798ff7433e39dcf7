-- one row per reading of a delivery
with repeated as (
  select part, line, count(*) as times from duplicates group by part, line
),
dropped as (
  select part, line
  from staged_rows
  join repeated using (part, line)
  group by part, line
  having count(*) = any_value(times)
),
counted as (
  select part, count(*) as dropped from dropped group by part
),
held as (
  select part, count(*) as held from staged_rows group by part
)
select
  part,
  held::bigint as held,
  coalesce(dropped, 0)::bigint as dropped
from held
left join counted using (part)
