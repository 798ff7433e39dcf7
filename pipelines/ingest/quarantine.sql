-- one row per record that is not accepted
select file, delivery, line, "column", code, nearest
from staged_quarantine
join deliveries using (part)
union all
select file, delivery, line, null as "column", min(code) as code, null as nearest
from duplicates
join deliveries using (delivery, part)
group by delivery, line, file
