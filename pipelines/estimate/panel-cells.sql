-- one row per leader and wave of one outcome, of those who answered at the baseline and at a wave
select panel, leader, wave, rater, scale, extent, n, sums, products
from panel_moments
where scale = $scale and rater = $rater and panel = $panel and extent = $extent
order by leader, wave
