-- one row per leader, grouping
SELECT leader::VARCHAR AS leader, 'arm'::VARCHAR AS grouping, arm::VARCHAR AS cell FROM roster WHERE arm IS NOT NULL
UNION ALL
SELECT leader, CASE WHEN level = $department THEN 'department' ELSE level END, unit FROM placements
WHERE level = $department OR level NOT IN ('organisation', 'arm', 'department')
ORDER BY leader, grouping
