import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawChiSquare, drawNormal } from "../../stats/draws/random-draws.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Study } from "../../study/study.ts";
import type { Design } from "../design/design.ts";
import { type Trial, trialDesign, trialStudy } from "./simulated-trial.ts";

/** A trial of two arms without an effect, whose arms were given to whole units: normal answers of sd 1. */
export interface UnitTrial {
  readonly unitsPerArm: number;
  readonly leadersPerUnit: number;
  /** Employees per leader, and the chance that one of them answers. */
  readonly employees: number;
  readonly response: number;
  /** Shares of the variance between units, and between the leaders of a unit. */
  readonly betweenUnits: number;
  readonly betweenLeaders: number;
}

const trialOf = ({ unitsPerArm, leadersPerUnit, employees }: UnitTrial): Trial => ({
  leaders: [unitsPerArm * leadersPerUnit, unitsPerArm * leadersPerUnit],
  respondents: employees,
  sizeVariation: 0,
  icc: 0,
  explainedBetween: 0,
  explainedWithin: 0,
  baseline: false,
  effect: 0,
});

/** The study that such a trial is analysed as; its scale ends at −5 and 5. */
export const unitTrialStudy = (trial: UnitTrial, seed: number): Study =>
  trialStudy(trialOf(trial), { robustness: [], confidence: 0.95, seed });

/** Its leaders by unit, the units of the control arm first. */
export function unitTrialDesign(trial: UnitTrial): Design {
  const design = trialDesign(trialOf(trial));
  const cluster = design.cluster.map((leader) => Math.floor(leader / trial.leadersPerUnit));
  return { ...design, cluster, clusters: 2 * trial.unitsPerArm };
}

function drawCount(of: number, chance: number, stream: RandomGenerator): number {
  if (chance >= 1) return of;
  let count = 0;
  for (let k = 0; k < of; k++) if (uniformFloat64(stream) < chance) count++;
  return count;
}

/** Draws the cells of the answers, sums and squares at once and no row; `n` is how many employees of a leader answered. */
export function drawUnitCells(trial: UnitTrial, { cluster, clusters }: Design, stream: RandomGenerator): Cells {
  const { betweenUnits, betweenLeaders } = trial;
  const within = 1 - betweenUnits - betweenLeaders;
  const ofUnit = Float64Array.from({ length: clusters }, () => Math.sqrt(betweenUnits) * drawNormal(stream));
  const leaders = cluster.length;
  const cells = { n: new Float64Array(leaders), sums: new Float64Array(leaders), products: new Float64Array(leaders) };
  for (let leader = 0; leader < leaders; leader++) {
    const level = ofUnit[cluster[leader]!]! + Math.sqrt(betweenLeaders) * drawNormal(stream);
    const n = drawCount(trial.employees, trial.response, stream);
    if (n === 0) continue;
    const mean = level + Math.sqrt(within / n) * drawNormal(stream);
    cells.n[leader] = n;
    cells.sums[leader] = n * mean;
    cells.products[leader] = n * mean * mean + (n > 1 ? within * drawChiSquare(stream, n - 1) : 0);
  }
  return {
    columns: ["outcome"],
    shift: new Float64Array(1),
    leader: Int32Array.from(cluster.keys()),
    wave: new Int32Array(leaders),
    ...cells,
    dropped: 0,
  };
}
