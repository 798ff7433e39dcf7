-- one row per leader, wave, rater, item and answer
with answered as (
  select leader, wave, rater, unnest(answers) as answer, unnest(from_json($items::json, '["VARCHAR"]')) as item
  from responses
)
select leader, wave, rater, item, answer::double as answer, count(*)::bigint as n
from answered
where answer is not null
group by all
