-- one row per leader whom the deliveries name
select distinct
  leader,
  null::varchar as arm,
  null::varchar as roster_arm,
  null::varchar as allocation_unit,
  null::varchar as block,
  null::varchar as class,
  null::varchar as sparring_group,
  null::bigint as employees,
  null::double as attended,
  null::date as from_date,
  null::date as to_date
from responses
