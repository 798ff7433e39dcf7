-- one row per delivery
with accepted as (
  select delivery, line, bool_and(content in (select content from previous)) as unchanged
  from candidates
  where rowid not in (select "row" from refused)
  group by all
),
counts as (
  select delivery, count(*) as accepted, count(*) filter (where unchanged) as unchanged from accepted group by all
),
records as (
  select delivery, line, any_value(decimal_commas) as decimal_commas, any_value(trimmed) as trimmed, any_value(labels) as labels
  from candidates
  group by all
),
coercions as (
  select delivery, count(*) as records, sum(decimal_commas) as decimal_commas, sum(trimmed) as trimmed, sum(labels) as labels
  from records
  group by all
)
select
  delivery::bigint as delivery,
  coalesce(accepted, 0)::bigint as accepted,
  (records - coalesce(accepted, 0))::bigint as rejected,
  coalesce(unchanged, 0)::bigint as unchanged,
  decimal_commas::bigint as decimal_commas,
  trimmed::bigint as trimmed,
  labels::bigint as labels
from coercions
left join counts using (delivery)
