-- one row per leader who was drawn and whom the roster no longer has
select leader, arm from departed_leaders order by leader
