-- one row per scale, wave, rater, arm and set of items that are answered
select scale, wave, rater, arm, answered, n, sums, products
from item_moments
order by scale, wave, rater, arm, answered
