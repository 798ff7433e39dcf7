-- one row per leader, grouping
SELECT leader::VARCHAR AS leader, 'organisation'::VARCHAR AS grouping, ''::VARCHAR AS cell FROM roster
UNION ALL
SELECT leader, 'arm', arm FROM roster WHERE arm IS NOT NULL
UNION ALL
SELECT leader, CASE level WHEN $department THEN 'department' ELSE 'unit' END, unit FROM placements
WHERE level IN ($department, $unit)
ORDER BY leader, grouping
