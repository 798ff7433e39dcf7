-- one row per line that is a row of more than one of these readings of a file
select line
from staged_rows
where list_contains($parts::bigint[], part)
group by line
having count(distinct part) > 1
order by line
limit 1
