import type { Finding } from "./finding.ts";
import { type Atom, audienceOf, type OwnPage, type Release } from "./publication.ts";

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

/** The name of what a leader's page says of a wave on a scale. */
export const pageFact = (what: string, leader: string, wave: string, scale: string): string =>
  [what, scale, wave, "leader", leader].join("|");

const membersIn = (atoms: readonly Atom[]): ReadonlyMap<string, string> =>
  new Map(
    atoms
      .filter(({ rater = "employee" }) => rater === "employee")
      .map(({ leader, wave, members }) => [keyOf(leader, wave), [...members].sort().join(" ")]),
  );

/**
 * Pages that show how a scale's items were answered where an earlier release showed it of other respondents: both
 * together show it of those by whom they differ, whom no distribution was ever made for.
 */
export const retold = (releases: readonly Release[]): readonly Finding[] => {
  const told = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { atoms, pages } of releases) {
    const members = membersIn(atoms);
    for (const { leader, wave, answers, since } of pages ?? []) {
      if (answers === null || since !== undefined) continue;
      const key = keyOf(leader, wave, answers);
      const now = members.get(keyOf(leader, wave)) ?? "";
      const before = told.get(key);
      if (before !== undefined && before !== now) {
        const about = { view: audienceOf(leader), scale: answers, waves: [wave], leaders: [leader], respondents: 0 };
        findings.push({
          kind: "respondents",
          ...about,
          facts: [pageFact("answers", leader, wave, answers)],
          minimal: true,
        });
      }
      told.set(key, now);
    }
  }
  return findings;
};

interface Shown {
  readonly state: "shown" | "suppressed";
  readonly value?: { readonly v: unknown };
}

/** What all reports of a release share, and one of them, as they were frozen. */
interface SharedReport {
  readonly waves: readonly { readonly id: string }[];
  readonly scales: readonly { readonly id: string }[];
}
interface ServedReport {
  readonly leader: string;
  readonly scales: readonly { readonly employees: readonly (Shown | null)[] }[];
  readonly answers: { readonly scale: number; readonly items: Shown } | null;
}

/** A leader's report of an earlier release; null where it cannot be read. */
export type EarlierReport = (
  release: string,
  leader: string,
) => { readonly shared: unknown; readonly report: unknown } | null;

/** By wave and scale, what a report shows of the team: means, and in the last wave how items were answered. */
const shownIn = (shared: SharedReport, { scales, answers }: ServedReport) => {
  const found = new Map<
    string,
    { readonly wave: string; readonly scale: string; readonly what: string; readonly value: string }
  >();
  const put = (what: string, wave: string, scale: string, cell: Shown | null | undefined): void => {
    if (cell?.state === "shown")
      found.set(keyOf(what, wave, scale), { what, wave, scale, value: JSON.stringify(cell.value?.v) });
  };
  scales.forEach(({ employees }, index) => {
    employees.forEach((cell, at) => {
      put("mean", shared.waves[at]?.id ?? "", shared.scales[index]!.id, cell);
    });
  });
  if (answers) put("answers", shared.waves.at(-1)?.id ?? "", shared.scales[answers.scale]!.id, answers.items);
  return found;
};

/**
 * Names of what a report shows that the ledger does not say it shows, and of numbers that it says are those of an earlier
 * release and are not.
 */
export const notBorneOut = (
  shared: unknown,
  report: unknown,
  pages: ReadonlyMap<string, OwnPage>,
  earlier: EarlierReport,
): readonly string[] => {
  const { leader } = report as ServedReport;
  const before = new Map<string, ReturnType<typeof shownIn> | null>();
  const shownBy = (release: string) => {
    const known = before.get(release);
    if (known !== undefined) return known;
    const read = earlier(release, leader);
    const shown = read && shownIn(read.shared as SharedReport, read.report as ServedReport);
    before.set(release, shown);
    return shown;
  };
  return [...shownIn(shared as SharedReport, report as ServedReport)].flatMap(([key, { what, wave, scale, value }]) => {
    const page = pageOf(pages, leader, wave);
    const isBooked = what === "mean" ? page?.scales.includes(scale) : page?.answers === scale;
    const isKept = page?.since === undefined || shownBy(page.since)?.get(key)?.value === value;
    return isBooked && isKept ? [] : [pageFact(what, leader, wave, scale)];
  });
};

/** The page of a leader's team in a wave. */
export const pageOf = (pages: ReadonlyMap<string, OwnPage>, leader: string, wave: string): OwnPage | undefined =>
  pages.get(keyOf(leader, wave));

/** Pages by leader and wave. */
export const pagesByTeam = (pages: readonly OwnPage[]): ReadonlyMap<string, OwnPage> =>
  new Map(pages.map((page) => [keyOf(page.leader, page.wave), page]));
