-- one row per leader, item and answer of the employees in one wave
SELECT leader::VARCHAR AS leader,
       item::VARCHAR AS item,
       answer::DOUBLE AS answer,
       n::BIGINT AS n
FROM answer_counts
WHERE rater = 'employee'
  AND wave = $wave
  AND leader >= $first
  AND leader <= $last
ORDER BY leader, item, answer
