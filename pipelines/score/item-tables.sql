-- one row per wave, rater, pair of items of one scale (i ≤ j) and pair of answers to them
with answered as (
  select wave, rater, n, {{each items: case when kinds[#place] = 0 then answers[#place] end as a#place,}}
  from item_patterns
  where scale = $scale
),
counted as (
  select
    wave, rater,
    list_filter([{{each items: case when grouping(a#place) = 0 then #place end,}}], lambda place: place is not null) as places,
    [{{each items: a#place,}}] as answers,
    sum(n) as n
  from answered
  group by grouping sets ({{each products: (wave, rater, a#i, a#j),}})
),
placed as (
  select wave, rater, n, answers, places[1] as i, places[-1] as j from counted
)
select
  $scale::varchar as scale,
  wave, rater,
  i::bigint as i, j::bigint as j,
  answers[i]::double as answer_i, answers[j]::double as answer_j,
  n::bigint as n
from placed
where answers[i] is not null and answers[j] is not null
