import type { Publication } from "./publication.ts";
import type { Share } from "./ranges.ts";
import type { Part } from "./refine.ts";
import { isIn, scaleName } from "./rows.ts";
import type { Spread } from "./spreads.ts";
import type { System } from "./system.ts";

/** Σ values · unknown = known, give or take `credit` for rounding; values by the place of their unknown. */
interface Equation {
  readonly values: ReadonlyMap<number, number>;
  readonly known: number;
  readonly credit: number;
}

/** A team's place among the unknowns: its sum of shares, and the pieces beside the first that it is made of. */
interface Unknowns {
  /** Teams stand last, from here on. */
  readonly teams: number;
  /** Columns that rows link to the teams, and theirs; of the others nothing is asked. */
  readonly used: ReadonlySet<number>;
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

/** Columns that stand in a row with one of these, or with one that does. */
const linkedColumns = (rows: System["rows"], from: ReadonlySet<number>): ReadonlySet<number> => {
  const linked = new Set(from);
  let open = rows.filter(({ row: { fact } }) => fact.statistic === "mean");
  for (let before = -1; before !== open.length; ) {
    before = open.length;
    open = open.filter(({ coefficients }) => {
      const columns = [...coefficients.keys()];
      if (!columns.some((column) => linked.has(column))) return true;
      for (const column of columns) linked.add(column);
      return false;
    });
  }
  return linked;
};

/**
 * A column of the scale is made of pieces of teams, and of what is in no team. The first piece of a team is the team's
 * sum without its other pieces, so that elimination of all pieces leaves what the rows say of whole teams.
 */
const unknownsOf = ({ blocks, columns, rows }: System, scale: string, spread: Spread): Unknowns => {
  const places = new Map([...spread.teams.keys()].map((leader, place) => [leader, place]));
  const found = columns.map(({ block, scale: own }) =>
    scaleName(own) === scale ? leadersIn(blocks[block]!.parts, spread) : [null],
  );
  const used = linkedColumns(rows, new Set(found.flatMap((own, k) => (own.some((each) => each !== null) ? [k] : []))));
  const pieces = found.map((own, k) => (used.has(k) ? own : []));
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
        : [[others + places.get(leader!)!, 1], ...(restOf.get(leader!) ?? []).map((piece) => [piece, -1] as const)],
    ),
  );
  return { teams: others, used, ofColumn };
};

type Range = Publication["ranges"][string];

const add = (values: Map<number, number>, place: number, value: number): void => {
  values.set(place, (values.get(place) ?? 0) + value);
};

const equationsOf = (system: System, unknowns: Unknowns, range: Range): Equation[] =>
  system.rows.flatMap(({ row: { fact, multiplier }, coefficients }): readonly Equation[] => {
    if (fact.value === null || fact.statistic !== "mean") return [];
    if (![...coefficients.keys()].some((column) => unknowns.used.has(column))) return [];
    const width = range.high - range.low;
    const values = new Map<number, number>();
    let level = 0;
    for (const [column, each] of coefficients) {
      level += (each * system.columns[column]!.n) / multiplier;
      for (const [place, times] of unknowns.ofColumn[column]!) add(values, place, (times * each) / multiplier);
    }
    return [{ values, known: (fact.value - range.low * level) / width, credit: fact.step / 2 / width }];
  });

const tiny = 1e-9;

/** An equation with another taken from it so often. */
const without = (from: Equation, other: Equation, factor: number): Equation => {
  const values = new Map(from.values);
  for (const [place, value] of other.values) add(values, place, -factor * value);
  return { values, known: from.known - factor * other.known, credit: from.credit + Math.abs(factor) * other.credit };
};

/** What the equations say of the unknowns from a place on alone. */
const eliminate = (equations: readonly Equation[], before: number): readonly Equation[] => {
  let rest = [...equations];
  for (let column = 0; column < before; column++) {
    const size = ({ values }: Equation): number => Math.abs(values.get(column) ?? 0);
    const pivot = rest.reduce<Equation | null>(
      (best, each) => (size(each) > (best ? size(best) : tiny) ? each : best),
      null,
    );
    if (pivot === null) continue;
    const own = pivot.values.get(column)!;
    rest = rest
      .filter((each) => each !== pivot)
      .map((each) => (each.values.has(column) ? without(each, pivot, each.values.get(column)! / own) : each));
  }
  return rest;
};

const product = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number => {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let total = 0;
  for (const [place, value] of few) total += value * (many.get(place) ?? 0);
  return total;
};

const divided = ({ values, known, credit }: Equation, by: number): Equation => ({
  values: new Map([...values].map(([place, value]) => [place, value / by])),
  known: known / by,
  credit: credit / by,
});

/**
 * The same equations with orthogonal sides of length one (Gram & Schmidt), those left out that say nothing new. Those of
 * few teams come first: what others have beside them is of few teams, too.
 */
const orthonormal = (equations: readonly Equation[]): readonly Equation[] => {
  const found: Equation[] = [];
  for (const equation of equations.toSorted((a, b) => a.values.size - b.values.size)) {
    const length = Math.sqrt(product(equation.values, equation.values));
    if (length < tiny) continue;
    const unit = divided(equation, length);
    const rest = { values: new Map(unit.values), known: unit.known, credit: unit.credit };
    for (const each of found) {
      const factor = product(rest.values, each.values);
      if (factor === 0) continue;
      for (const [place, value] of each.values) add(rest.values, place, -factor * value);
      rest.known -= factor * each.known;
      rest.credit += Math.abs(factor) * each.credit;
    }
    const left = Math.sqrt(product(rest.values, rest.values));
    if (left >= 1e-7) found.push(divided(rest, left));
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
    const values = new Map(
      [...each.values].flatMap(([place, value]) => (place < unknowns.teams ? [] : [[place - unknowns.teams, value]])),
    );
    // From sums to how far they lie from what the mean of all would make them.
    const expected = [...values].reduce((sum, [place, value]) => sum + value * sizes[place]! * centre, 0);
    return { values, known: each.known - expected, credit: each.credit };
  });
  const known = orthonormal(ofTeams);
  const radius = ((variance.value! + variance.step / 2) * (leaders - 1) * (n / leaders) ** 2) / width ** 2;
  const left = known.reduce((rest, each) => rest - Math.max(0, Math.abs(each.known) - each.credit) ** 2, radius);
  const own = sizes.map(() => ({ open: 1, middle: 0, credit: 0 }));
  for (const side of known)
    for (const [place, value] of side.values) {
      const each = own[place]!;
      each.open -= value ** 2;
      each.middle += value * side.known;
      each.credit += Math.abs(value) * side.credit;
    }
  const slack = mean.step / 2 / width;
  const shares = new Map(
    own.map(({ open, middle, credit }, at): readonly [string, Share] => {
      const half = Math.sqrt(Math.max(0, left) * Math.max(0, open)) + credit;
      const size = sizes[at]!;
      return [
        order[at]!,
        { low: centre + (middle - half) / size - slack, high: centre + (middle + half) / size + slack },
      ];
    }),
  );
  return (leader) => shares.get(leader)!;
};
