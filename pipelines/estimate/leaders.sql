-- one row per leader
select leader, arm, block, class, sparring_group, employees, attended, from_date, to_date from roster order by leader
