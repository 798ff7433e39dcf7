-- one row per leader and score of one outcome at a wave: place of the leader, score in the reported unit, how many have it
with places as (
  select leader, row_number() over (order by leader) - 1 as place from roster
),
histograms as (
  select place, unnest(scores) as step, unnest(counts) as n
  from score_histograms
  join places using (leader)
  where scale = $scale and rater = $rater and wave = $wave
)
select
  place::double as leader,
  (middle + step * span / $resolution)::double as score,
  n::double as n
from histograms
join scale_units on scale_units.scale = $scale
order by place, step
