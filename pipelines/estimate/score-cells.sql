-- one row per leader and wave of one outcome
select leader, wave, rater, scale, n, shift, sum, sum_of_squares
from score_moments
where scale = $scale and rater = $rater
order by leader, wave
