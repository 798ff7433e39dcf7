-- one row per delivery of the last ingest, while the next one runs
select delivery, part, file, wave, rater from former_deliveries
