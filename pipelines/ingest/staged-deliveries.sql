-- one row per delivery that has been read
select part, key, wave, rater, report from staged_deliveries
