-- one row per row of a text file, with the types that its columns show
copy (from read_csv($csv, header = true, delim = ',', quote = '"', escape = '"', sample_size = -1)) to $path (format parquet)
