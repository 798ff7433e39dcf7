import { existsSync } from "node:fs";
import { quickEffort } from "../../src/audit/audit.ts";
import { type BookedFact, borneOut, type Candidate } from "../../src/audit/borne-out.ts";
import type { Release } from "../../src/audit/publication.ts";
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

const teamsOf = ({ atoms }: Release): string =>
  JSON.stringify(atoms.map(({ leader, wave, groups, n, members }) => [leader, wave, groups, n, members]));

/** The same release again, of the same teams, is none beside the one that the ledger has. */
const isSameAs = (one: Release, other: Release): boolean =>
  one.release === other.release && teamsOf(one) === teamsOf(other);

/** What is judged of a candidate: what its ledger line says that is new, and what its model says beside. */
const released = ({ release, atoms, facts }: Candidate, served: ServedModel, unknown: readonly string[]): Release => {
  const fresh = facts.filter(({ since }) => since === undefined);
  const booked = new Map(facts.map((each) => [each.fact, each]));
  const strange = new Set(unknown);
  const beside = served.facts.filter(({ fact, value }) => strange.has(fact) || booked.get(fact)?.value !== value);
  return { release, atoms, facts: [...fresh, ...beside] };
};

const reportsOf = async (frozen: Frozen, { atoms }: Candidate, study: Study) =>
  readReports(JSON.parse(await frozen.text("leader-study.json")), linesOf(await frozen.text("leaders.jsonl")), atoms, {
    limits: limitsOf(study),
    composites: compositesOf(study),
  });

/**
 * Audits a release that was written and is not yet the latest: its models as they lie on disk against what its ledger
 * line is to say, leaders' reports against the teams that they are of, and all facts together with those of every
 * earlier release. Refuses one that leaks, naming the facts.
 */
export const auditCandidate = async (
  study: Study,
  id: string,
  made: { readonly atoms: readonly Omit<Release["atoms"][number], "atom">[]; readonly facts: readonly BookedFact[] },
): Promise<Audited> => {
  const frozen = await wholeRelease(study.folder, id);
  const atoms = made.atoms.map((each) => ({ atom: JSON.stringify([each.leader, each.wave]), ...each }));
  const candidate: Candidate = { release: id, atoms, facts: made.facts };
  const past = existsSync(ledgerOf(study.folder)) ? await readLedger(study.folder) : [];
  const served = readDashboard(JSON.parse(await frozen.text("management.json")));
  const kept = borneOut(served, candidate, past);
  const reports = await reportsOf(frozen, candidate, study);
  const now = released(candidate, served, [...kept.unknownFacts, ...kept.differing]);
  const last = past.at(-1);
  const releases = last && isSameAs(last, now) ? [...past.slice(0, -1), now] : [...past, now];
  const { findings, baseless, counts, isSafe } = judge(releases, study, quickEffort);
  const leaking = new Set([
    ...[...findings, ...reports.findings].flatMap(({ facts }) => facts),
    ...baseless,
    ...Object.values(kept).flat(),
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
