-- one row per refused record of a delivery that was well formed
with refused as (
  select delivery, line, min(fault_column) as fault_column, min(fault) as fault from candidates where fault is not null group by all
  union all
  select delivery, line, null, min(code) from duplicates group by all
)
select
  from_json($files::json, '["VARCHAR"]')[delivery]::varchar as file,
  delivery::bigint as delivery,
  line::bigint as line,
  fault_column::varchar as "column",
  fault::varchar as code
from refused
