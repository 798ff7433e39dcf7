-- one row per scale, wave, rater and pair of items (i ≤ j)
with oriented as (
  select
    wave, rater, scale, n,
    list_transform(answers, lambda answer, i:
      round((answer - (low + high) / 2) * $resolution / (high - low))::hugeint
      * case when list_contains(reversed, i) then -1 else 1 end
    ) as steps
  from item_patterns
  join item_scales using (scale)
),
places as (
  select scale, unnest(generate_series(1, items)) as place from item_scales
),
pairs as (
  select i.scale, i.place as i, j.place as j from places i join places j on i.scale = j.scale and i.place <= j.place
)
select
  scale, wave, rater, i::bigint as i, j::bigint as j,
  sum(n)::bigint as n,
  sum(n * steps[i])::hugeint as sum_i,
  sum(n * steps[j])::hugeint as sum_j,
  sum(n * steps[i] * steps[i])::hugeint as sum_ii,
  sum(n * steps[j] * steps[j])::hugeint as sum_jj,
  sum(n * steps[i] * steps[j])::hugeint as sum_ij
from oriented
join pairs using (scale)
where steps[i] is not null and steps[j] is not null
group by all
