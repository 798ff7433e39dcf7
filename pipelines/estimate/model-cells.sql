-- one row per leader and wave of one outcome, of the rows that have all covariates: places as in score-cells, moments
with places as (
  select leader, row_number() over (order by leader) - 1 as place from roster
)
select
  place::double as leader,
  (list_position($waves, wave) - 1)::double as wave,
  n::double as n,
  sums::double[] as sums,
  products::double[] as products
from model_moments
join places using (leader)
where scale = $scale and rater = $rater and subgroup = $subgroup
order by place, list_position($waves, wave)
