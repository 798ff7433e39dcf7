-- one row per response of the last ingest
select leader, wave, rater, coalesce(respondent, '') as respondent, hash(answers, kinds, covariates)::varchar as content
from responses
