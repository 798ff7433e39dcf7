-- one row per leader, wave and difference of two outcomes that both have a mean
with means as (
  select leader, wave, rater, scale, middle + span * (sum::double / n / $resolution) as mean
  from team_sums
  join scale_units using (scale)
)
select
  minuend.leader,
  minuend.wave,
  scale_units.scale,
  round((minuend.mean - subtrahend.mean) * $resolution / scale_units.span)::bigint as score
from scale_units
join means minuend on minuend.scale = scale_units.minuend and minuend.rater = scale_units.minuend_rater
join means subtrahend
  on subtrahend.scale = scale_units.subtrahend and subtrahend.rater = scale_units.subtrahend_rater
  and subtrahend.leader = minuend.leader and subtrahend.wave = minuend.wave
