-- one row per file that the last ingest kept
select sha256 from kept_files
