-- one row per content that the last ingest accepted
select distinct content from responses
