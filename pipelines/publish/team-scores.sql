-- one row per leader, wave, scale
SELECT leader::VARCHAR AS leader,
       wave::VARCHAR AS wave,
       scale::VARCHAR AS scale,
       n::BIGINT AS n,
       (sum + n * shift)::DOUBLE AS sum
FROM score_moments
WHERE rater = 'employee'
  AND n > 0
ORDER BY leader, wave, scale
