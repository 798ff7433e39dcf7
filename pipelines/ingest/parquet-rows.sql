-- one row per record of a file, in its order
select * from read_parquet($path)
