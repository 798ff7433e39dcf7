-- one row per leader, wave, item and answer of the employees
SELECT leader::VARCHAR AS leader,
       wave::VARCHAR AS wave,
       item::VARCHAR AS item,
       answer::DOUBLE AS answer,
       n::BIGINT AS n
FROM answer_counts
WHERE rater = 'employee'
  AND leader >= $first
  AND leader <= $last
ORDER BY leader, wave, item, answer
