-- one row per scale, wave, rater, item and kind of missing
with kinds as (
  select scale, wave, rater, n, generate_subscripts(kinds, 1) as item, unnest(kinds) as kind
  from item_patterns
  where list_sum(kinds) > 0
)
select scale, wave, rater, item::bigint as item, kind::bigint as kind, sum(n)::bigint as n
from kinds
where kind > 0
group by all
order by scale, wave, rater, item, kind
