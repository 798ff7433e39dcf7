-- one row per response and scale of scales of one depth, where enough of the parts have a score; parts weigh alike
select
  delivery, line, leader, wave, rater, composite_parts.scale,
  round(sum(score)::double / count(*))::bigint as score
from scores
join composite_parts on scores.scale = composite_parts.part
where depth = $depth
group by all
having count(*) >= any_value(answered) * any_value(parts) - 1e-9
