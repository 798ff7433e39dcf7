-- one row per leader: the next $size leaders after $after, with how many answered in the wave, and from when to when they held the post
WITH known AS (
  SELECT leader FROM roster
  UNION
  SELECT leader FROM response_counts WHERE rater IN ('self', 'employee')
),
batch AS (
  SELECT leader FROM known WHERE leader > $after ORDER BY leader LIMIT $size
)
SELECT batch.leader::VARCHAR AS leader,
       coalesce(response_counts.n, 0)::BIGINT AS answered,
       roster.employees::BIGINT AS employees,
       roster.from_date::DATE AS from_date,
       roster.to_date::DATE AS to_date
FROM batch
LEFT JOIN roster ON roster.leader = batch.leader
LEFT JOIN response_counts
  ON response_counts.leader = batch.leader
 AND response_counts.wave = $wave
 AND response_counts.rater = 'employee'
ORDER BY batch.leader
