-- one row per respondent whom the vault holds
select distinct respondent from staged_rows where respondent <> ''
