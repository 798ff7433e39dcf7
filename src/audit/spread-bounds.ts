import type { Publication } from "./publication.ts";
import type { Share } from "./ranges.ts";
import type { Part } from "./refine.ts";
import { isIn, scaleName } from "./rows.ts";
import type { Spread } from "./spreads.ts";
import type { System } from "./system.ts";

/** Σ values · unknown = known, give or take `credit` for rounding. */
interface Equation {
  readonly values: Float64Array;
  known: number;
  credit: number;
}

/** A team's place among the unknowns: its sum of shares, and the pieces beside the first that it is made of. */
interface Unknowns {
  readonly count: number;
  /** Teams stand last, from here on. */
  readonly teams: number;
  /** What stands for the sum of a column: places, and how often; the sum of all means of teams that come in. */
  readonly ofColumn: readonly (readonly (readonly [number, number])[])[];
}

/** The leaders of a spread whose parts stand in a column, as the release of the spread used them. */
const leadersIn = (parts: readonly Part[], { variance, release }: Spread): readonly (string | null)[] => [
  ...new Set(
    parts.map((part) => {
      const atom = part.atoms[release];
      return atom && isIn(atom, variance) ? atom.leader : null;
    }),
  ),
];

/**
 * A column of the scale is made of pieces of teams, and of what is in no team. The first piece of a team is the team's
 * sum without its other pieces, so that elimination of all pieces leaves what the rows say of whole teams.
 */
const unknownsOf = ({ blocks, columns }: System, scale: string, spread: Spread): Unknowns => {
  const order = [...spread.teams.keys()];
  const pieces = columns.map(({ block, scale: own }) =>
    scaleName(own) === scale ? leadersIn(blocks[block]!.parts, spread) : [null],
  );
  const first = new Set<string>();
  let others = 0;
  const placed = pieces.map((leaders) =>
    leaders.map((leader) => {
      if (leader === null || first.has(leader)) return { leader, place: others++ };
      first.add(leader);
      return { leader, place: -1 };
    }),
  );
  const restOf = new Map<string, number[]>();
  for (const { leader, place } of placed.flat())
    if (leader !== null && place >= 0) restOf.set(leader, [...(restOf.get(leader) ?? []), place]);
  const ofColumn = placed.map((own) =>
    own.flatMap(({ leader, place }): readonly (readonly [number, number])[] =>
      place >= 0
        ? [[place, 1]]
        : [[others + order.indexOf(leader!), 1], ...(restOf.get(leader!) ?? []).map((piece) => [piece, -1] as const)],
    ),
  );
  return { count: others + order.length, teams: others, ofColumn };
};

type Range = Publication["ranges"][string];

const equationsOf = (system: System, unknowns: Unknowns, range: Range): Equation[] =>
  system.rows.flatMap(({ row: { fact, multiplier }, coefficients }): readonly Equation[] => {
    if (fact.value === null || fact.statistic !== "mean") return [];
    const width = range.high - range.low;
    const values = new Float64Array(unknowns.count);
    let level = 0;
    for (const [column, each] of coefficients) {
      level += (each * system.columns[column]!.n) / multiplier;
      for (const [place, times] of unknowns.ofColumn[column]!) values[place]! += (times * each) / multiplier;
    }
    return [{ values, known: (fact.value - range.low * level) / width, credit: fact.step / 2 / width }];
  });

const tiny = 1e-9;

const take = (from: Equation, other: Equation, factor: number): void => {
  for (let k = 0; k < from.values.length; k++) from.values[k]! -= factor * other.values[k]!;
  from.known -= factor * other.known;
  from.credit += Math.abs(factor) * other.credit;
};

/** What the equations say of the last unknowns alone. */
const eliminate = (equations: readonly Equation[], before: number): readonly Equation[] => {
  const rest = [...equations];
  for (let column = 0; column < before; column++) {
    const size = ({ values }: Equation): number => Math.abs(values[column]!);
    const pivot = rest.reduce<Equation | null>(
      (best, each) => (size(each) > (best ? size(best) : tiny) ? each : best),
      null,
    );
    if (pivot === null) continue;
    rest.splice(rest.indexOf(pivot), 1);
    for (const each of rest)
      if (each.values[column] !== 0) take(each, pivot, each.values[column]! / pivot.values[column]!);
  }
  return rest;
};

const product = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, k) => sum + value * b[k]!, 0);

/** The same equations with orthogonal sides of length one (Gram & Schmidt), those left out that say nothing new. */
const orthonormal = (equations: readonly Equation[]): readonly Equation[] => {
  const found: Equation[] = [];
  for (const equation of equations) {
    const length = Math.sqrt(product(equation.values, equation.values));
    if (length < tiny) continue;
    const rest = { ...equation, values: equation.values.map((value) => value / length) };
    rest.known /= length;
    rest.credit /= length;
    for (const each of found) take(rest, each, product(rest.values, each.values));
    const left = Math.sqrt(product(rest.values, rest.values));
    if (left < 1e-7) continue;
    found.push({
      values: rest.values.map((value) => value / left),
      known: rest.known / left,
      credit: rest.credit / left,
    });
  }
  return found;
};

/**
 * Where a variance between leaders and the linear facts beside it leave each leader's mean, as a share of the range. The
 * variance is Σ yᵢ² (L / n)² / (L − 1) with yᵢ = nᵢ (mᵢ − m): the teams' sums lie on a sphere, of which every known sum
 * of teams leaves a smaller one. Means of departments that lie far apart leave next to nothing of it.
 */
export const sharesBySpread = (
  system: System,
  scale: string,
  spread: Spread,
  range: Range,
): ((leader: string) => Share) => {
  const { variance, mean, teams } = spread;
  const order = [...teams.keys()];
  const sizes = [...teams.values()];
  const unknowns = unknownsOf(system, scale, spread);
  const width = range.high - range.low;
  const centre = (mean.value! - range.low) / width;
  const n = sizes.reduce((sum, each) => sum + each, 0);
  const leaders = sizes.filter((each) => each > 0).length;
  const ofTeams = eliminate(equationsOf(system, unknowns, range), unknowns.teams).map((each) => {
    const values = each.values.slice(unknowns.teams);
    // From sums to how far they lie from what the mean of all would make them.
    return {
      values,
      known: each.known - values.reduce((sum, value, k) => sum + value * sizes[k]! * centre, 0),
      credit: each.credit,
    };
  });
  const known = orthonormal(ofTeams);
  const radius = ((variance.value! + variance.step / 2) * (leaders - 1) * (n / leaders) ** 2) / width ** 2;
  const left = known.reduce((rest, each) => rest - Math.max(0, Math.abs(each.known) - each.credit) ** 2, radius);
  return (leader) => {
    const at = order.indexOf(leader);
    const open = known.reduce((rest, { values }) => rest - values[at]! ** 2, 1);
    const middle = known.reduce((sum, each) => sum + each.values[at]! * each.known, 0);
    const credit = known.reduce((sum, each) => sum + Math.abs(each.values[at]!) * each.credit, 0);
    const half = Math.sqrt(Math.max(0, left) * Math.max(0, open)) + credit;
    const slack = mean.step / 2 / width;
    const size = sizes[at]!;
    return { low: centre + (middle - half) / size - slack, high: centre + (middle + half) / size + slack };
  };
};
