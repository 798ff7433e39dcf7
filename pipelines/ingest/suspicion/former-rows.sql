-- one row per file, wave and rater of the last ingest
select
  file,
  former_deliveries.wave,
  former_deliveries.rater,
  max((report ->> 'rows')::bigint)::bigint as rows
from former_deliveries
join staged_deliveries using (part)
group by file, former_deliveries.wave, former_deliveries.rater
