-- one row per leader: moments of a flat file's rows, summed as whole numbers in steps as the product does
with z as (
  select
    leader,
    arm,
    round((x1 - 0.5) * $resolution)::bigint as z1,
    round((x2 - 25) * ($resolution / 50))::bigint as z2,
    round((y - 50) * ($resolution / 100))::bigint as z3
  from read_csv(
    $file, header = true,
    columns = {'leader': 'INTEGER', 'arm': 'VARCHAR', 'x1': 'DOUBLE', 'x2': 'DOUBLE', 'y': 'DOUBLE'}
  )
)
select
  leader::double as leader,
  (any_value(arm) = 'treated')::double as treated,
  count(*)::double as n,
  [sum(z1), sum(z2), sum(z3)]::double[] as sums,
  [sum(z1 * z1), sum(z1 * z2), sum(z1 * z3), sum(z2 * z2), sum(z2 * z3), sum(z3 * z3)]::double[] as products
from z
group by leader
order by leader
