-- one row per row that another row of the same respondent, leader, wave and rater repeats or contradicts
with named as (
  select hash(leader, respondent, wave, rater) as identity
  from staged_rows
  join deliveries using (part)
  where respondent <> ''
),
suspected as (
  select identity from named group by identity having count(*) > 1
),
suspects as (
  select
    delivery, part, line, leader, wave, rater, respondent,
    hash(weight {{each items: , x#item}} {{each covariates: , c#covariate}}) as content
  from staged_rows
  join deliveries using (part)
  where respondent <> '' and hash(leader, respondent, wave, rater) in (select identity from suspected)
),
repeated as (
  select leader, wave, rater, respondent, count(distinct content) as contents, min((delivery, line)) as first
  from suspects
  group by all
  having count(*) > 1
)
select
  delivery::bigint as delivery,
  part::uinteger as part,
  line::bigint as line,
  leader,
  case when contents = 1 then 'duplicate' else 'duplicate-conflict' end::varchar as code
from suspects
join repeated using (leader, wave, rater, respondent)
where contents > 1 or (delivery, line) <> first
