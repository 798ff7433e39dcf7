-- one row per delivery of the last ingest
select delivery, part, file, wave, rater from deliveries
