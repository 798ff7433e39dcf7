-- one row per column of a file
describe select * from read_parquet($path)
