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

/** What a scale's sum over one part is made of: `weight` times an unknown on the respondents of the part, or some of them. */
interface Piece {
  readonly part: Part;
  readonly scale: string;
  readonly weight: number;
}

/** A composite is the mean of the others for all who have it, unless more have it than any of those. */
const isWhole = (composite: string, parts: readonly string[], part: Part): boolean =>
  parts.every((each) => part.atoms.every((atom) => atom === null || (atom.n[composite] ?? 0) <= (atom.n[each] ?? 0))) &&
  (part.n[composite] ?? 0) > 0;

/** The respondents of a part who answered all scales of a composite, and those who answered some of them only. */
const dividing = (composites: Publication["composites"]) => {
  const known = new Map<string, { readonly complete: Part; readonly rest: Part }>();
  return (part: Part, composite: string) => {
    const key = `${part.part} ${composite}`;
    const found = known.get(key);
    if (found) return found;
    const n = part.n[composite] ?? 0;
    const scales = composites[composite]!;
    const left = scales.map((each) => [each, (part.n[each] ?? 0) - n] as const).filter(([, size]) => size > 0);
    const divided = {
      complete: { ...part, part: `${part.part}+`, n: Object.fromEntries(scales.map((each) => [each, n])) },
      rest: { ...part, part: `${part.part}-`, n: Object.fromEntries(left) },
    };
    known.set(key, divided);
    return divided;
  };
};

/** The unknown of those who answered all scales of a composite stands apart from that of those who did not. */
const both = (scale: string, composite: string): string => `${scale}+${composite}`;

const piecesOf = (
  scale: string,
  part: Part,
  composites: Publication["composites"],
  divide: ReturnType<typeof dividing>,
): readonly Piece[] => {
  const own = composites[scale];
  if (own && isWhole(scale, own, part))
    return own.map((each) => ({
      part: divide(part, scale).complete,
      scale: both(each, scale),
      weight: 1 / own.length,
    }));
  const found = Object.entries(composites).find(([name, parts]) => parts.includes(scale) && isWhole(name, parts, part));
  if (!found) return [{ part, scale, weight: 1 }];
  const { complete, rest } = divide(part, found[0]);
  const whole = { part: complete, scale: both(scale, found[0]), weight: 1 };
  return (rest.n[scale] ?? 0) > 0 ? [whole, { part: rest, scale, weight: 1 }] : [whole];
};

/** The scales that a column is about. */
export const scaleNames = (scale: string): readonly string[] => scale.split(" ")[0]!.split("+");

/** The scale that an unknown or a column is about, or the first of them. */
export const scaleName = (scale: string): string => scaleNames(scale)[0]!;

const isLinear = (fact: Fact): boolean =>
  fact.statistic === "mean" ||
  fact.statistic === "difference" ||
  (fact.statistic === "estimate" && fact.against !== undefined);

/** What is no fact of the answers of a group: how many there are, and what leaders' pages share. */
const besides: ReadonlySet<Fact["statistic"]> = new Set(["count", "rate", "within", "overall", "benchmark"]);

/** Numbers the unknowns as rows ask for them, so that each stands once. */
const numbering = () => {
  const unknowns: Unknown[] = [];
  const numbers = new Map<string, number>();
  const numberOf = ({ part, scale }: Piece, rater: string): number => {
    const key = `${part.part} ${rater} ${scale}`;
    const found = numbers.get(key);
    if (found !== undefined) return found;
    numbers.set(key, unknowns.length);
    return unknowns.push({ part, scale, rater, n: part.n[scaleName(scale)] ?? 0 }) - 1;
  };
  return { unknowns, numberOf };
};

/** The parts of a cell that anybody of has a score, and how many have. */
interface Members {
  readonly parts: readonly Part[];
  readonly n: number;
}

/** Finds the members of cells of one release; each cell is counted once for a scale. */
const finding = (parts: readonly Part[], release: number) => {
  const index = indexParts(parts, release);
  const counted = new Map<string, Members>();
  return ({ scale, rater }: Fact, cell: Cell): Members => {
    const key = cellKey(rater, cell);
    const known = counted.get(`${scale} ${key}`);
    if (known) return known;
    const found = (index.get(key) ?? []).filter(({ n }) => (n[scale] ?? 0) > 0);
    const atoms = new Set(found.map((part) => part.atoms[release]!));
    const members = { parts: found, n: [...atoms].reduce((sum, atom) => sum + (atom.n[scale] ?? 0), 0) };
    counted.set(`${scale} ${key}`, members);
    return members;
  };
};

/** The product of the numbers of scales that composites are made of: what makes every coefficient whole. */
const wholeBy = ({ composites }: Publication): number =>
  [...new Set(Object.values(composites).map(({ length }) => length))].reduce((product, each) => product * each, 1);

/**
 * Derives the row of every linear fact from the atoms of its own release. A mean of n respondents is the sum of their
 * scores over n; a difference of two means is that of the one minus that of the other, brought to whole numbers.
 * Rounding is given no credit. An estimate that compares two cells is taken for their difference: more than it says.
 */
export const deriveRows = (publication: Publication, parts: readonly Part[]): Rows => {
  const { unknowns, numberOf } = numbering();
  const whole = wholeBy(publication);
  const divide = dividing(publication.composites);
  const coefficientsOf = (fact: Fact, signed: readonly (readonly [Members, number])[]): ReadonlyMap<number, number> => {
    const sums = new Map<number, number>();
    for (const [members, times] of signed)
      for (const part of members.parts)
        for (const piece of piecesOf(fact.scale, part, publication.composites, divide)) {
          const unknown = numberOf(piece, fact.rater);
          sums.set(unknown, (sums.get(unknown) ?? 0) + Math.round(times * whole * piece.weight));
        }
    return new Map([...sums].filter(([, sum]) => sum !== 0));
  };
  const rows: Row[] = [];
  const [nonLinear, baseless]: [Fact[], Fact[]] = [[], []];
  publication.releases.forEach(({ facts }, release) => {
    const find = finding(parts, release);
    for (const fact of facts.filter(({ statistic }) => !besides.has(statistic))) {
      const first = find(fact, fact);
      const second = fact.against ? find(fact, fact.against) : null;
      if (first.n === 0 || second?.n === 0) baseless.push(fact);
      else if (!isLinear(fact)) nonLinear.push(fact);
      else {
        const against = second ? ([[second, -first.n]] as const) : [];
        const coefficients = coefficientsOf(fact, [[first, second?.n ?? 1], ...against]);
        rows.push({ fact, release, coefficients, multiplier: first.n * (second?.n ?? 1) * whole });
      }
    }
  });
  return { unknowns, rows, nonLinear, baseless };
};
