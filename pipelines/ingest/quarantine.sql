-- one row per refused record of a delivery that was well formed
select
  list_extract($files, delivery)::varchar as file,
  delivery,
  line,
  min("column") as "column",
  min(code) as code
from refused
group by delivery, line
