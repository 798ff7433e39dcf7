-- one row per leader and wave of one outcome: places of leader (in order of the roster's ids) and wave, moments
with places as (
  select leader, row_number() over (order by leader) - 1 as place from roster
)
select
  place::double as leader,
  (list_position($waves, wave) - 1)::double as wave,
  n::double as n,
  shift,
  sum as sums,
  sum_of_squares as products
from score_moments
join places using (leader)
where scale = $scale and rater = $rater
order by place, list_position($waves, wave)
