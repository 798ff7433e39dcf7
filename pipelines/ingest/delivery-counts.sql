-- one row per delivery
with staged as (
  select
    delivery, line,
    bool_and(exists (
      select 1
      from duplicates
      where duplicates.delivery = deliveries.delivery
        and duplicates.line = staged_rows.line
        and duplicates.leader = staged_rows.leader
    )) as repeated
  from staged_rows
  join deliveries using (part)
  group by delivery, line
)
select
  delivery::bigint as delivery,
  count(*)::bigint as records,
  count(*) filter (where not repeated)::bigint as accepted
from staged
group by delivery
