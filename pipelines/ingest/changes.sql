-- one row per delivery that was read anew: how its accepted records differ from those of the last ingest
with
  former as materialized (
    select
      former_deliveries.file,
      former_deliveries.wave,
      former_deliveries.rater,
      respondent <> '' as named,
      hash(leader, respondent, former_deliveries.wave, former_deliveries.rater) as person,
      hash(
        leader, respondent, former_deliveries.wave, former_deliveries.rater, weight {{each items: , x#item}} {{each covariates: , c#covariate}}
      ) as content
    from staged_rows
    join former_deliveries using (part)
  ),
  present as materialized (
    select
      deliveries.delivery,
      line,
      respondent <> '' as named,
      hash(leader, respondent, wave, rater) as person,
      hash(leader, respondent, wave, rater, weight {{each items: , x#item}} {{each covariates: , c#covariate}}) as content
    from staged_rows
    join deliveries using (part)
    where list_contains($anew::bigint[], deliveries.delivery)
      and not exists (
        select 1 from duplicates where duplicates.delivery = deliveries.delivery and duplicates.line = staged_rows.line
      )
  ),
  records as (
    select
      delivery,
      line,
      bool_or(content in (select content from former)) as unchanged,
      bool_or(named and person in (select person from former)) as known
    from present
    group by delivery, line
  ),
  removed as (
    select deliveries.delivery, count(distinct person) as removed
    from former
    join deliveries using (file, wave, rater)
    where named and person not in (select person from present)
    group by deliveries.delivery
  )
select
  delivery::bigint as delivery,
  count(*) filter (unchanged)::bigint as unchanged,
  count(*) filter (known and not unchanged)::bigint as changed,
  coalesce(any_value(removed), 0)::bigint as removed
from records
left join removed using (delivery)
group by delivery
