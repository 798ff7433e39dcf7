-- one row per stage that had been run before somebody was erased
select stage from former_stages
