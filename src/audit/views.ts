import type { Fact, Limits, Publication } from "./publication.ts";
import { audienceOf } from "./publication.ts";
import type { Row, Rows } from "./rows.ts";

/** What somebody can see, over all releases. */
export interface View {
  /** Null for management. */
  readonly viewer: string | null;
  readonly shared: readonly Row[];
  /** The rows of the viewer's own report. */
  readonly own: readonly Row[];
}

/** The view of management, and of every leader with a report of their own who sees what management sees. */
export const viewsOf = ({ rows }: Rows): readonly View[] => {
  const shared: Row[] = [];
  const byAudience = new Map<string, Row[]>();
  for (const row of rows) {
    const { audience } = row.fact;
    if (audience === "management") shared.push(row);
    else byAudience.set(audience, [...(byAudience.get(audience) ?? []), row]);
  }
  const leaders = [...byAudience].filter(([audience]) => audience.startsWith(audienceOf("")));
  return [
    { viewer: null, shared, own: [] },
    ...leaders.map(([audience, own]) => ({ viewer: audience.slice(audienceOf("").length), shared, own })),
  ];
};

const hasReports = ({ releases }: Publication): boolean =>
  releases.some(({ facts }) => facts.some(({ audience }) => audience.startsWith(audienceOf(""))));

/**
 * Where a ledger holds no leader's report, every leader is assumed to know the mean of the own team, as the first
 * release used it, on every scale that enough of the team answered.
 */
export const withOwnTeams = (publication: Publication, limits: Limits): Publication => {
  if (hasReports(publication)) return publication;
  const assumed = new Set<string>();
  const releases = publication.releases.map((release) => {
    const facts = new Map<string, Fact>();
    for (const { leader, wave, rater = "employee", n } of release.atoms)
      for (const [scale, respondents] of Object.entries(n)) {
        const fact = `assumed:${leader}:${wave}:${scale}`;
        if (rater !== "employee" || respondents < limits.respondents || assumed.has(fact)) continue;
        const cell = { grouping: "leader", cell: leader, wave };
        const rest = { statistic: "mean", scale, rater, value: null, step: 0 } as const;
        facts.set(fact, { fact, audience: audienceOf(leader), ...cell, ...rest });
      }
    for (const fact of facts.keys()) assumed.add(fact);
    return { ...release, facts: [...release.facts, ...facts.values()] };
  });
  return { ...publication, releases };
};
