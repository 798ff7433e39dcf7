-- one row per leader, wave, rater and scale
SELECT leader::VARCHAR AS leader,
       wave::VARCHAR AS wave,
       rater::VARCHAR AS rater,
       scale::VARCHAR AS scale,
       n::BIGINT AS n,
       (shift + sum / n)::DOUBLE AS mean
FROM score_moments
WHERE rater IN ('self', 'employee')
  AND n > 0
  AND leader >= $first
  AND leader <= $last
ORDER BY leader, wave, rater, scale
