-- one row per grouping, cell, wave
WITH members AS (
  SELECT leader, 'organisation' AS grouping, '' AS cell FROM roster
  UNION ALL
  SELECT leader, 'arm', arm FROM roster WHERE arm IS NOT NULL
  UNION ALL
  SELECT leader, 'department', unit FROM placements WHERE level = $department
),
waves AS (
  SELECT unnest($waves::VARCHAR[]) AS wave, unnest($opens::DATE[]) AS opens
),
present AS (
  SELECT leader, wave, employees
  FROM roster CROSS JOIN waves
  WHERE coalesce(from_date <= opens, true) AND coalesce(to_date >= opens, true)
),
teams AS (
  SELECT grouping, cell, wave, leader, employees, coalesce(n, 0) AS n
  FROM present
  JOIN members USING (leader)
  LEFT JOIN (SELECT leader, wave, n FROM response_counts WHERE rater = 'employee') USING (leader, wave)
)
SELECT
  grouping::VARCHAR AS grouping,
  cell::VARCHAR AS cell,
  wave::VARCHAR AS wave,
  count(*)::BIGINT AS leaders,
  count(*) FILTER (n >= $respondents)::BIGINT AS measured,
  sum(n)::BIGINT AS answered,
  max(n)::BIGINT AS largest,
  coalesce(sum(employees), 0)::BIGINT AS invited,
  coalesce(sum(n) FILTER (employees IS NOT NULL), 0)::BIGINT AS answered_of_invited
FROM teams
GROUP BY ALL
ORDER BY grouping, cell, wave
