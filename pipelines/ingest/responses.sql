-- one row per accepted response
select
  deliveries.delivery,
  staged_rows.line::bigint as line,
  staged_rows.leader,
  nullif(staged_rows.respondent, '') as respondent,
  deliveries.wave,
  deliveries.rater,
  staged_rows.weight,
  {{each coded:
    case when x#item > -32700 then x#item::double end as a#item,
    case when x#item > -32700 then 0 else x#item::integer + 32768 end::utinyint as k#item,
  }}
  {{each measured:
    case when x#item > -1e299 then x#item end as a#item,
    case when x#item > -1e299 then 0 else round(x#item / -1e300) end::utinyint as k#item,
  }}
  {{each covariates: case when not isnan(c#covariate) then c#covariate end as c#covariate,}}
from staged_rows
join deliveries using (part)
where not exists (
  select 1
  from duplicates
  where duplicates.delivery = deliveries.delivery
    and duplicates.line = staged_rows.line
    and duplicates.leader = staged_rows.leader
)
