-- one row per leader and level of the organisation
select leader, level, unit from placements
