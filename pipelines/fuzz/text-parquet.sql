-- one row per row of a text file, all of it text
copy (from read_csv($csv, header = true, delim = ',', quote = '"', escape = '"', all_varchar = true)) to $path (format parquet)
