import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { normalCdfInverse } from "../../stats/distribution/distributions.ts";
import { drawNormal } from "../../stats/draws/random-draws.ts";
import type { Design } from "../design/design.ts";
import type { ScoreCounts } from "../design/score-counts.ts";
import type { UnitTrial } from "./simulated-units.ts";

/**
 * Who answers: `any`, by chance, or those whose answer without training is highest or lowest. In each case whoever answers
 * in the arm that answers less would do so in the other arm too. Shares are of the control arm and of the trained arm.
 */
export interface Answers {
  readonly who: "any" | "highest" | "lowest";
  readonly shares: readonly [number, number];
  /** What training adds to every answer, in sds. */
  readonly effect: number;
  /** Between two scores of the scale, in sds: answers without training are rounded to it. */
  readonly step: number;
}

function answersOf({ who, shares }: Answers, arm: number, stream: RandomGenerator): (value: number) => boolean {
  const share = shares[arm]!;
  if (who === "any") return () => uniformFloat64(stream) < share;
  const edge = normalCdfInverse(share);
  return who === "highest" ? (value) => value > -edge : (value) => value < edge;
}

/** Draws the scores of those who answer, employee by employee: normal levels of units and leaders, as in `drawUnitCells`. */
export function drawScores(
  trial: Omit<UnitTrial, "response">,
  answers: Answers,
  { cluster, clusters, arm }: Design,
  stream: RandomGenerator,
): ScoreCounts {
  const { betweenUnits, betweenLeaders, employees } = trial;
  const within = Math.sqrt(1 - betweenUnits - betweenLeaders);
  const ofUnit = Float64Array.from({ length: clusters }, () => Math.sqrt(betweenUnits) * drawNormal(stream));
  const isAnswered = [0, 1].map((index) => answersOf(answers, index, stream));
  const rows: (readonly [number, number, number])[] = [];
  for (let leader = 0; leader < cluster.length; leader++) {
    const level = ofUnit[cluster[leader]!]! + Math.sqrt(betweenLeaders) * drawNormal(stream);
    const having = new Map<number, number>();
    for (let k = 0; k < employees; k++) {
      const value = level + within * drawNormal(stream);
      if (!isAnswered[arm[leader]!]!(value)) continue;
      const steps = Math.round(value / answers.step);
      having.set(steps, (having.get(steps) ?? 0) + 1);
    }
    for (const [steps, n] of having) rows.push([leader, steps * answers.step + arm[leader]! * answers.effect, n]);
  }
  return {
    leader: Int32Array.from(rows, ([leader]) => leader),
    score: Float64Array.from(rows, ([, score]) => score),
    n: Float64Array.from(rows, ([, , n]) => n),
  };
}
