-- one row per candidate that is not accepted
select candidates.rowid as "row", delivery, line, fault_column as "column", coalesce(fault, duplicates.code) as code
from candidates
left join duplicates using (delivery, line)
where fault is not null or duplicates.code is not null
