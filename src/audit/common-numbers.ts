import { tCritical } from "../stats/distribution/distributions.ts";
import { auditGround, type Work } from "./algebra.ts";
import type { BookedFact } from "./borne-out.ts";
import { columnsOfLeak, type Finding } from "./finding.ts";
import { type EarlierReport, pageFact } from "./own-pages.ts";
import { scaleTokens } from "./persons.ts";
import type { Atom, Fact, Limits, Publication, Release } from "./publication.ts";
import { refine } from "./refine.ts";
import { deriveRows, isIn } from "./rows.ts";
import { respondentsIn } from "./system.ts";
import { viewsOf } from "./views.ts";

/** Numbers that no row says and that all teams of a wave go into, with the fewest respondents of those that do. */
const fewestBehind: Partial<Readonly<Record<Fact["statistic"], (limits: Limits) => number>>> = {
  variance: () => 1,
  overall: () => 1,
  within: () => 2,
  benchmark: ({ respondents }) => respondents,
};

/** Whether a number is one that leaders' pages share: it is of all teams, also of leaders who are in no group. */
export const isShared = ({ statistic }: Fact): boolean => statistic !== "variance" && statistic in fewestBehind;

/** The teams behind a number, as if the mean of all of them were told: a respondent of another leader is another one. */
const teamsBehind = (fact: Fact, { atoms }: Release, fewest: number, leaders: ReadonlyMap<string, number>) =>
  atoms.flatMap((atom): readonly Atom[] => {
    const { leader, wave, n, rater = "employee" } = atom;
    const isOf = isShared(fact) ? wave === fact.wave : isIn(atom, fact);
    if (!isOf || rater !== fact.rater || (n[fact.scale] ?? 0) < Math.max(1, fewest)) return [];
    return [
      {
        ...{ atom: atom.atom, leader, wave, rater, groups: { all: "" }, n: { [fact.scale]: n[fact.scale]! } },
        members: scaleTokens(atom, fact.scale).map((token) => `${token}/${leaders.get(leader)}`),
      },
    ];
  });

interface Said {
  readonly fact: Fact;
  readonly release: Release;
}

const leaksAmong = (said: readonly Said[], limits: Limits, work: Work) => {
  const leaders = new Map(
    [...new Set(said.flatMap(({ release }) => release.atoms.map(({ leader }) => leader)))].map((each, k) => [each, k]),
  );
  const first = said[0]!.fact;
  const fewest = fewestBehind[first.statistic]!(limits);
  const releases = said.map(
    ({ fact, release }): Release => ({
      ...{ release: release.release, atoms: teamsBehind(fact, release, fewest, leaders), pages: [] },
      facts: [{ ...fact, statistic: "mean", audience: "management", grouping: "all", cell: "" }],
    }),
  );
  const publication: Publication = { releases, ranges: {}, composites: {} };
  const rows = deriveRows(publication, refine(publication));
  const { algebra } = auditGround(viewsOf(rows)[0]!, 0, rows, { ...limits, leaders: 1 }, work);
  const findings = algebra.leaks.map((leak): Finding => {
    const blocks = columnsOfLeak(leak).map((column) => leak.system.blocks[leak.system.columns[column]!.block]!);
    const parts = blocks.flatMap((block) => block.parts);
    return {
      ...{ kind: "respondents", view: first.audience, scale: first.scale, waves: [first.wave] },
      leaders: [...new Set(parts.flatMap((part) => part.leaders))],
      respondents: respondentsIn(blocks),
      facts: [...new Set(said.map(({ fact }) => fact.fact))],
      minimal: said.length === 2,
    };
  });
  return { findings, unclear: algebra.disagreements + algebra.unsearched };
};

/**
 * Numbers that all teams of a wave go into and that releases said of teams that differ by too few: what one answer carried
 * such a number by tells of that answer, though no row says it.
 */
export const movedByFew = (releases: readonly Release[], limits: Limits, work: Work) => {
  const said = new Map<string, Said[]>();
  for (const release of releases)
    for (const fact of release.facts) {
      if (fewestBehind[fact.statistic] === undefined) continue;
      const { audience, statistic, rater, scale, wave, grouping, cell } = fact;
      const key = JSON.stringify([audience, statistic, rater, scale, wave, grouping, cell]);
      const found = said.get(key);
      if (found) found.push({ fact, release });
      else said.set(key, [{ fact, release }]);
    }
  const found = [...said.values()].filter((all) => all.length > 1).map((all) => leaksAmong(all, limits, work));
  return {
    findings: found.flatMap(({ findings }) => findings),
    unclear: found.reduce((sum, { unclear }) => sum + unclear, 0),
  };
};

interface Shown {
  readonly state: "shown" | "suppressed";
  readonly value?: { readonly v: unknown };
}
interface SharedReport {
  readonly confidence: number;
  readonly waves: readonly { readonly id: string }[];
  readonly scales: readonly { readonly id: string; readonly decimals?: number }[];
}
interface ServedReport {
  readonly leader: string;
  readonly scales: readonly { readonly employees: readonly (Shown | null)[]; readonly benchmark: Shown }[];
}
interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/** What reports are held against: the numbers that they share as the ledger is to have them, and the pages. */
export interface SharedNumbers {
  readonly facts: readonly (BookedFact & { readonly shown?: unknown })[];
  readonly sizeOf: (leader: string, wave: string, scale: string) => number;
  /** The release whose page of a wave stands as a whole. */
  readonly sinceOf: (leader: string, wave: string) => string | null;
  readonly earlier: EarlierReport;
}

/** Whether an interval is as wide as the spread within teams makes it; one that ends where the scale does may be anything. */
const isMadeOf = (
  { low, high }: Interval,
  n: number,
  spread: SharedNumbers["facts"][number] | undefined,
  { confidence, step }: { readonly confidence: number; readonly step: number },
): boolean => {
  if (low === null || high === null) return true;
  if (spread?.value === undefined || spread.value === null) return false;
  const ends = spread.shown as { readonly low: number; readonly high: number; readonly what: { readonly df: number } };
  if (low <= ends.low || high >= ends.high) return true;
  const half = (tCritical(1 - confidence, ends.what.df) * spread.value) / Math.sqrt(n);
  // Each of the ends is rounded.
  return Math.abs((high - low) / 2 - half) <= step / 2 + 1e-6;
};

/** Names of what a report shows of all teams together and the ledger does not bear out. */
export const notBooked = (
  shared: unknown,
  report: unknown,
  { facts, sizeOf, sinceOf, earlier }: SharedNumbers,
): readonly string[] => {
  const { confidence, waves, scales } = shared as SharedReport;
  const { leader, scales: own } = report as ServedReport;
  const last = waves.at(-1)?.id ?? "";
  const booked = (statistic: Fact["statistic"], wave: string, scale: string) =>
    facts.find((each) => each.statistic === statistic && each.wave === wave && each.scale === scale);
  const benchmarkIn = (release: string, scale: string): string | null => {
    const found = earlier(release, leader);
    const then = found && (found.shared as SharedReport).scales.findIndex(({ id }) => id === scale);
    const cell = then === null ? null : (found!.report as ServedReport).scales[then]?.benchmark;
    return cell?.state === "shown" ? JSON.stringify(cell.value?.v) : null;
  };
  return own.flatMap(({ employees, benchmark }, index) => {
    const { id: scale, decimals = 0 } = scales[index]!;
    const strange = employees.flatMap((cell, at) => {
      const wave = waves[at]?.id ?? "";
      if (cell?.state !== "shown" || cell.value === undefined || sinceOf(leader, wave) !== null) return [];
      const spread = booked("within", wave, scale);
      const unit = { confidence, step: 10 ** -decimals };
      const isBooked = isMadeOf(cell.value.v as Interval, sizeOf(leader, wave, scale), spread, unit);
      return isBooked ? [] : [pageFact("within", leader, wave, scale)];
    });
    if (benchmark.state !== "shown") return strange;
    const since = sinceOf(leader, last) ?? booked("benchmark", last, scale)?.since ?? null;
    const isBooked =
      since === null
        ? booked("benchmark", last, scale) !== undefined
        : benchmarkIn(since, scale) === JSON.stringify(benchmark.value?.v);
    return isBooked ? strange : [...strange, pageFact("benchmark", leader, last, scale)];
  });
};
