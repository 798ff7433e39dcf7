-- one row per leader, wave, rater and set of items of one scale that are answered: places of the four, and moments
select
  (dense_rank() over (order by leader) - 1)::double as leader,
  (list_position($waves, wave) - 1)::double as wave,
  (list_position($raters, rater) - 1)::double as rater,
  (coalesce(list_position($arms, arm), 0) - 1)::double as arm,
  answered::double[] as answered,
  n::double as n,
  sums, products
from leader_item_moments
left join roster using (leader)
where scale = $scale and list_contains($waves, wave)
order by leader, list_position($waves, wave), rater, answered
