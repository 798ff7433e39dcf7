import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Estimator, Study } from "../../study/study.ts";
import type { Design } from "../design/design.ts";
import { drawHere } from "../design/draws.ts";
import { estimateEffects } from "../estimate-effects.ts";
import type { Estimate } from "../inference/estimate.ts";
import { drawCells, type Trial, trialDesign, trialStudy } from "./simulated-trial.ts";

/** How a trial's estimates behaved over replications, of one estimator and arm. Rates have Monte-Carlo standard errors. */
export interface Performance {
  readonly estimator: Estimator;
  /** Index of the arm, from 1. */
  readonly arm: number;
  readonly replications: number;
  /** Replications in which there was an estimate; the others count as not rejected and not covered. */
  readonly estimated: number;
  readonly rejected: Rate;
  readonly covered: Rate;
  /** Mean of the estimates less the true effect, in standard errors of that mean. */
  readonly biasInErrors: number | null;
  readonly meanDf: number | null;
}

/** A share from 0 to 1 with its binomial (Monte-Carlo) standard error. */
export interface Rate {
  readonly rate: number;
  readonly se: number;
}

interface Tally {
  estimated: number;
  rejected: number;
  covered: number;
  sum: number;
  squares: number;
  df: number;
}

const emptyTally = (): Tally => ({ estimated: 0, rejected: 0, covered: 0, sum: 0, squares: 0, df: 0 });

const rateOf = (count: number, of: number): Rate => ({
  rate: count / of,
  se: Math.sqrt(((count / of) * (1 - count / of)) / of),
});

function add(tally: Tally, { status, estimate, p, low, high, df }: Outcome, effect: number, level: number): void {
  if (status !== "estimated" || estimate === null) return;
  tally.estimated++;
  if (p !== null && p < level) tally.rejected++;
  if (low !== null && high !== null && low <= effect && effect <= high) tally.covered++;
  tally.sum += estimate - effect;
  tally.squares += (estimate - effect) ** 2;
  tally.df += df ?? Number.NaN;
}

function performanceOf(tally: Tally, estimator: Estimator, arm: number, replications: number): Performance {
  const { estimated, sum, squares, df } = tally;
  const mean = sum / estimated;
  const error = Math.sqrt((squares / estimated - mean * mean) / estimated);
  const meanDf = df / estimated;
  return {
    estimator,
    arm,
    replications,
    estimated,
    rejected: rateOf(tally.rejected, replications),
    covered: rateOf(tally.covered, replications),
    biasInErrors: estimated > 1 && error > 0 ? mean / error : null,
    meanDf: Number.isFinite(meanDf) ? meanDf : null,
  };
}

/** What a replication needs of an estimate. */
export type Outcome = Pick<Estimate, "estimator" | "arm" | "status" | "estimate" | "p" | "low" | "high" | "df">;

/** Gets from the cells of one replication to its estimates. */
export type Analyse = (study: Study, design: Design, cells: Cells) => Promise<readonly Outcome[]>;

/** As a study's plan is run. */
export const analyseAsPlanned: Analyse = async (study, design, cells) =>
  (await estimateEffects(study, design, () => cells, drawHere)).estimates;

/**
 * Draws a trial again and again and estimates it with the code that estimates a study: ANCOVA with CR2 and the
 * estimators beside it. `onReplication` is told how many are done.
 */
export async function simulateTrial(
  trial: Trial,
  plan: { readonly robustness: readonly Estimator[]; readonly confidence: number; readonly replications: number },
  random: { readonly stream: RandomGenerator; readonly analyse: Analyse },
  onReplication: (done: number) => void,
): Promise<readonly Performance[]> {
  const design = trialDesign(trial);
  const tallies = new Map<string, { readonly estimator: Estimator; readonly arm: number; readonly tally: Tally }>();
  for (let k = 0; k < plan.replications; k++) {
    const cells = drawCells(trial, design, random.stream);
    const study = trialStudy(trial, { ...plan, seed: random.stream.next() & 0x7fffffff });
    for (const row of await random.analyse(study, design, cells)) {
      const key = `${row.estimator} ${row.arm}`;
      const arm = study.arms.findIndex(({ id }) => id === row.arm);
      const known = tallies.get(key) ?? { estimator: row.estimator, arm, tally: emptyTally() };
      tallies.set(key, known);
      add(known.tally, row, trial.effect, 1 - plan.confidence);
    }
    onReplication(k + 1);
  }
  return [...tallies.values()].map(({ estimator, arm, tally }) =>
    performanceOf(tally, estimator, arm, plan.replications),
  );
}
