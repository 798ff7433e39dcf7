import type { Atom, Cell, Fact, Publication } from "./publication.ts";
import type { Part } from "./refine.ts";

/** The sum of the scores of one part on one scale: what nobody but the team's leader may come to know. */
export interface Unknown {
  readonly part: Part;
  readonly scale: string;
  readonly rater: string;
  readonly n: number;
}

/** A fact as a linear equation with whole coefficients on unknowns: Σ coefficient · sum = multiplier · value. */
export interface Row {
  readonly fact: Fact;
  readonly release: number;
  /** Unknown → coefficient; none is zero. */
  readonly coefficients: ReadonlyMap<number, number>;
  readonly multiplier: number;
}

/** All unknowns of a publication, and its linear facts as rows over them. */
export interface Rows {
  readonly unknowns: readonly Unknown[];
  readonly rows: readonly Row[];
  /** Facts that no linear row says in full: variances, and estimates that compare nothing. */
  readonly nonLinear: readonly Fact[];
  /** Facts that rest on no atom of their release: they cannot be audited. */
  readonly baseless: readonly Fact[];
}

/** Whether an atom is of a cell; a leader is a grouping of its own. */
export const isIn = (atom: Atom, { grouping, cell, wave }: Cell): boolean =>
  atom.wave === wave && (grouping === "leader" ? atom.leader : atom.groups[grouping]) === cell;

const raterOf = (atom: Atom): string => atom.rater ?? "employee";

const cellKey = (rater: string, { grouping, cell, wave }: Cell): string =>
  JSON.stringify([rater, wave, grouping, cell]);

/** For one release: cell → the parts in it. */
const indexParts = (parts: readonly Part[], release: number): ReadonlyMap<string, readonly Part[]> => {
  const index = new Map<string, Part[]>();
  const put = (key: string, part: Part): void => {
    const found = index.get(key);
    if (found) found.push(part);
    else index.set(key, [part]);
  };
  for (const part of parts) {
    const atom = part.atoms[release];
    if (!atom) continue;
    const groups = { ...atom.groups, leader: atom.leader };
    for (const [grouping, cell] of Object.entries(groups))
      if (cell !== null) put(cellKey(raterOf(atom), { grouping, cell, wave: atom.wave }), part);
  }
  return index;
};

/** The scales that a scale's sum is the mean of on this part: itself, unless it is whole on every part scale. */
const scalesOf = (scale: string, part: Part, composites: Publication["composites"]): readonly string[] => {
  const parts = composites[scale];
  const whole = parts?.every((each) => part.atoms.every((atom) => atom === null || atom.n[each] === atom.n[scale]));
  return parts && whole ? parts : [scale];
};

const isLinear = (fact: Fact): boolean =>
  fact.statistic === "mean" ||
  fact.statistic === "difference" ||
  (fact.statistic === "estimate" && fact.against !== undefined);

const leastCommon = (lengths: readonly number[]): number =>
  lengths.reduce((product, each) => (product % each ? product * each : product), 1);

/** Numbers the unknowns as rows ask for them, so that each stands once. */
const numbering = () => {
  const unknowns: Unknown[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (part: Part, scale: string, rater: string): number => {
    const key = `${part.part} ${rater} ${scale}`;
    const found = numbers.get(key);
    if (found !== undefined) return found;
    numbers.set(key, unknowns.length);
    return unknowns.push({ part, scale, rater, n: part.n[scale] ?? 0 }) - 1;
  };
  return { unknowns, numberOf };
};

/**
 * Derives the row of every linear fact from the atoms of its own release. A mean of n respondents is the sum of their
 * scores over n; a difference of two means is that of the one minus that of the other, brought to whole numbers.
 * Rounding is given no credit. An estimate that compares two cells is taken for their difference: more than it says.
 */
export const deriveRows = (publication: Publication, parts: readonly Part[]): Rows => {
  const { unknowns, numberOf } = numbering();
  const rows: Row[] = [];
  const [nonLinear, baseless]: [Fact[], Fact[]] = [[], []];
  publication.releases.forEach(({ facts }, release) => {
    const index = indexParts(parts, release);
    const respondents = new Map<string, number>();
    const inCell = (fact: Fact, cell: Cell) => {
      const key = cellKey(fact.rater, cell);
      const members = (index.get(key) ?? []).filter(({ n }) => (n[fact.scale] ?? 0) > 0);
      const countKey = `${fact.scale} ${key}`;
      const count = (): number =>
        [...new Set(members.map((part) => part.atoms[release]!))].reduce(
          (sum, atom) => sum + (atom.n[fact.scale] ?? 0),
          0,
        );
      const n = respondents.get(countKey) ?? count();
      respondents.set(countKey, n);
      return { members, n };
    };
    for (const fact of facts) {
      if (fact.statistic === "count" || fact.statistic === "rate") continue;
      if (!isLinear(fact)) {
        nonLinear.push(fact);
        continue;
      }
      const first = inCell(fact, fact);
      const second = fact.against ? inCell(fact, fact.against) : { members: [], n: 1 };
      if (first.n === 0 || second.n === 0) {
        baseless.push(fact);
        continue;
      }
      const coefficients = new Map<number, number>();
      const split = [...first.members, ...second.members].map((part) =>
        scalesOf(fact.scale, part, publication.composites),
      );
      const whole = leastCommon([...new Set(split.map(({ length }) => length))]);
      const add = (members: readonly Part[], weight: number): void => {
        for (const part of members) {
          const scales = scalesOf(fact.scale, part, publication.composites);
          for (const scale of scales) {
            const unknown = numberOf(part, scale, fact.rater);
            const sum = (coefficients.get(unknown) ?? 0) + (weight * whole) / scales.length;
            if (sum === 0) coefficients.delete(unknown);
            else coefficients.set(unknown, sum);
          }
        }
      };
      add(first.members, second.n);
      add(second.members, -first.n);
      rows.push({ fact, release, coefficients, multiplier: first.n * second.n * whole });
    }
  });
  return { unknowns, rows, nonLinear, baseless };
};
