import type { Atom, Cell, Fact, Publication, Release } from "../../src/audit/publication.ts";

/** One respondent's answers about one leader in one wave. */
export interface Respondent {
  /** `person.version`: other answers of the same person have another version. */
  readonly token: string;
  readonly leader: string;
  readonly wave: string;
  /** Who answers again in another wave, where it is known. */
  readonly paired: string | null;
  /** Scale → score; a scale that was not answered is absent. */
  readonly scores: Readonly<Record<string, number>>;
}

/** A leader's cell in every grouping, for each wave: leaders move. */
export interface Leader {
  readonly id: string;
  readonly groups: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

/** A whole organisation as a release finds it. */
export interface Organisation {
  readonly leaders: readonly Leader[];
  readonly respondents: readonly Respondent[];
  readonly waves: readonly string[];
  readonly scales: readonly string[];
  readonly composites: Readonly<Record<string, readonly string[]>>;
}

/** Decides on one release, given all earlier ones: the suppressor, or what stands in for it. */
export type Publish = (organisation: Organisation, release: string, ledger: readonly Release[]) => readonly Fact[];

/** By scale which answers each respondent gave, where responses name who gave them. */
export const versionsOf = (own: readonly Respondent[], scales: readonly string[]): Pick<Atom, "versions"> => {
  if (!own.every(({ token }) => token.includes("."))) return {};
  const on = (scale: string) => own.map(({ scores }) => (scores[scale] === undefined ? null : `${scores[scale]}`));
  return { versions: Object.fromEntries(scales.map((scale) => [scale, on(scale)])) };
};

const groupBy = <T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const found = groups.get(key(item));
    if (found) found.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

/** The atoms of one release: a leader's team in a wave, split by who answers in another wave. */
export const atomsOf = (organisation: Organisation, release: string): readonly Atom[] => {
  const leaders = new Map(organisation.leaders.map((leader) => [leader.id, leader]));
  const teams = groupBy(organisation.respondents, ({ leader, wave, paired }) => `${leader}|${wave}|${paired ?? ""}`);
  return [...teams].map(([key, team]) => {
    const { leader, wave, paired } = team[0]!;
    const n = Object.fromEntries(
      organisation.scales.map((scale) => [scale, team.filter(({ scores }) => scores[scale] !== undefined).length]),
    );
    const groups = { organisation: "", ...leaders.get(leader)!.groups[wave], paired };
    const members = team.map(({ token }) => token);
    return { atom: `${release}:${key}`, wave, leader, groups, n, members, ...versionsOf(team, organisation.scales) };
  });
};

const cellKey = ({ grouping, cell, wave }: Cell): string => JSON.stringify([wave, grouping, cell]);

const indexes = new WeakMap<Organisation, ReadonlyMap<string, readonly Respondent[]>>();

/** For each cell the respondents in it; made once for an organisation. */
const indexOf = (organisation: Organisation): ReadonlyMap<string, readonly Respondent[]> => {
  const known = indexes.get(organisation);
  if (known) return known;
  const leaders = new Map(organisation.leaders.map((leader) => [leader.id, leader]));
  const index = new Map<string, Respondent[]>();
  for (const respondent of organisation.respondents) {
    const { leader, wave, paired } = respondent;
    const groups = { organisation: "", leader, paired, ...leaders.get(leader)!.groups[wave] };
    for (const [grouping, cell] of Object.entries(groups)) {
      if (cell === null) continue;
      const key = cellKey({ grouping, cell, wave });
      const found = index.get(key);
      if (found) found.push(respondent);
      else index.set(key, [respondent]);
    }
  }
  indexes.set(organisation, index);
  return index;
};

/** The respondents of a cell with a score on a scale. */
export const respondentsIn = (organisation: Organisation, scale: string, cell: Cell): readonly Respondent[] =>
  (indexOf(organisation).get(cellKey(cell)) ?? []).filter(({ scores }) => scores[scale] !== undefined);

const scoresIn = (organisation: Organisation, scale: string, cell: Cell): readonly number[] =>
  respondentsIn(organisation, scale, cell).map(({ scores }) => scores[scale]!);

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

const step = 0.1;
const rounded = (value: number): number => Math.round(value / step) * step;

type Asked = Pick<Fact, "audience" | "scale"> & Cell & { readonly against?: Cell };

const made = (statistic: Fact["statistic"], asked: Asked, value: number): Fact => {
  const { audience, scale, grouping, cell, wave, against } = asked;
  const fact = [
    statistic,
    audience,
    scale,
    wave,
    grouping,
    cell,
    against ? `${against.wave}-${against.cell}` : "",
  ].join("/");
  return { ...asked, fact, statistic, rater: "employee", value: rounded(value), step };
};

/** The mean of a cell, or the difference to another; nothing where nobody answered. */
export const meanFact = (organisation: Organisation, asked: Asked): readonly Fact[] => {
  const scores = scoresIn(organisation, asked.scale, asked);
  const other = asked.against ? scoresIn(organisation, asked.scale, asked.against) : [0];
  if (scores.length === 0 || other.length === 0) return [];
  return [made(asked.against ? "difference" : "mean", asked, mean(scores) - mean(other))];
};

/** The variance between the leaders of a cell, as reports make their intervals from. */
export const varianceFact = (organisation: Organisation, asked: Asked): readonly Fact[] => {
  const teams = new Map<string, number[]>();
  for (const { leader, scores } of respondentsIn(organisation, asked.scale, asked))
    teams.set(leader, [...(teams.get(leader) ?? []), scores[asked.scale]!]);
  if (teams.size < 2) return [];
  const all = [...teams.values()].flat();
  const residuals = [...teams.values()].map((own) => (own.length * (mean(own) - mean(all)) * teams.size) / all.length);
  return [made("variance", asked, residuals.reduce((sum, each) => sum + each ** 2, 0) / (teams.size - 1))];
};

/** One release: its atoms with the facts that were decided on. */
export const releaseOf = (organisation: Organisation, release: string, facts: readonly Fact[]): Release => ({
  release,
  atoms: atomsOf(organisation, release),
  facts: facts.map((fact) => ({ ...fact, fact: `${release}:${fact.fact}` })),
  pages: null,
});

/** What a reader of some releases knows. */
export const publicationOf = ({ scales, composites }: Organisation, releases: readonly Release[]): Publication => ({
  releases,
  ranges: Object.fromEntries(scales.map((scale) => [scale, { low: 0, high: 100 }])),
  composites,
});

/** The cells of a grouping that anybody is in. */
export const cellsOf = ({ leaders }: Organisation, grouping: string, wave: string): readonly string[] =>
  grouping === "organisation"
    ? [""]
    : [...new Set(leaders.flatMap(({ groups }) => groups[wave]?.[grouping] ?? []))].sort();
