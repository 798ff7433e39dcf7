-- one row per leader
select
  leader, arm, roster_arm, allocation_unit, block, class, sparring_group, employees, attended, from_date, to_date
from roster
order by leader
