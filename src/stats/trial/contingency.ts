import { chiSquareUpper } from "../distribution/distributions.ts";
import { stirlingError } from "../distribution/special-functions.ts";

/** Of one group: how many there are and how many of them have the event. */
export interface GroupCount {
  readonly n: number;
  readonly events: number;
}

/** More tables than this are not enumerated. */
const enumerable = 1e6;

function logFactorials(largest: number): Float64Array {
  const table = new Float64Array(largest + 1);
  for (let n = 1; n <= largest; n++) {
    table[n] = (n + 0.5) * Math.log(n) - n + Math.log(2 * Math.PI) / 2 + stirlingError(n);
  }
  return table;
}

function chiSquare(groups: readonly GroupCount[], n: number, events: number): number {
  const statistic = groups.reduce((sum, group) => {
    const expected = (group.n * events) / n;
    const rest = group.n - expected;
    return sum + (group.events - expected) ** 2 * (1 / expected + 1 / rest);
  }, 0);
  return chiSquareUpper(statistic, groups.length - 1);
}

/** Sum of the probabilities of all tables with these margins that are at most as likely as the observed one. */
function fisher(groups: readonly GroupCount[], n: number, events: number): number {
  const factorial = logFactorials(n);
  const logChoose = (size: number, k: number): number => factorial[size]! - factorial[k]! - factorial[size - k]!;
  const all = logChoose(n, events);
  const observed = groups.reduce((sum, group) => sum + logChoose(group.n, group.events), -all);
  const following = groups.map((_, g) => groups.slice(g + 1).reduce((sum, group) => sum + group.n, 0));
  function below(g: number, left: number, logProbability: number): number {
    const group = groups[g];
    if (!group) return logProbability <= observed + 1e-7 ? Math.exp(logProbability) : 0;
    let sum = 0;
    for (let k = Math.max(0, left - following[g]!); k <= Math.min(group.n, left); k++) {
      sum += below(g + 1, left - k, logProbability + logChoose(group.n, k));
    }
    return sum;
  }
  return Math.min(1, below(0, events, -all));
}

/**
 * P-value of equal proportions of events in all groups: Fisher's exact test where an expected count is below 5 and the
 * tables can be enumerated, else Pearson's χ² without continuity correction; as R's `fisher.test` and
 * `chisq.test(correct = FALSE)`. Groups without anybody are left out; null with fewer than two others; 1 where nobody
 * or everybody has the event.
 */
export function equalProportions(groups: readonly GroupCount[]): number | null {
  const filled = groups.filter((group) => group.n > 0);
  if (filled.length < 2) return null;
  const n = filled.reduce((sum, group) => sum + group.n, 0);
  const events = filled.reduce((sum, group) => sum + group.events, 0);
  if (events === 0 || events === n) return 1;
  const fewest = Math.min(events, n - events) / n;
  const small = filled.some((group) => group.n * fewest < 5);
  const tables = filled.slice(1).reduce((product, group) => product * (Math.min(group.n, events, n - events) + 1), 1);
  return small && tables <= enumerable ? fisher(filled, n, events) : chiSquare(filled, n, events);
}
