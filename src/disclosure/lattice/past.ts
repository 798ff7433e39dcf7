import { type Atom, type Group, groupKey, isIn, supportOf } from "./atoms.ts";

/** A value that a release let out, as the ledger has it. */
export interface PastFact extends Group {
  readonly fact: string;
  readonly audience: string;
  readonly statistic: "mean" | "difference" | "variance" | "rate" | "count" | "within" | "overall" | "benchmark";
  readonly scale: string;
  readonly rater: string;
  /** What it is the difference from. */
  readonly against?: Group;
  readonly value: number;
  /** What the value is rounded to, or how wide its band is. */
  readonly step: number;
  /** The release whose teams it is of, where a later one kept it; absent in the release that made it. */
  readonly since?: string;
  /** Of a difference: all that was shown of it. Of a number that all leaders' pages share: what goes with it. */
  readonly shown?: unknown;
}

/** A release of the ledger: the teams that its facts are of, and the facts. */
export interface PastRelease {
  readonly release: string;
  readonly atoms: readonly Omit<Atom, "sums">[];
  readonly facts: readonly PastFact[];
}

/** What a release showed of one team and wave on its leader's own page. */
export interface PastPage {
  readonly leader: string;
  readonly wave: string;
  /** The scales that it showed a mean of. */
  readonly scales: readonly string[];
  /** The scale of whose items it showed the answers. */
  readonly answers: string | null;
  /** The release whose numbers they are, where a later one kept them. */
  readonly since?: string;
}

/** A release of the ledger with leaders' own pages. */
export interface LedgerRelease extends PastRelease {
  readonly pages: readonly PastPage[];
}

/** A fact of the last release, and the teams that it is of. */
export interface LastFact {
  readonly fact: PastFact;
  readonly since: string;
  readonly leaders: number;
}

/** Earlier releases as far as they are of one rater's answers: those of the other are other persons'. */
export const pastOf = <R extends PastRelease>(past: readonly R[], rater: "employee" | "self"): readonly R[] =>
  past.map((release) => ({
    ...release,
    atoms: release.atoms.filter((atom) => (atom.rater ?? "employee") === rater),
    facts: release.facts.filter((fact) => fact.rater === rater),
  }));

const indexes = new WeakMap<PastRelease, ReadonlyMap<string, PastFact>>();

const keyOf = (statistic: PastFact["statistic"], scale: string, group: Group): string =>
  JSON.stringify([statistic, scale, groupKey(group)]);

/** The facts that management sees in a release, by what they are; found once for each release. */
const indexOf = (release: PastRelease): ReadonlyMap<string, PastFact> => {
  const known = indexes.get(release);
  if (known) return known;
  const shared = release.facts.filter(({ audience }) => audience === "management");
  const index = new Map(shared.toReversed().map((fact) => [keyOf(fact.statistic, fact.scale, fact), fact]));
  indexes.set(release, index);
  return index;
};

const teamsOf = (fact: PastFact, since: string, past: readonly PastRelease[]) =>
  (past.find(({ release }) => release === since)?.atoms ?? []).filter((atom) => isIn(atom, fact));

/** What the last release has of a group on a scale for management; null where it has nothing. */
export const lastFact = (
  past: readonly PastRelease[],
  statistic: PastFact["statistic"],
  scale: string,
  group: Group,
): LastFact | null => {
  const last = past.at(-1);
  const fact = last && indexOf(last).get(keyOf(statistic, scale, group));
  if (!last || !fact) return null;
  const since = fact.since ?? last.release;
  return { fact, since, leaders: supportOf(teamsOf(fact, since, past), scale).leaders };
};
