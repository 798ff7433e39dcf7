-- one row per response that another response of the same respondent, leader, wave and rater repeats or contradicts
with accepted as (
  select delivery, line, leader, wave, rater, respondent, content, hash(leader, wave, rater, respondent) as identity
  from candidates
  where fault is null and respondent is not null
),
suspected as (
  select identity from accepted group by identity having count(*) > 1
),
suspects as (
  select * from accepted semi join suspected using (identity)
),
repeated as (
  select leader, wave, rater, respondent, count(distinct content) as contents, min((delivery, line)) as first
  from suspects
  group by all
  having count(*) > 1
)
select
  suspects.delivery::bigint as delivery,
  suspects.line::bigint as line,
  case when contents = 1 then 'duplicate' else 'duplicate-conflict' end::varchar as code
from suspects
join repeated using (leader, wave, rater, respondent)
where contents > 1 or (suspects.delivery, suspects.line) <> first
