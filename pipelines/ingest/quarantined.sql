-- one row per record that is not accepted, in the order of the files
select file, delivery, line, "column", code, nearest from quarantine order by delivery nulls first, line, code
