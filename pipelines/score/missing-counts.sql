-- one row per scale, wave, rater and kind of missing
with patterns as (
  select scale, wave, rater, list_select(kinds, positions) as kinds, count(*) as n
  from responses, item_scales
  group by all
),
kinds as (
  select scale, wave, rater, n, unnest(kinds) as kind from patterns
)
select scale, wave, rater, kind::bigint as kind, sum(n)::bigint as n
from kinds
where kind > 0
group by all
