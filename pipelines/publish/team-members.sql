-- one row per response of an employee that answers any item
SELECT leader::VARCHAR AS leader,
       wave::VARCHAR AS wave,
       respondent::VARCHAR AS respondent,
       concat_ws(' ' {{each items: , coalesce(a#item::VARCHAR, '-')}})::VARCHAR AS answers
FROM responses
WHERE rater = 'employee'
  AND (false {{each items: OR a#item IS NOT NULL}})
ORDER BY leader, wave, respondent NULLS LAST, answers
