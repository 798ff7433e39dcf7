-- one row per file, wave and rater of the last ingest; rows of erased persons may be deleted from the file
select
  file,
  former_deliveries.wave,
  former_deliveries.rater,
  max((report ->> 'rows')::bigint - (report ->> 'erased')::bigint)::bigint as rows
from former_deliveries
join staged_deliveries using (part)
group by file, former_deliveries.wave, former_deliveries.rater
