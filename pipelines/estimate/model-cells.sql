-- one row per leader and wave of one outcome, of the rows that have all covariates
select leader, wave, rater, scale, n, sums, products
from model_moments
where scale = $scale and rater = $rater
order by leader, wave
