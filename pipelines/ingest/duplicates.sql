-- one row per response that another response of the same respondent, leader, wave and rater repeats or contradicts
with accepted as (
  select delivery, line, leader, wave, rater, respondent, hash(answers, kinds, covariates) as content
  from candidates
  where fault is null and respondent is not null
),
repeated as (
  select leader, wave, rater, respondent, count(distinct content) as contents, min((delivery, line)) as first
  from accepted
  group by all
  having count(*) > 1
)
select
  accepted.delivery::bigint as delivery,
  accepted.line::bigint as line,
  case when contents = 1 then 'duplicate' else 'duplicate-conflict' end::varchar as code
from accepted
join repeated using (leader, wave, rater, respondent)
where contents > 1 or (accepted.delivery, accepted.line) <> first
