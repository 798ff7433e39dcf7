import type { Atom, Fact, Limits, OwnPage, Publication, Release } from "./publication.ts";
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

const keyOf = (leader: string, wave: string, scale: string): string => `assumed:${leader}:${wave}:${scale}`;

/**
 * Whether a team's mean on a scale of scales gives away what too few said who answered some of them only. A report that
 * shows all the parts does not show it then (`readReports` sees to that).
 */
export const hasThinRest = (
  parts: readonly string[] | undefined,
  whole: number,
  sizeOf: (part: string) => number,
  fewest: number,
): boolean => {
  if (!parts?.every((part) => sizeOf(part) >= fewest)) return false;
  return parts.some((part) => sizeOf(part) > whole && sizeOf(part) - whole < fewest);
};

/** Respondents who a team's mean on a scale surely rests on, when those without all of a scale of scales stand apart. */
const surely = (scale: string, n: number, composites: Publication["composites"], sizeOf: (part: string) => number) => {
  const divided = Object.entries(composites).flatMap(([composite, parts]) => {
    const whole = sizeOf(composite);
    if (!parts.includes(scale) || whole === 0) return [];
    return [whole + Math.min(...parts.map((part) => sizeOf(part) - whole).filter((rest) => rest > 0))];
  });
  return Math.min(n, ...divided);
};

/** The teams of one release that have enough respondents on a scale, as facts that their leaders are assumed to know. */
const ownTeams = ({ atoms }: Release, composites: Publication["composites"], fewest: number): readonly Fact[] => {
  const teams = new Map<
    string,
    { readonly leader: string; readonly wave: string; readonly scale: string; n: number }
  >();
  for (const { leader, wave, rater = "employee", n } of atoms)
    for (const [scale, respondents] of rater === "employee" ? Object.entries(n) : []) {
      const key = keyOf(leader, wave, scale);
      const team = teams.get(key) ?? { leader, wave, scale, n: 0 };
      team.n += respondents;
      teams.set(key, team);
    }
  return [...teams].flatMap(([fact, { leader, wave, scale, n }]): readonly Fact[] => {
    const sizeOf = (part: string) => teams.get(keyOf(leader, wave, part))?.n ?? 0;
    if (surely(scale, n, composites, sizeOf) < fewest || hasThinRest(composites[scale], n, sizeOf, fewest)) return [];
    const asked = { audience: audienceOf(leader), scale, grouping: "leader", cell: leader, wave };
    return [{ fact, statistic: "mean", rater: "employee", value: null, step: 0, ...asked }];
  });
};

/** The respondents of every team in one release, as a text. */
const membersOf = ({ atoms }: Release): ((leader: string, wave: string) => string) => {
  const teams = new Map<string, Atom[]>();
  for (const atom of atoms.filter(({ rater = "employee" }) => rater === "employee")) {
    const key = JSON.stringify([atom.leader, atom.wave]);
    teams.set(key, [...(teams.get(key) ?? []), atom]);
  }
  return (leader, wave) =>
    JSON.stringify((teams.get(JSON.stringify([leader, wave])) ?? []).map(({ members }) => [...members].sort()));
};

/** The means that leaders' pages of one release show and that no earlier one has of the same respondents. */
const pageFacts = (
  release: Release,
  pages: readonly OwnPage[],
  teams: readonly Fact[],
  known: Set<string>,
): readonly Fact[] => {
  const shown = new Set(
    pages
      .filter(({ since }) => since === undefined)
      .flatMap(({ leader, wave, scales }) => scales.map((scale) => keyOf(leader, wave, scale))),
  );
  const members = membersOf(release);
  return teams.flatMap((team): readonly Fact[] => {
    if (!shown.has(team.fact)) return [];
    const key = `${team.fact} ${members(team.cell, team.wave)}`;
    if (known.has(key)) return [];
    known.add(key);
    return [{ ...team, fact: ["mean", team.scale, team.wave, "leader", team.cell].join("|") }];
  });
};

/**
 * Every leader knows what the own pages show. Where a release does not say what that is, the leader is assumed to know the
 * mean of the own team, as the first release used it, on every scale that enough of the team answered. What a leader
 * answered about the own leadership needs no row: who is one of the five behind any combination has four others beside.
 */
export const withOwnTeams = (publication: Publication, limits: Limits): Publication => {
  if (hasReports(publication)) return publication;
  const assumed = new Set<string>();
  const releases = publication.releases.map((release) => {
    const teams = ownTeams(release, publication.composites, limits.respondents);
    const fresh =
      release.pages === null
        ? teams.filter(({ fact }) => !assumed.has(fact))
        : pageFacts(release, release.pages, teams, assumed);
    if (release.pages === null) for (const { fact } of fresh) assumed.add(fact);
    return { ...release, facts: [...release.facts, ...fresh] };
  });
  return { ...publication, releases };
};
