-- one row per leader, wave, scale
SELECT leader::VARCHAR AS leader,
       wave::VARCHAR AS wave,
       scale::VARCHAR AS scale,
       -- A leader who answered twice is one person all the same.
       1::BIGINT AS n,
       (sum / n + shift)::DOUBLE AS sum
FROM score_moments
WHERE rater = 'self'
  AND n > 0
ORDER BY leader, wave, scale
