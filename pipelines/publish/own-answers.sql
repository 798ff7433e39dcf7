-- one row per leader and wave with an answer of the leader's own
SELECT leader::VARCHAR AS leader,
       wave::VARCHAR AS wave,
       concat('self ', leader)::VARCHAR AS respondent,
       string_agg(concat_ws(' ' {{each items: , coalesce(a#item::VARCHAR, '-')}}), ', ' ORDER BY delivery, line)::VARCHAR AS answers
FROM responses
WHERE rater = 'self'
  AND (false {{each items: OR a#item IS NOT NULL}})
GROUP BY leader, wave
ORDER BY leader, wave
