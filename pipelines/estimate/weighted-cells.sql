-- one row per leader and wave of one outcome
select
  leader, wave, rater, scale, extent,
  n, sums, products,
  weight, weighted_sums, weighted_products,
  squared_weight, squared_sums, squared_products
from weighted_moments
where scale = $scale and rater = $rater and extent = $extent
order by leader, wave
