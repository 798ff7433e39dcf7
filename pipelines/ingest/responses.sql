-- one row per accepted response
select delivery, line, respondent, leader, wave, rater, answers, kinds, covariates
from candidates
where fault is null and (delivery, line) not in (select (delivery, line) from duplicates)
