-- one row per candidate that is not accepted
select "row" from refused
