-- one row per accepted response
select * from responses
