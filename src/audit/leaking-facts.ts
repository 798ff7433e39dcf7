import { extend } from "./dependencies.ts";
import { primes, rankOf, toVector, type Vector } from "./modular.ts";
import type { Fact } from "./publication.ts";
import type { System } from "./system.ts";

/**
 * A set of facts, none of which can be left out, that together come down to the given columns: rows that depend on each
 * other outside those columns and not within. The smallest of those that elimination meets.
 */
export const leakingFacts = (system: System, columns: readonly number[]): readonly Fact[] => {
  const p = primes[0];
  const within = new Set(columns);
  const rows = system.rows.map(({ coefficients }) => toVector(coefficients, p));
  const outside = rows.map((row): Vector => new Map([...row].filter(([column]) => !within.has(column))));
  const { circuits } = extend([...rows.keys()], outside, null, p);
  const leaking = circuits.filter(
    (circuit) =>
      rankOf(
        circuit.map((row) => rows[row]!),
        p,
      ) === circuit.length,
  );
  const [smallest] = leaking.sort((a, b) => a.length - b.length);
  return (smallest ?? []).map((row) => system.rows[row]!.row.fact);
};
