-- one row per delivery that was read anew: how many of its accepted records the last ingest had too
with known as (
  select distinct hash(
    leader, respondent, former_deliveries.wave, former_deliveries.rater, weight {{each items: , x#item}} {{each covariates: , c#covariate}}
  ) as content
  from staged_rows
  join former_deliveries using (part)
)
select deliveries.delivery::bigint as delivery, count(distinct line)::bigint as unchanged
from staged_rows
join deliveries using (part)
where list_contains($anew::bigint[], deliveries.delivery)
  and hash(leader, respondent, wave, rater, weight {{each items: , x#item}} {{each covariates: , c#covariate}}) in (select content from known)
  and not exists (
    select 1 from duplicates where duplicates.delivery = deliveries.delivery and duplicates.line = staged_rows.line
  )
group by deliveries.delivery
