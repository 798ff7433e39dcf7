-- one row per stage that has been run
select stage, key, report from stages
