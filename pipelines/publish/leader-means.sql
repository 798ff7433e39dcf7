-- one row per scale: means of the leaders with enough respondents in the wave, ascending
SELECT scale::VARCHAR AS scale,
       list(shift + sum / n ORDER BY shift + sum / n)::DOUBLE[] AS means
FROM score_moments
WHERE rater = 'employee'
  AND wave = $wave
  AND n >= $respondents
GROUP BY scale
ORDER BY scale
