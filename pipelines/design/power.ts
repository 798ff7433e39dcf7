import { analyseAsPlanned, simulateTrial } from "../../src/estimation/simulation/simulate-trial.ts";
import type { Trial } from "../../src/estimation/simulation/simulated-trial.ts";
import { blockStream } from "../../src/stats/draws/random-streams.ts";
import {
  type ClusterDesign,
  clusterPrecision,
  detectableEffect,
  powerFor,
} from "../../src/stats/trial/cluster-power.ts";
import type { Progress } from "../stage.ts";
import type { PlannedDesign } from "./assumptions.ts";

/** One arm against the control arm. Effects in sds of a respondent; null where a lone leader leaves no precision. */
export interface PowerComparison {
  readonly arm: string;
  readonly reference: string;
  /** Leaders measured at the follow-up, after attrition. */
  readonly leaders: number;
  readonly referenceLeaders: number;
  readonly se: number | null;
  readonly df: number | null;
  readonly minimumDetectable: number | null;
  /** The same at the level of Holm's first step: the level divided by the number of tests. */
  readonly minimumDetectableAdjusted: number | null;
  /** In the unit of the outcome; null where its sd is not known. */
  readonly minimumDetectablePoints: number | null;
  /** The effect that power is told for: the one asked about, else the minimum detectable one. */
  readonly effect: number | null;
  readonly power: number | null;
  /** Share of simulated trials in which ANCOVA with CR2 finds the effect, with its Monte-Carlo standard error. */
  readonly simulated: { readonly power: number; readonly se: number; readonly replications: number } | null;
}

/** Two arms of a design, with `leaders` measured in each. */
export const clusterDesign = (
  { assumptions: a, baseline }: PlannedDesign,
  leaders: readonly [number, number],
): ClusterDesign => ({
  clusters: leaders,
  respondents: a.employees.value * a.response.value,
  sizeVariation: a.sizeVariation.value,
  icc: a.icc.value,
  explainedBetween: a.r2.value,
  explainedWithin: a.r2Employees.value,
  covariates: baseline ? 1 : 0,
});

export const measuredLeaders = ({ arms, assumptions }: PlannedDesign): readonly number[] =>
  arms.map(({ leaders }) => Math.floor(leaders.value * (1 - assumptions.attrition.value) + 1e-9));

const compare = (design: PlannedDesign, arm: number, leaders: readonly number[]): PowerComparison => {
  const { assumptions, tests, arms } = design;
  const level = 1 - assumptions.confidence.value;
  const wanted = assumptions.power.value;
  const precision = clusterPrecision(clusterDesign(design, [leaders[0]!, leaders[arm]!]));
  const detectable = precision && detectableEffect(wanted, precision, level);
  const effect = assumptions.effect?.value ?? detectable;
  return {
    arm: arms[arm]!.id,
    reference: arms[0]!.id,
    leaders: leaders[arm]!,
    referenceLeaders: leaders[0]!,
    se: precision?.se ?? null,
    df: precision?.df ?? null,
    minimumDetectable: detectable,
    minimumDetectableAdjusted: precision && detectableEffect(wanted, precision, level / tests),
    minimumDetectablePoints: detectable !== null && assumptions.sd ? detectable * assumptions.sd.value : null,
    effect,
    power: precision && effect !== null ? powerFor(effect, precision, level) : null,
    simulated: null,
  };
};

/** All arms in one trial, as they are analysed in one; every arm with the effect that its comparison tells power for. */
const trialOf = (design: PlannedDesign, leaders: readonly number[], effect: number): Trial => ({
  ...clusterDesign(design, [leaders[0]!, leaders[0]!]),
  leaders,
  baseline: design.baseline,
  effect,
});

const simulated = async (
  design: PlannedDesign,
  comparisons: readonly PowerComparison[],
  replications: number,
  progress: Progress,
): Promise<readonly PowerComparison[]> => {
  const leaders = measuredLeaders(design);
  const effects = [...new Set(comparisons.flatMap(({ effect }) => (effect === null ? [] : [effect])))];
  const found = new Map<number, Awaited<ReturnType<typeof simulateTrial>>>();
  for (const [k, effect] of effects.entries()) {
    const plan = { robustness: [], confidence: design.assumptions.confidence.value, replications };
    const random = { stream: blockStream(design.seed, k), analyse: analyseAsPlanned };
    const told = (done: number) =>
      progress(
        `${done + k * replications} / ${replications * effects.length}`,
        (done / replications + k) / effects.length,
      );
    found.set(effect, await simulateTrial(trialOf(design, leaders, effect), plan, random, told));
  }
  return comparisons.map((comparison, index) => {
    const rejected = found.get(comparison.effect ?? Number.NaN)?.find(({ arm }) => arm === index + 1)?.rejected;
    return rejected && comparison.se !== null
      ? { ...comparison, simulated: { power: rejected.rate, se: rejected.se, replications } }
      : comparison;
  });
};

/** Power of every arm against the control arm: by formula and, with `simulations` above 0, by simulation. */
export const powerOfDesign = async (
  design: PlannedDesign,
  simulations: number,
  progress: Progress,
): Promise<readonly PowerComparison[]> => {
  const leaders = measuredLeaders(design);
  const comparisons = design.arms.slice(1).map((_, index) => compare(design, index + 1, leaders));
  return simulations > 0 ? simulated(design, comparisons, simulations, progress) : comparisons;
};
