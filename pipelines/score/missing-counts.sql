-- one row per scale, wave, rater and kind of missing
with kinds as (
  select scale, wave, rater, n, unnest(kinds) as kind from item_patterns
)
select scale, wave, rater, kind::bigint as kind, sum(n)::bigint as n
from kinds
where kind > 0
group by all
order by scale, wave, rater, kind
