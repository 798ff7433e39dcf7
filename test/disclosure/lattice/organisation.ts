import fc from "fast-check";
import type { Atom, Group } from "../../../src/disclosure/lattice/atoms.ts";
import { isIn } from "../../../src/disclosure/lattice/atoms.ts";
import { decide, type Pattern, type Request } from "../../../src/disclosure/lattice/decide.ts";
import { rulesOf } from "../../../src/disclosure/rules.ts";

export const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });
export const scale = { scale: "s", low: 0, high: 100 };

/** A team at a wave; its respondents all have the mean unless tokens say who they are. */
export const team = (
  leader: string,
  n: number,
  groups: Readonly<Record<string, string | null>> = {},
  { wave = "w1", mean = 50, members = [] as readonly string[] } = {},
): Atom => ({
  leader,
  wave,
  groups: { organisation: "", ...groups },
  n: { s: n },
  sums: { s: n * mean },
  members,
});

/** As many teams of that size, with names from a letter on. */
export const teams = (
  count: number,
  n: number,
  name: string,
  groups: Readonly<Record<string, string | null>> = {},
  more: Parameters<typeof team>[3] = {},
): readonly Atom[] => Array.from({ length: count }, (_, k) => team(`${name}${k}`, n, groups, more));

export const requestOf = (atoms: readonly Atom[], more: Partial<Request> = {}): Request => ({
  atoms,
  scales: [scale],
  groupings: ["organisation", "arm", "department"],
  rules,
  past: [],
  ...more,
});

/** The groups whose numbers are shown, as `grouping cell` at one wave. */
export const shownIn = (pattern: Pattern, wave = "w1"): readonly string[] =>
  [...pattern.values()]
    .filter((each) => each.wave === wave && each.outcome === "shown")
    .map(({ grouping, cell }) => `${grouping} ${cell}`.trim());

export const shownOf = (atoms: readonly Atom[], more: Partial<Request> = {}): readonly string[] =>
  shownIn(decide(requestOf(atoms, more)));

const prime = 2305843009213693951n;
const modular = (value: bigint): bigint => ((value % prime) + prime) % prime;
const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n;
  for (let [square, rest] = [base, exponent]; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
};

/** Rank of a matrix of zeros and ones, over another prime than the suppression works with. */
const rank = (matrix: readonly (readonly number[])[]): number => {
  const rows = matrix.map((row) => row.map(BigInt));
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
    const pivot = rows.findIndex((row, index) => index >= found && row[column] !== 0n);
    if (pivot < 0) continue;
    [rows[found], rows[pivot]] = [rows[pivot]!, rows[found]!];
    const scaled = power(rows[found]![column]!, prime - 2n);
    for (let index = found + 1; index < rows.length; index += 1) {
      const factor = modular(rows[index]![column]! * scaled);
      if (factor !== 0n) rows[index] = rows[index]!.map((value, k) => modular(value - factor * rows[found]![k]!));
    }
    found += 1;
  }
  return found;
};

/** Whether some combination of the groups' sums rests on these columns alone, by rank: the reference. */
export const carries = (rows: readonly (readonly number[])[], columns: ReadonlySet<number>): boolean =>
  rank(rows.map((row) => row.filter((_, column) => !columns.has(column)))) < rank(rows);

const subsets = (count: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** count - 1 }, (_, index) =>
    Array.from({ length: count }, (_, k) => k).filter((k) => ((index + 1) >> k) & 1),
  );

/** Every way in which shown groups give somebody away, tried one by one: by leaders, respondents, and beside an own team. */
export const leaksOf = (atoms: readonly Atom[], groups: readonly Group[]): readonly string[] => {
  if (groups.length === 0) return [];
  const rows = groups.map((group) => atoms.map((atom) => Number(isIn(atom, group))));
  const of = (own: readonly number[], but: string | null) => own.filter((k) => atoms[k]!.leader !== but);
  const size = (own: readonly number[], but: string | null) =>
    of(own, but).reduce((sum, k) => sum + atoms[k]!.n["s"]!, 0);
  const leaders = [...new Set(atoms.map(({ leader }) => leader))];
  return subsets(atoms.length).flatMap((own) => {
    const few = new Set(own.map((k) => atoms[k]!.leader)).size < 3 || size(own, null) < 5;
    const viewers = leaders.filter((viewer) => size(own, viewer) < 5);
    const known = viewers.map((viewer) => atoms.flatMap((atom, k) => (atom.leader === viewer ? [k] : [])));
    const leaks = [...(few ? [[]] : []), ...known].some(
      (also) => carries(rows, new Set([...own, ...also])) && !carries(rows, new Set(also)),
    );
    return leaks ? [own.map((k) => atoms[k]!.leader).join(" ")] : [];
  });
};

export const shownGroups = (pattern: Pattern): readonly Group[] =>
  [...pattern.values()].filter(({ outcome }) => outcome === "shown");

const cell = (cells: readonly string[]) => fc.constantFrom(...cells, null);

/** Small organisations drawn by lot: teams of one to twelve, some of them in no arm or department. */
export const organisation: fc.Arbitrary<readonly Atom[]> = fc
  .array(
    fc.record({
      n: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 4, max: 12 })),
      arm: cell(["a", "b"]),
      department: cell(["x", "y", "z"]),
      mean: fc.integer({ min: 20, max: 80 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((all) => all.map(({ n, mean, ...groups }, k) => team(`L${k}`, n, groups, { mean })));
