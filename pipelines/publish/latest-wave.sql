-- one row: the last of the study's waves in which a leader or an employee answered; none before the first answer
SELECT wave::VARCHAR AS wave
FROM response_counts
WHERE rater IN ('self', 'employee')
  AND n > 0
  AND list_contains($waves, wave)
GROUP BY wave
ORDER BY list_position($waves, wave) DESC
LIMIT 1
