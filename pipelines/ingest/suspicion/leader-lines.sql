-- one row per reading of a delivery and leader, in the order of the file
select
  part,
  leader,
  min(line)::uinteger as line
from staged_rows
where list_contains($parts::bigint[], part)
group by part, leader
order by part, line, leader
