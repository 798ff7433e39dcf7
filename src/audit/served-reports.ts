import { isShared, notBooked, type SharedNumbers } from "./common-numbers.ts";
import type { Finding } from "./finding.ts";
import { type EarlierReport, notBorneOut, pageFact, pageOf, pagesByTeam } from "./own-pages.ts";
import { type Atom, audienceOf, type Limits, type OwnPage, type Publication, type Release } from "./publication.ts";
import { hasThinRest } from "./views.ts";

/** What the leaders' own reports show of teams, held against how many are in those. */
export interface ServedReports {
  readonly reports: number;
  /** Shown cells that rest on a team's answers. */
  readonly cells: number;
  readonly findings: readonly Finding[];
  /** What they show and the ledger does not bear out. */
  readonly notBorneOut: readonly string[];
}

/** What reports are held against: the teams, and what the ledger is to say of the pages. */
interface Booked {
  readonly atoms: readonly Atom[];
  readonly pages: readonly OwnPage[];
  readonly facts: SharedNumbers["facts"];
  readonly past: readonly Release[];
  readonly earlier: EarlierReport;
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

/** The leaders and sizes of teams of the release that is looked at, and of earlier ones by name; each counted once. */
const countedTeams = (atoms: readonly Atom[], past: readonly Release[]) => {
  const count = (all: readonly Atom[]) => ({
    sizes: sizesOf(all),
    leaders: [...new Set(all.map(({ leader }) => leader))],
  });
  const known = new Map<string | null, ReturnType<typeof count>>([[null, count(atoms)]]);
  return (release: string | null) => {
    const found = known.get(release) ?? count(past.findLast((each) => each.release === release)?.atoms ?? []);
    known.set(release, found);
    return found;
  };
};

/**
 * Reads leaders' reports: of a team nothing may be shown on a scale that fewer than `limits.respondents` of it answered,
 * nor of other leaders where fewer than twenty have as many, nor of a scale of scales beside its parts what gives away too
 * few who did not answer all of them. A team or scale that the release has no counts of has nobody.
 */
export const readReports = (
  shared: unknown,
  reports: Iterable<unknown>,
  { atoms, pages, facts, past, earlier }: Booked,
  { limits: { respondents: fewest }, composites }: { readonly limits: Limits } & Pick<Publication, "composites">,
): ServedReports => {
  const { waves, scales } = shared as Shared;
  const last = waves.length - 1;
  const byTeam = pagesByTeam(pages);
  const teams = countedTeams(atoms, past);
  /** The release whose teams a page shows of a wave; null for the one that is looked at. */
  const sinceOf = (leader: string, wave: number) => pageOf(byTeam, leader, waves[wave]?.id ?? "")?.since ?? null;
  const sizeOf = (leader: string, wave: number, scale: string, since = sinceOf(leader, wave)) =>
    teams(since).sizes.get(keyOf(leader, waves[wave]?.id ?? "", scale)) ?? 0;
  const placeOf = new Map(waves.map(({ id }, at) => [id, at]));
  const numbers: SharedNumbers = {
    facts: facts.filter(isShared),
    sizeOf: (leader, wave, scale) => sizeOf(leader, placeOf.get(wave)!, scale),
    sinceOf: (leader, wave) => sinceOf(leader, placeOf.get(wave)!),
    earlier,
  };
  const findings: Finding[] = [];
  const find = (kind: Finding["kind"], what: string, leader: string, wave: number, scale: string, n: number): void => {
    const id = waves[wave]?.id ?? "";
    const about = { view: audienceOf(leader), scale, waves: [id], leaders: [leader], respondents: n };
    findings.push({ kind, ...about, facts: [pageFact(what, leader, id, scale)], minimal: true });
  };
  const strange: string[] = [];
  const compared: (readonly [leader: string, scale: string])[] = [];
  let [all, cells] = [0, 0];
  for (const each of reports) {
    const { leader, scales: own } = each as Report;
    all += 1;
    strange.push(...notBorneOut(shared, each, byTeam, earlier), ...notBooked(shared, each, numbers));
    own.forEach((reported, index) => {
      const scale = scales[index]!.id;
      const shown = wavesOf(reported, last);
      cells += shown.length;
      if (isShown(reported.benchmark) || isShown(reported.shrunk)) compared.push([leader, scale]);
      for (const wave of shown) {
        const n = sizeOf(leader, wave, scale);
        const isThin = hasThinRest(composites[scale], n, (part) => sizeOf(leader, wave, part), fewest);
        if (n < fewest || isThin) find("respondents", "mean", leader, wave, scale, n);
      }
    });
  }
  const measured = new Map<string, number>();
  for (const [leader, scale] of compared) {
    const since = sinceOf(leader, last);
    const key = keyOf(since ?? "", "", scale);
    const isMeasured = (each: string) => sizeOf(each, last, scale, since) >= fewest;
    const all = measured.get(key) ?? teams(since).leaders.filter(isMeasured).length;
    measured.set(key, all);
    const count = all - (isMeasured(leader) ? 1 : 0);
    if (count < fewestOthers) find("non-linear", "benchmark", leader, last, scale, count);
  }
  return { reports: all, cells, findings, notBorneOut: strange };
};
