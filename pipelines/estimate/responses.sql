-- one row per leader, wave and rater
select leader, wave, rater, n from response_counts order by leader, wave, rater
