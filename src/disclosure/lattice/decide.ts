import type { Rules } from "../rules.ts";
import { type Atom, byGroup, type Group, groupKey, groupsOf, type Support, supportOf } from "./atoms.ts";
import { leavesOpen } from "./between-leaders.ts";
import type { Scale } from "./bounds.ts";
import type { Respondents } from "./column.ts";
import { answeredOn, type Guard, latticeOf, type Row, undivided } from "./columns.ts";
import { opennessOf } from "./openness.ts";
import { type Part, partsOf, rowsOf } from "./parts.ts";
import type { PastFact, PastRelease } from "./past.ts";
import { passesPrimary } from "./primary.ts";
import { countedScales, withRests } from "./rests.ts";

/** What becomes of the numbers of a group: shown as they are now, kept as an earlier release has them, or suppressed. */
export interface Decision extends Group {
  readonly outcome: "shown" | "kept" | "suppressed";
  /** Whether it is large enough to be shown by itself. */
  readonly passed: boolean;
}

/** One pattern for all numbers of a release: the decision on every group, by its key. */
export type Pattern = ReadonlyMap<string, Decision>;

/** What is to be decided together. */
export interface Request {
  readonly atoms: readonly Atom[];
  /** The scales of which anything is shown; all follow one pattern. */
  readonly scales: readonly Scale[];
  /** From the one whose numbers matter most. */
  readonly groupings: readonly string[];
  /** Groupings that are left out at a wave where they would cost what is above them its intervals. */
  readonly finest?: readonly string[];
  readonly rules: Rules;
  /** Earlier releases, in order: what is public already. */
  readonly past: readonly PastRelease[];
}

interface Candidate {
  readonly group: Group;
  readonly row: Row;
  readonly passed: boolean;
  /** The fact of the last release, where that is still of other teams than the group is now. */
  readonly old: { readonly row: Row; readonly passed: boolean } | null;
  /** Whether the last release has the mean of the very same respondents. */
  readonly unchanged: boolean;
}

const passesAll = (supports: readonly Support[], rules: Rules): boolean =>
  supports.some(({ n }) => n > 0) && supports.every((support) => support.n === 0 || passesPrimary(support, rules));

const sameRow = (a: Row, b: Row): boolean => a.length === b.length && a.every((place, index) => place === b[index]);

/** The release whose teams a fact is of, by its place in the ledger. */
const releaseOf = (fact: PastFact, at: number, past: readonly PastRelease[]): number =>
  fact.since === undefined ? at : past.findIndex(({ release }) => release === fact.since);

const meansAt = (wave: string, facts: readonly PastFact[]): readonly PastFact[] =>
  facts.filter((fact) => fact.audience === "management" && fact.statistic === "mean" && fact.wave === wave);

const isLinear = ({ statistic }: PastFact): boolean => statistic === "mean" || statistic === "difference";

/** Rows of all that management could see in earlier releases. A difference is taken for both of its sides. */
const publicRows = (wave: string, rowOf: ReturnType<typeof rowsOf>, past: readonly PastRelease[]): readonly Row[] => {
  const rows = past.flatMap(({ facts }, release) =>
    facts
      .filter((fact) => fact.wave === wave && fact.audience === "management" && fact.since === undefined)
      .filter(isLinear)
      .flatMap((fact): readonly Group[] => (fact.against ? [fact, fact.against] : [fact]))
      .map((group) => ({ key: `${release} ${groupKey(group)}`, group, release })),
  );
  const distinct = new Map(rows.map((row) => [row.key, row]));
  return [...distinct.values()].map(({ group, release }) => rowOf(group, release));
};

/** The teams of every group, now and in each earlier release. */
interface Teams {
  readonly rowOf: ReturnType<typeof rowsOf>;
  readonly now: ReadonlyMap<string, readonly Pick<Atom, "n">[]>;
  /** The means of the last release, by group. */
  readonly last: ReadonlyMap<string, PastFact>;
  readonly before: readonly ReadonlyMap<string, readonly Pick<Atom, "n">[]>[];
}

const candidateOf = (
  group: Group,
  { rowOf, now, last: lastMeans, before: earlier }: Teams,
  { scales, rules, past }: Request,
): Candidate => {
  const supports = (own: readonly Pick<Atom, "n">[]) => countedScales(scales).map((scale) => supportOf(own, scale));
  const key = groupKey(group);
  const row = rowOf(group, past.length);
  const last = lastMeans.get(key);
  const release = last ? releaseOf(last, past.length - 1, past) : -1;
  const before = release < 0 ? null : rowOf(group, release);
  const unchanged = before !== null && sameRow(before, row);
  const oldTeams = earlier[release]?.get(key) ?? [];
  return {
    group,
    row,
    passed: passesAll(supports(now.get(key) ?? []), rules),
    old: before === null || unchanged ? null : { row: before, passed: passesAll(supports(oldTeams), rules) },
    unchanged,
  };
};

/** Largest first within a grouping, by name where as large. */
const inOrder = (candidates: readonly Candidate[], { groupings }: Request, parts: readonly Part[]) => {
  const size = ({ row }: Candidate) => row.reduce((sum, at) => sum + Math.max(0, ...Object.values(parts[at]!.n)), 0);
  const ranked = candidates.map((each) => ({ each, rank: groupings.indexOf(each.group.grouping), n: size(each) }));
  return ranked
    .sort((a, b) => a.rank - b.rank || b.n - a.n || (a.each.group.cell < b.each.group.cell ? -1 : 1))
    .map(({ each }) => each);
};

/** One lattice for the scales that were answered by the same parts, with the fewest respondents on any of them. */
const latticesOf = (parts: readonly Part[], rows: readonly Row[], { scales, rules }: Request) => {
  const alike = new Map<string, readonly Respondents[]>();
  for (const scale of countedScales(scales)) {
    const answered = answeredOn(parts, scale);
    const key = answered.map(({ n, persons }) => (n > 0 ? `1${[...persons].sort().join(",")}` : "0")).join("|");
    const found = alike.get(key);
    const least = (each: Respondents, place: number) => ({ ...each, n: Math.min(each.n, found![place]!.n) });
    alike.set(key, found ? answered.map(least) : answered);
  }
  return [...alike.values()]
    .filter((answered) => answered.some(({ n }) => n > 0))
    .map((answered) => latticeOf(parts, answered, rows, rules));
};

/** The candidates that may be shown together, in order: a lower one never costs a higher one its place. */
const shownTogether = (
  ordered: readonly Candidate[],
  known: readonly Row[],
  parts: readonly Part[],
  atoms: readonly Atom[],
  request: Request,
): readonly Candidate[] => {
  const lattices = latticesOf(parts, [...known, ...ordered.map(({ row }) => row)], request);
  for (const lattice of lattices) for (const row of known) lattice.add(row);
  const guards: readonly Guard[] = [...lattices, opennessOf(parts, atoms, request.scales, known)];
  return ordered.filter(({ passed, unchanged, row }) => {
    if (!passed) return false;
    if (!unchanged && !guards.every((guard) => guard.allows(row))) return false;
    for (const guard of guards) guard.add(row);
    return true;
  });
};

/** Whether an earlier release let the variance between leaders out. */
const isVariancePublic = ({ scale }: Scale, wave: string, past: readonly PastRelease[]): boolean =>
  past.some(({ facts }) =>
    facts.some((fact) => fact.statistic === "variance" && fact.scale === scale && fact.wave === wave),
  );

/** Hides the last means until what is left of a variance between leaders that is public leaves every leader's mean open. */
const besideVariance = (
  all: readonly Candidate[],
  known: readonly Row[],
  parts: readonly Part[],
  atoms: readonly Atom[],
  scale: Scale,
): readonly Candidate[] => {
  let shown = all;
  const isOpen = () => leavesOpen(undivided(atoms, parts, [...known, ...shown.map(({ row }) => row)]), scale);
  while (!isOpen()) {
    const last = shown.findLast(({ unchanged }) => !unchanged);
    if (last === undefined) return shown;
    shown = shown.filter((each) => each !== last);
  }
  return shown;
};

/** Leaves out the finest groupings, the last first, where they would pin a leader beside a variance that is open without them. */
const besideIntervals = (
  all: readonly Candidate[],
  known: readonly Row[],
  parts: readonly Part[],
  atoms: readonly Atom[],
  { groupings, finest = [], scales }: Request,
): readonly Candidate[] => {
  const without = (own: readonly Candidate[], left: readonly string[]) =>
    own.filter(({ group, unchanged }) => unchanged || !left.includes(group.grouping));
  const isOpen = (own: readonly Candidate[]) => {
    const divided = undivided(atoms, parts, [...known, ...own.map(({ row }) => row)]);
    return (scale: Scale) => leavesOpen(divided, scale);
  };
  const open = scales.filter(isOpen(without(all, finest)));
  let shown = all;
  for (const grouping of groupings.toReversed().filter((each) => finest.includes(each))) {
    if (open.every(isOpen(shown))) return shown;
    shown = without(shown, [grouping]);
  }
  return shown;
};

const outcomeOf = ({ old }: Candidate, isShown: boolean): Decision["outcome"] => {
  if (isShown) return "shown";
  return old?.passed ? "kept" : "suppressed";
};

/** Teams with their respondents on the scales that anything is shown of, and on no other. */
const ofCounted = <T extends Pick<Atom, "n">>(atoms: readonly T[], scales: readonly Scale[]): readonly T[] => {
  const counted = countedScales(scales);
  return atoms.map((atom) => ({
    ...atom,
    n: Object.fromEntries(counted.flatMap((scale) => (atom.n[scale] ? [[scale, atom.n[scale]] as const] : []))),
  }));
};

const decideWave = (wave: string, request: Request): readonly Decision[] => {
  const at = <T extends Pick<Atom, "wave" | "n" | "versions">>(own: readonly T[]) =>
    ofCounted(
      withRests(
        own.filter((atom) => atom.wave === wave),
        request.scales,
      ),
      request.scales,
    );
  const atoms = at(request.atoms);
  const past = request.past.map((release) => ({ ...release, atoms: at(release.atoms) }));
  const own = { ...request, atoms, past };
  const parts = partsOf(atoms, past);
  const rowOf = rowsOf(parts);
  const known = publicRows(wave, rowOf, past);
  const teams: Teams = {
    rowOf,
    now: byGroup(atoms, (atom) => atom),
    last: new Map(meansAt(wave, past.at(-1)?.facts ?? []).map((fact) => [groupKey(fact), fact])),
    before: past.map((release) => byGroup(release.atoms, (atom) => atom)),
  };
  const candidates = groupsOf(atoms, request.groupings).map((group) => candidateOf(group, teams, own));
  const ordered = inOrder(candidates, own, parts);
  const shown = new Set(
    request.scales
      .filter((scale) => isVariancePublic(scale, wave, past))
      .reduce(
        (left, scale) => besideVariance(left, known, parts, atoms, scale),
        besideIntervals(shownTogether(ordered, known, parts, atoms, own), known, parts, atoms, own),
      ),
  );
  return ordered.map((each) => ({ ...each.group, outcome: outcomeOf(each, shown.has(each)), passed: each.passed }));
};

/**
 * Which groups' numbers a release shows, decided together: every mean and difference of it, all scales alike, beside all
 * that earlier releases let out. The same request gives the same pattern. Waves are decided one by one, as no answer is
 * of two.
 *
 * No combination of shown numbers rests on fewer leaders or respondents than the rules ask for; a leader who knows the
 * own team cannot work out fewer respondents, or fewer than `leaders` − 1 colleagues, beside it; and no leader's mean is
 * known to less than a quarter of the scale. A difference of two groups is shown with both and adds nothing then; nor do
 * changes between waves. How many answered is taken for known, so that counts and response rates add nothing either.
 */
export const decide = (request: Request): Pattern => {
  const waves = [...new Set(request.atoms.map(({ wave }) => wave))];
  const decisions = waves.flatMap((wave) => decideWave(wave, request));
  return new Map(decisions.map((decision) => [groupKey(decision), decision]));
};
