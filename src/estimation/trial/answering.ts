import type { CountedArm } from "../../stats/trial/counted-lee-bounds.ts";
import type { Design } from "../design/design.ts";
import type { ScoreCounts } from "../design/score-counts.ts";
import type { NotEstimable } from "../design/status.ts";
import type { responseOf } from "./response.ts";

/** Employees of an arm behind the bounds, by the headcounts of its leaders in post. */
export interface ArmEmployees {
  readonly leaders: number;
  /** Leaders in post whose headcount the roster has not: neither they nor their employees' answers are in the bounds. */
  readonly withoutHeadcount: number;
  /** Leaders with more answers than headcount: they have as many employees as answered. */
  readonly beyondHeadcount: number;
  readonly invited: number;
  /** Employees with a score on the outcome, and how many of them the leader with the most has. */
  readonly answered: number;
  readonly largest: number;
}

/** An arm as counts of scores, and who is behind them. */
export interface Side {
  readonly counted: CountedArm;
  readonly employees: ArmEmployees;
}

/** Employees of each leader of an arm at a wave, as far as headcounts tell, and their scores. */
export interface Answering {
  readonly design: Design;
  readonly found: ReturnType<typeof responseOf>;
  readonly scores: ScoreCounts;
}

/** How many employees of each leader of an arm have a score. */
function answeredBy({ design, found, scores }: Answering, arm: number): ReadonlyMap<number, number> {
  const own = found.shares.filter(({ leader }) => design.arm[leader] === arm && design.cluster[leader]! >= 0);
  const answered = new Map(own.map(({ leader }) => [leader, 0]));
  scores.leader.forEach((leader, k) => {
    const before = answered.get(leader);
    if (before !== undefined) answered.set(leader, before + scores.n[k]!);
  });
  return answered;
}

function employeesOf({ design, found }: Answering, arm: number, answered: ReadonlyMap<number, number>): ArmEmployees {
  const inArm = (leaders: readonly number[]) => leaders.filter((leader) => design.arm[leader] === arm).length;
  const own = found.shares.filter(({ leader }) => answered.has(leader));
  const counts = [...answered.values()];
  return {
    leaders: own.length,
    withoutHeadcount: inArm(found.unknown),
    beyondHeadcount: inArm(found.beyond),
    invited: own.reduce((sum, { rows }) => sum + rows, 0),
    answered: counts.reduce((sum, count) => sum + count, 0),
    largest: counts.reduce((most, count) => Math.max(most, count), 0),
  };
}

/** The employees of an arm by unit of allocation and score: at least as many were asked as have a score. */
export function sideOf(answering: Answering, arm: number): Side {
  const { design, found, scores } = answering;
  const answered = answeredBy(answering, arm);
  const randomised = new Float64Array(design.clusters);
  for (const { leader, rows } of found.shares) if (answered.has(leader)) randomised[design.cluster[leader]!]! += rows;
  const known = (_: number, k: number): boolean => answered.has(scores.leader[k]!);
  const counted: CountedArm = {
    outcomes: scores.score.filter(known),
    counts: scores.n.filter(known),
    cluster: scores.leader.filter(known).map((leader) => design.cluster[leader]!),
    randomised,
  };
  return { counted, employees: employeesOf(answering, arm, answered) };
}

/** Why an arm has nothing to compare; null where it has. */
export function lackOf({ leaders, withoutHeadcount, invited, answered }: ArmEmployees): NotEstimable | null {
  if (invited === 0) return withoutHeadcount > 0 ? "no-data" : "arm-empty";
  if (answered === 0) return "arm-empty";
  return leaders < 2 ? "too-few-leaders" : null;
}
