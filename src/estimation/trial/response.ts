import { equalProportions } from "../../stats/trial/contingency.ts";
import type { Rater, Study, Wave } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import { controlArm, type Design } from "../design/design.ts";
import { away, employeeAnswers, type ResponseCount } from "../design/presence.ts";
import type { Status } from "../design/status.ts";
import { type LeaderShare, shareDifference, shareFit, shareTest } from "./share-test.ts";

/** How many of an arm's employees answered at one wave, by the headcounts of the roster. */
export interface Response {
  readonly arm: string;
  readonly wave: string;
  /** Leaders in post whose headcount the roster has, and leaders in post whose it has not: their employees are not counted. */
  readonly leaders: number;
  readonly withoutHeadcount: number;
  /** Leaders with more answers than headcount: employees have joined since the roster was made, or it counts too few. */
  readonly beyondHeadcount: number;
  /** Employees; a leader with more answers than headcount has as many as answered. */
  readonly invited: number;
  readonly answered: number;
  readonly share: number | null;
  /**
   * Share less the control arm's, with its CR2 interval over the units of allocation; no interval where all teams of an
   * arm answered equally often. Null for the control arm.
   */
  readonly difference: { readonly estimate: number; readonly low: number | null; readonly high: number | null } | null;
  /**
   * Test of equal response in all arms at the wave: HTZ over the units of allocation. Where teams of an arm answer equally
   * often there is nothing between units to test by: then χ² or Fisher's over employees, which is too careful if anything.
   */
  readonly p: number | null;
  readonly status: Status;
}

/** Employees of each leader in post at a wave, and how many answered: by index in `Design.leaders`. */
export function responseOf(
  design: Design,
  roster: readonly RosterRow[],
  responses: readonly ResponseCount[],
  wave: Wave,
): {
  readonly shares: readonly LeaderShare[];
  readonly unknown: readonly number[];
  readonly beyond: readonly number[];
} {
  const answers = employeeAnswers(responses);
  const rows = new Map(roster.map((row) => [row.leader, row]));
  const shares: LeaderShare[] = [];
  const unknown: number[] = [];
  const beyond: number[] = [];
  for (const [leader, id] of design.leaders.entries()) {
    const row = rows.get(id);
    const events = answers(id, wave.id);
    if (row === undefined || (away(row, wave) && events === 0)) continue;
    if (row.employees === null) {
      unknown.push(leader);
      continue;
    }
    if (events > row.employees) beyond.push(leader);
    shares.push({ leader, rows: Math.max(row.employees, events), events });
  }
  return { shares, unknown, beyond };
}

const countsOf = (shares: readonly LeaderShare[]) => ({
  n: shares.reduce((sum, { rows }) => sum + rows, 0),
  events: shares.reduce((sum, { events }) => sum + events, 0),
});

function grouped(shares: readonly LeaderShare[], keyOf: Int32Array): ReadonlyMap<number, readonly LeaderShare[]> {
  const groups = new Map<number, LeaderShare[]>();
  for (const share of shares) {
    const key = keyOf[share.leader]!;
    const group = groups.get(key);
    if (group) group.push(share);
    else groups.set(key, [share]);
  }
  return groups;
}

/** Whether every unit of an arm answered as often as the others of it, with at least two units in every arm. */
function withoutVariation(design: Design, shares: readonly LeaderShare[]): boolean {
  const arms = [...grouped(shares, design.arm)].filter(([arm]) => arm >= 0);
  return arms.every(([, own]) => {
    const units = [...grouped(own, design.cluster).values()].map(countsOf);
    const rates = units.map(({ n, events }) => events / n);
    return units.length >= 2 && rates.every((rate) => Math.abs(rate - rates[0]!) < 1e-12);
  });
}

/**
 * Response of employees by arm and wave, tested at the level at which arms were given out. Empty for a study without arms.
 */
export function response(
  study: Study,
  design: Design,
  roster: readonly RosterRow[],
  responses: readonly ResponseCount[],
): readonly Response[] {
  const control = controlArm(study);
  return study.waves.flatMap((wave) => {
    const { shares, unknown, beyond } = responseOf(design, roster, responses, wave);
    const fitted = shareFit(design, shares);
    const counts = study.arms.map((_, arm) => countsOf(shares.filter(({ leader }) => design.arm[leader] === arm)));
    const p = (fitted && shareTest(fitted)?.p) ?? (withoutVariation(design, shares) ? equalProportions(counts) : null);
    return study.arms.map(({ id }, arm): Response => {
      const own = shares.filter(({ leader }) => design.arm[leader] === arm);
      const { n: invited, events: answered } = counts[arm]!;
      const share = invited > 0 ? answered / invited : null;
      const reference = counts[control];
      const found = fitted && arm !== control ? shareDifference(fitted, arm, control, study.plan.confidence) : null;
      const compared = arm !== control && share !== null && reference !== undefined && reference.n > 0;
      return {
        arm: id,
        wave: wave.id,
        leaders: own.length,
        withoutHeadcount: unknown.filter((leader) => design.arm[leader] === arm).length,
        beyondHeadcount: beyond.filter((leader) => design.arm[leader] === arm).length,
        invited,
        answered,
        share,
        difference: compared
          ? { estimate: share - reference.events / reference.n, low: found?.low ?? null, high: found?.high ?? null }
          : null,
        p,
        status: invited > 0 ? "estimated" : "no-data",
      };
    });
  });
}

/** Whether who answered differs between arms at a wave by more than chance, as far as headcounts tell. */
export const respondsUnevenly = (
  rows: readonly Response[],
  rater: Rater | null,
  wave: string,
  confidence: number,
): boolean =>
  rater !== "self" &&
  rater !== "indicator" &&
  rows.some((row) => row.wave === wave && row.p !== null && row.p < 1 - confidence);
