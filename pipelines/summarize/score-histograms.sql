-- one row per leader, wave and rater: the distinct scores of one planned scale, and how many have each
with counted as (
  select leader, wave, rater, {{each score: s#scale}} as score, count(*) as n
  from scores
  where rater = $rater
  group by all
)
select
  leader, wave, rater,
  $scale as scale,
  list(score order by score)::bigint[] as scores,
  list(n order by score)::bigint[] as counts
from counted
where score is not null
group by leader, wave, rater
