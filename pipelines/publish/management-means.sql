-- one row per grouping, cell, wave, scale
WITH members AS (
  SELECT leader, 'organisation' AS grouping, '' AS cell FROM roster
  UNION ALL
  SELECT leader, 'arm', arm FROM roster WHERE arm IS NOT NULL
  UNION ALL
  SELECT leader, 'department', unit FROM placements WHERE level = $department
),
teams AS (
  SELECT leader, grouping, cell, wave, scale, n, sum + n * shift AS total
  FROM score_moments JOIN members USING (leader)
  WHERE rater = 'employee' AND n > 0
),
means AS (
  SELECT grouping, cell, wave, scale, sum(n) AS n, count(*) AS leaders, max(n) AS largest, sum(total ORDER BY leader) / sum(n) AS mean
  FROM teams
  GROUP BY ALL
),
spreads AS (
  SELECT grouping, cell, wave, scale, sum(((total - teams.n * mean) / means.n) ** 2 ORDER BY leader) AS variance
  FROM teams JOIN means USING (grouping, cell, wave, scale)
  GROUP BY ALL
)
SELECT
  grouping::VARCHAR AS grouping,
  cell::VARCHAR AS cell,
  wave::VARCHAR AS wave,
  scale::VARCHAR AS scale,
  n::BIGINT AS n,
  leaders::BIGINT AS leaders,
  largest::BIGINT AS largest,
  mean::DOUBLE AS mean,
  (CASE WHEN leaders > 1 THEN sqrt(variance * leaders / (leaders - 1)) END)::DOUBLE AS se
FROM means JOIN spreads USING (grouping, cell, wave, scale)
ORDER BY grouping, cell, wave, scale
