-- one row per response and scale of items, where enough of the items that were asked are answered
with parts as (
  select
    delivery, line, leader, wave, rater, scale, low, high, answered as share,
    list_select(answers, plain) as plain,
    list_select(answers, reversed) as reversed,
    len(list_filter(list_select(kinds, positions), lambda kind: kind <> 4)) as asked
  from responses, item_scales
),
sums as (
  select
    *,
    list_count(plain) + list_count(reversed) as answered,
    coalesce(list_sum(plain), 0) + list_count(reversed) * (low + high) - coalesce(list_sum(reversed), 0) as total
  from parts
)
select
  delivery, line, leader, wave, rater, scale,
  round((total - answered * (low + high) / 2) * $resolution / (answered * (high - low)))::bigint as score
from sums
where answered > 0 and answered >= share * asked - 1e-9
