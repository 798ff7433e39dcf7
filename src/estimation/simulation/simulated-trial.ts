import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawChiSquare, drawGamma, drawNormal } from "../../stats/draws/random-draws.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Estimator, Study } from "../../study/study.ts";
import type { Design } from "../design/design.ts";

/** A trial to draw: normal answers of sd 1, leaders who differ, a baseline that tells something about them. */
export interface Trial {
  /** Leaders by arm who are measured at the follow-up, the control arm first. */
  readonly leaders: readonly number[];
  /** Mean respondents per leader, and the coefficient of variation of their number. */
  readonly respondents: number;
  readonly sizeVariation: number;
  readonly icc: number;
  /** Shares of the variance between leaders that their baseline means, and within, that covariates explain. */
  readonly explainedBetween: number;
  readonly explainedWithin: number;
  /** Whether there is a baseline wave, and ANCOVA a column for it. */
  readonly baseline: boolean;
  /** True difference of every arm from the control arm, in sds. */
  readonly effect: number;
}

const both = (word: string) => ({ da: word, en: word });

/** The study that a trial is analysed as: one outcome in raw units, the follow-up wave after the baseline, if any. */
export function trialStudy(
  trial: Trial,
  plan: { readonly robustness: readonly Estimator[]; readonly confidence: number; readonly seed: number },
): Study {
  const wave = (id: string, year: number, baseline: boolean) => {
    return { id, from: `${year}-01-01`, to: `${year}-01-31`, baseline, name: both(id) };
  };
  return {
    id: "trial",
    folder: ".",
    outside: false,
    title: both("trial"),
    language: "en",
    seed: plan.seed,
    synthetic: true,
    organisation: [],
    arms: trial.leaders.map((_, arm) => ({ id: `arm-${arm}`, control: arm === 0, share: 1, name: both(`arm-${arm}`) })),
    waves: [...(trial.baseline ? [wave("baseline", 2001, true)] : []), wave("follow-up", 2002, false)],
    phases: [],
    programme: null,
    instrument: {
      id: "trial",
      answers: [],
      missing: [],
      scales: [
        {
          kind: "items",
          id: "outcome",
          name: both("outcome"),
          low: -5,
          high: 5,
          index: false,
          answered: 1,
          items: [],
          answers: null,
        },
      ],
    },
    roster: null,
    allocation: { by: "leader", randomised: true, record: null },
    deliveries: [],
    stopAbove: 1,
    covariates: [],
    plan: {
      primary: [{ scale: "outcome", rater: "employee" }],
      secondary: [],
      estimator: "ancova",
      robustness: plan.robustness,
      standardErrors: "CR2",
      covariates: [],
      differenceInDifferences: { blocks: false, covariates: false },
      mixed: { likelihood: "REML", df: "satterthwaite" },
      multiplicity: "none",
      confidence: plan.confidence,
      smallestEffectOfInterest: null,
      trainedFrom: 1,
      mediation: [],
    },
    figure: null,
    disclosure: { respondents: 5, leaders: 3, strict: false },
    retention: { raw: null, key: null, responses: null },
  };
}

/** The leaders of a trial, arm by arm, the control arm first; neither blocks nor classes. */
export function trialDesign({ leaders }: Trial): Design {
  const arm = Int32Array.from(leaders.flatMap((count, index) => new Array<number>(count).fill(index)));
  return {
    leaders: Array.from(arm, (_, leader) => `L${leader}`),
    arm,
    block: new Int32Array(arm.length).fill(-1),
    blocks: [],
    class: new Int32Array(arm.length).fill(-1),
    classes: [],
    cluster: Int32Array.from(arm, (_, leader) => leader),
    clusters: arm.length,
    levels: new Map(),
    attended: new Float64Array(arm.length).fill(Number.NaN),
  };
}

/** At least one; gamma-distributed sizes where they vary. */
function drawSize({ respondents, sizeVariation }: Trial, stream: RandomGenerator): number {
  if (sizeVariation === 0) {
    const whole = Math.floor(respondents);
    const more = (respondents - whole) * 1e6 > (stream.next() >>> 0) % 1_000_000 ? 1 : 0;
    return Math.max(1, whole + more);
  }
  const shape = 1 / (sizeVariation * sizeVariation);
  return Math.max(1, Math.round((drawGamma(stream, shape) / shape) * respondents));
}

/**
 * Draws the cells of one outcome, sums and squares at once and no row: the mean of a leader's respondents is normal
 * about the leader's level, the squares about it are χ². A leader's baseline mean has the stated correlation with the
 * level at the follow-up.
 */
export function drawCells(trial: Trial, { arm }: Design, stream: RandomGenerator): Cells {
  const { icc, explainedBetween, explainedWithin, baseline, effect } = trial;
  const leaders = arm.length;
  const count = baseline ? 2 * leaders : leaders;
  const within = (1 - icc) * (1 - explainedWithin);
  const cells = { n: new Float64Array(count), sums: new Float64Array(count), products: new Float64Array(count) };
  for (let g = 0; g < leaders; g++) {
    const known = drawNormal(stream);
    const level = Math.sqrt(explainedBetween) * known + Math.sqrt(1 - explainedBetween) * drawNormal(stream);
    const n = drawSize(trial, stream);
    const mean = Math.sqrt(icc) * level + Math.sqrt(within / n) * drawNormal(stream) + (arm[g] === 0 ? 0 : effect);
    const squares = n > 1 ? within * drawChiSquare(stream, n - 1) : 0;
    cells.n[g] = n;
    cells.sums[g] = n * mean;
    cells.products[g] = n * mean * mean + squares;
    if (!baseline) continue;
    cells.n[leaders + g] = 1;
    cells.sums[leaders + g] = known;
    cells.products[leaders + g] = known * known;
  }
  return {
    columns: ["outcome"],
    shift: new Float64Array(1),
    leader: Int32Array.from({ length: count }, (_, c) => c % leaders),
    wave: Int32Array.from({ length: count }, (_, c) => (baseline && c < leaders ? 1 : 0)),
    ...cells,
    dropped: 0,
  };
}
