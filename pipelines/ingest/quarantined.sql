-- one row per refused row, in the order of the files
select file, delivery, line, "column", code from quarantine order by delivery nulls first, line, code
