-- one row per scale, wave, rater and pair of items (i ≤ j)
with places as (
  select
    scale, items,
    unnest(generate_series(1, items)) as place
  from item_scales
),
diagonals as (
  select *, (place - 1) * items - (place - 1) * (place - 2) // 2 + 1 as diagonal from places
),
pairs as (
  select
    i.scale,
    i.place as i, j.place as j,
    i.diagonal as ii, j.diagonal as jj,
    i.diagonal + j.place - i.place as ij
  from diagonals i
  join diagonals j on i.scale = j.scale and i.place <= j.place
)
select
  scale, wave, rater, i::bigint as i, j::bigint as j,
  sum(n)::bigint as n,
  sum(sums[i])::hugeint as sum_i,
  sum(sums[j])::hugeint as sum_j,
  sum(products[ii])::hugeint as sum_ii,
  sum(products[jj])::hugeint as sum_jj,
  sum(products[ij])::hugeint as sum_ij
from item_moments
join pairs using (scale)
where answered[i] = 1 and answered[j] = 1
group by all
