import { existsSync } from "node:fs";
import { quickEffort } from "../../src/audit/audit.ts";
import { type BookedFact, borneOut, type Candidate } from "../../src/audit/borne-out.ts";
import { isShared } from "../../src/audit/common-numbers.ts";
import type { EarlierReport } from "../../src/audit/own-pages.ts";
import type { OwnPage, Release } from "../../src/audit/publication.ts";
import { readDashboard, type ServedModel } from "../../src/audit/served-dashboard.ts";
import { readReports } from "../../src/audit/served-reports.ts";
import { Refusal } from "../../src/errors.ts";
import { type Release as Frozen, wholeRelease } from "../../src/store/releases.ts";
import type { Study } from "../../src/study/study.ts";
import { compositesOf, judge, limitsOf } from "./judge.ts";
import { ledgerOf, readLedger } from "./read-ledger.ts";

/** What a release was audited for before it could be read. */
export interface Audited {
  /** Releases that it was judged together with, itself among them. */
  readonly releases: number;
  readonly facts: number;
  /** Management, and each leader with what the own report adds. */
  readonly readers: number;
  /** Numbers in the dashboard's model, and leaders' reports, that were read as they were frozen. */
  readonly numbers: number;
  readonly reports: number;
}

const linesOf = function* (text: string): Generator<unknown> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from);
    const to = end < 0 ? text.length : end;
    if (to > from) yield JSON.parse(text.slice(from, to));
    from = to + 1;
  }
};

const teamsOf = ({ atoms, pages }: Release): string =>
  JSON.stringify([
    pages,
    atoms.map(({ leader, wave, rater, groups, n, members, versions }) => [
      ...[leader, wave, rater, groups, n, members, versions],
    ]),
  ]);

/** The same release again, of the same teams, is none beside the one that the ledger has. */
const isSameAs = (one: Release, other: Release): boolean =>
  one.release === other.release && teamsOf(one) === teamsOf(other);

/** What is judged of a candidate: what its ledger line says that is new, and what its model says beside. */
const released = (
  { release, atoms, facts, pages }: Candidate,
  served: ServedModel,
  unknown: readonly string[],
): Release => {
  const fresh = facts.filter(({ since }) => since === undefined);
  const booked = new Map(facts.map((each) => [each.fact, each]));
  const strange = new Set(unknown);
  const beside = served.facts.filter(({ fact, value }) => strange.has(fact) || booked.get(fact)?.value !== value);
  return { release, atoms, facts: [...fresh, ...beside], pages };
};

/** The reports of earlier releases that pages still show something of, as they lie on disk; none of a release that is not whole. */
const earlierReports = async (study: Study, { pages, facts }: Candidate): Promise<EarlierReport> => {
  const own = pages ?? [];
  const asked = new Set(own.flatMap(({ leader, since }) => (since === undefined ? [] : [`${since} ${leader}`])));
  const ofAll = new Set(facts.filter(isShared).flatMap(({ since }) => since ?? []));
  const found = new Map<string, { readonly shared: unknown; readonly report: unknown }>();
  for (const id of new Set([...own.flatMap(({ since }) => since ?? []), ...ofAll])) {
    const release = await wholeRelease(study.folder, id).catch((fault: unknown) => {
      if (fault instanceof Refusal) return null;
      throw fault;
    });
    if (release === null) continue;
    const shared: unknown = JSON.parse(await release.text("leader-study.json"));
    for (const report of linesOf(await release.text("leaders.jsonl"))) {
      const key = `${id} ${(report as { readonly leader: string }).leader}`;
      if (ofAll.has(id) || asked.has(key)) found.set(key, { shared, report });
    }
  }
  return (release, leader) => found.get(`${release} ${leader}`) ?? null;
};

const reportsOf = async (frozen: Frozen, candidate: Candidate, past: readonly Release[], study: Study) => {
  const { atoms, pages, facts } = candidate;
  return readReports(
    JSON.parse(await frozen.text("leader-study.json")),
    linesOf(await frozen.text("leaders.jsonl")),
    { atoms, pages: pages ?? [], facts, past, earlier: await earlierReports(study, candidate) },
    { limits: limitsOf(study), composites: compositesOf(study) },
  );
};

/**
 * Audits a release that was written and is not yet the latest: its models as they lie on disk against what its ledger
 * line is to say, leaders' reports against the teams that they are of, and all facts together with those of every
 * earlier release. Refuses one that leaks, naming the facts.
 */
export const auditCandidate = async (
  study: Study,
  made: {
    readonly release: string;
    readonly atoms: readonly Omit<Release["atoms"][number], "atom">[];
    readonly facts: readonly BookedFact[];
    readonly pages: readonly OwnPage[];
  },
): Promise<Audited> => {
  const frozen = await wholeRelease(study.folder, made.release);
  const atoms = made.atoms.map((each) => ({
    atom: JSON.stringify([each.leader, each.wave, ...(each.rater ? [each.rater] : [])]),
    ...each,
  }));
  const candidate: Candidate = { ...made, atoms };
  const past = existsSync(ledgerOf(study.folder)) ? await readLedger(study.folder) : [];
  const served = readDashboard(JSON.parse(await frozen.text("management.json")));
  const kept = borneOut(served, candidate, past);
  const reports = await reportsOf(frozen, candidate, past, study);
  const now = released(candidate, served, [...kept.unknownFacts, ...kept.differing]);
  const last = past.at(-1);
  const releases = last && isSameAs(last, now) ? [...past.slice(0, -1), now] : [...past, now];
  const { findings, baseless, counts, isSafe } = judge(releases, study, quickEffort);
  const leaking = new Set([
    ...[...findings, ...reports.findings].flatMap(({ facts }) => facts),
    ...baseless,
    ...Object.values(kept).flat(),
    ...reports.notBorneOut,
  ]);
  if (leaking.size > 0 || !isSafe)
    throw new Refusal({ code: "candidate-leaks", place: { file: frozen.folder }, facts: [...leaking] });
  return {
    releases: counts.releases,
    facts: counts.facts,
    readers: counts.views,
    numbers: served.numbers,
    reports: reports.reports,
  };
};
