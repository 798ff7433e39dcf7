-- one row per wave, rater and scale
SELECT wave::VARCHAR AS wave,
       rater::VARCHAR AS rater,
       scale::VARCHAR AS scale,
       count(*) FILTER (WHERE n > 1)::BIGINT AS leaders,
       sum(greatest(0, sum_of_squares - sum * sum / n))::DOUBLE AS within,
       sum(n - 1)::BIGINT AS df,
       max(n - 1)::BIGINT AS largest
FROM score_moments
WHERE rater IN ('self', 'employee')
  AND n > 0
GROUP BY wave, rater, scale
ORDER BY wave, rater, scale
