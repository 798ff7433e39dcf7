-- one row per leader, wave and rater
select leader, wave, rater, count(*)::bigint as n from responses group by all
