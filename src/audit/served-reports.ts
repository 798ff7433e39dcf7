import type { Finding } from "./finding.ts";
import { type Atom, audienceOf, type Limits, type Publication } from "./publication.ts";
import { hasThinRest } from "./views.ts";

/** What the leaders' own reports show of teams, held against how many are in those. */
export interface ServedReports {
  readonly reports: number;
  /** Shown cells that rest on a team's answers. */
  readonly cells: number;
  readonly findings: readonly Finding[];
}

interface State {
  readonly state: "shown" | "suppressed";
}

interface ReportedScale {
  readonly employees: readonly (State | null)[];
  readonly benchmark: State;
  readonly shrunk: State;
  readonly change: { readonly since: number; readonly cell: State } | null;
}

/** What all reports of a release share, and one of them, as they were frozen. */
interface Shared {
  readonly waves: readonly { readonly id: string }[];
  readonly scales: readonly { readonly id: string }[];
}
interface Report {
  readonly leader: string;
  readonly scales: readonly ReportedScale[];
}

const isShown = (cell: State | null | undefined): boolean => cell?.state === "shown";

/** Other leaders behind a number about them that is no sum. */
const fewestOthers = 20;

/** The waves of whose answers a scale of a report shows anything. */
const wavesOf = ({ employees, shrunk, change }: ReportedScale, last: number): readonly number[] => {
  const levels = employees.flatMap((cell, wave) => (isShown(cell) ? [wave] : []));
  const changed = change && isShown(change.cell) ? [change.since, last] : [];
  return [...new Set([...levels, ...(isShown(shrunk) ? [last] : []), ...changed])];
};

const keyOf = (leader: string, wave: string, scale: string): string => JSON.stringify([leader, wave, scale]);

/** Respondents by team and scale. */
const sizesOf = (atoms: readonly Atom[]): ReadonlyMap<string, number> => {
  const sizes = new Map<string, number>();
  for (const { leader, wave, n, rater = "employee" } of atoms)
    for (const [scale, respondents] of rater === "employee" ? Object.entries(n) : []) {
      const key = keyOf(leader, wave, scale);
      sizes.set(key, (sizes.get(key) ?? 0) + respondents);
    }
  return sizes;
};

/**
 * Reads leaders' reports: of a team nothing may be shown on a scale that fewer than `limits.respondents` of it answered,
 * nor of other leaders where fewer than twenty have as many, nor of a scale of scales beside its parts what gives away too
 * few who did not answer all of them. What the release has no counts of is left out: other
 * scales, and leaders who stand in no roster.
 */
export const readReports = (
  shared: unknown,
  reports: Iterable<unknown>,
  atoms: readonly Atom[],
  { limits: { respondents: fewest }, composites }: { readonly limits: Limits } & Pick<Publication, "composites">,
): ServedReports => {
  const { waves, scales } = shared as Shared;
  const last = waves.length - 1;
  const sizes = sizesOf(atoms);
  const leaders = new Set(atoms.map(({ leader }) => leader));
  const counted = new Set(atoms.flatMap(({ n }) => Object.keys(n)));
  const sizeOf = (leader: string, wave: number, scale: string) =>
    sizes.get(keyOf(leader, waves[wave]?.id ?? "", scale)) ?? 0;
  const findings: Finding[] = [];
  const find = (kind: Finding["kind"], what: string, leader: string, wave: number, scale: string, n: number): void => {
    const id = waves[wave]?.id ?? "";
    const about = { view: audienceOf(leader), scale, waves: [id], leaders: [leader], respondents: n };
    findings.push({ kind, ...about, facts: [`${what}|${scale}|${id}|leader|${leader}`], minimal: true });
  };
  const compared: (readonly [leader: string, scale: string])[] = [];
  const all: string[] = [];
  let cells = 0;
  for (const each of reports) {
    const { leader, scales: own } = each as Report;
    all.push(leader);
    own.forEach((reported, index) => {
      const scale = scales[index]!.id;
      const shown = wavesOf(reported, last);
      cells += shown.length;
      if (!counted.has(scale)) return;
      if (isShown(reported.benchmark) || isShown(reported.shrunk)) compared.push([leader, scale]);
      for (const wave of leaders.has(leader) ? shown : []) {
        const n = sizeOf(leader, wave, scale);
        const isThin = hasThinRest(composites[scale], n, (part) => sizeOf(leader, wave, part), fewest);
        if (n < fewest || isThin) find("respondents", "mean", leader, wave, scale, n);
      }
    });
  }
  // A leader in no roster may be one of them.
  const uncounted = all.filter((leader) => !leaders.has(leader)).length;
  const measured = (scale: string) => [...leaders].filter((leader) => sizeOf(leader, last, scale) >= fewest).length;
  const others = new Map([...counted].map((scale) => [scale, measured(scale) + uncounted]));
  for (const [leader, scale] of compared) {
    const isOne = !leaders.has(leader) || sizeOf(leader, last, scale) >= fewest;
    const count = others.get(scale)! - (isOne ? 1 : 0);
    if (count < fewestOthers) find("non-linear", "benchmark", leader, last, scale, count);
  }
  return { reports: all.length, cells, findings };
};
