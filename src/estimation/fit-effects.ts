import { type ClusterRobust, clusterRobust, type RobustContrast } from "../stats/cluster-robust.ts";
import { tQuantile, tTwoTail } from "../stats/distributions.ts";
import { type LeastSquares, leastSquares } from "../stats/least-squares.ts";
import { modelRows } from "../stats/model-rows.ts";
import type { StandardErrors, Study } from "../study/study.ts";
import { controlArm } from "./design.ts";
import type { EffectModel } from "./effect-model.ts";
import type { Status, Warning } from "./estimate.ts";

/** The numbers of one arm's effect. */
export interface EffectNumbers {
  readonly estimate: number;
  readonly se: number;
  readonly df: number;
  readonly statistic: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/** One arm's effect, or the reason why there is none. */
export interface ArmEffect {
  readonly arm: number;
  readonly status: Status;
  readonly numbers: EffectNumbers | null;
  readonly warnings: readonly Warning[];
}

/** All arms' effects from one model, and how many leaders and respondents are in it. */
export interface FittedEffects {
  readonly arms: readonly ArmEffect[];
  readonly leaders: number;
  readonly respondents: number;
}

/** Part of the outcome's sum of squares below which a residual is rounding. */
const rounding = 1e-13;

/** Satterthwaite for the standard errors that are made for it; G − 1 for the others, as estimatr and Stata have it. */
const degreesOfFreedom = (type: StandardErrors, contrast: RobustContrast, clusters: number): number =>
  type === "CR2" || type === "CR3" ? contrast.df : clusters - 1;

function numbersOf(estimate: number, se: number, df: number, confidence: number): EffectNumbers {
  const statistic = estimate / se;
  const half = tQuantile(1 - confidence, df) * se;
  return { estimate, se, df, statistic, p: tTwoTail(statistic, df), low: estimate - half, high: estimate + half };
}

function countStatus({ leadersByArm }: EffectModel, arm: number, control: number): Status {
  const fewest = Math.min(leadersByArm[arm]!, leadersByArm[control]!);
  return fewest === 0 ? "arm-empty" : fewest < 2 ? "too-few-leaders" : "estimated";
}

const identified = (fit: LeastSquares, column: string): boolean =>
  fit.columns.includes(column) && !fit.dropped.some(({ spannedBy }) => spannedBy.includes(column));

function modelWarnings(study: Study, effects: EffectModel, fit: LeastSquares, robust: ClusterRobust): Warning[] {
  const arms = new Set(effects.effectColumn);
  const dropped = fit.dropped.map(({ name }) => name).filter((name) => !arms.has(name));
  const rows = effects.model.cells.dropped;
  const late = study.covariates
    .filter(({ id, from }) => from !== "roster" && study.plan.covariates.includes(id))
    .map(({ id }) => id);
  const covariates = effects.model.cells.columns.length > 1;
  const warnings: (Warning | null)[] = [
    dropped.length > 0 ? { code: "column-dropped", names: dropped, count: dropped.length } : null,
    robust.leverageOne > 0 ? { code: "leverage-one", names: [], count: robust.leverageOne } : null,
    effects.imputed > 0 ? { code: "baseline-imputed", names: [], count: effects.imputed } : null,
    covariates && late.length > 0 ? { code: "covariate-after-training", names: late, count: late.length } : null,
    rows > 0 ? { code: "rows-dropped", names: [], count: rows } : null,
  ];
  return warnings.filter((warning) => warning !== null);
}

function armWarnings(study: Study, { leadersByArm }: EffectModel, arm: number, df: number | null): Warning[] {
  const small = [arm, controlArm(study)]
    .filter((index) => leadersByArm[index]! < 12)
    .map(
      (index): Warning => ({
        code: "arm-below-12-leaders",
        names: [study.arms[index]!.id],
        count: leadersByArm[index]!,
      }),
    );
  const low: Warning[] = df !== null && df < 4 ? [{ code: "df-below-4", names: [study.arms[arm]!.id], count: 1 }] : [];
  return [...low, ...small];
}

/** Sum of squares of the (shifted) outcome over the rows of the model. */
function outcomeSquares({ model: { cells, cluster } }: EffectModel): number {
  const size = (cells.columns.length * (cells.columns.length + 1)) / 2;
  return cluster.reduce((sum, leader, c) => (leader < 0 ? sum : sum + cells.products[c * size + size - 1]!), 0);
}

function unitVector(length: number, at: number): Float64Array {
  const vector = new Float64Array(length);
  vector[at] = 1;
  return vector;
}

/** Fits a model and reads off the effect of every non-control arm against the control arm. */
export function fitEffects(study: Study, effects: EffectModel): FittedEffects {
  const { cells, cluster } = effects.model;
  const control = controlArm(study);
  const others = study.arms.map((_, arm) => arm).filter((arm) => arm !== control);
  const inModel = new Set(cluster.filter((leader) => leader >= 0));
  const respondents = cluster.reduce((sum, leader, c) => (leader < 0 ? sum : sum + cells.n[c]!), 0);
  const counts = { leaders: inModel.size, respondents };
  const same = (status: Status): FittedEffects => ({
    ...counts,
    arms: others.map((arm) => ({ arm, status, numbers: null, warnings: [] })),
  });
  if (control < 0) return same("no-control-arm");
  if (respondents === 0) return same("no-data");
  const fit = leastSquares(modelRows(effects.model));
  const present = others.filter((arm) => identified(fit, effects.effectColumn[arm]!));
  const type = study.plan.standardErrors;
  const order = fit.columns.length;
  const contrasts = present.map((arm) => unitVector(order, fit.columns.indexOf(effects.effectColumn[arm]!)));
  const robust = clusterRobust(fit, type, contrasts);
  const shared = modelWarnings(study, effects, fit, robust);
  const varies = fit.residualSumOfSquares > rounding * outcomeSquares(effects);
  const arms = others.map((arm): ArmEffect => {
    const index = present.indexOf(arm);
    const contrast = robust.contrasts[index];
    const few = countStatus(effects, arm, control);
    const reason = few !== "estimated" ? few : !varies ? "no-variation" : !contrast ? "not-identified" : "estimated";
    const none = (status: Status): ArmEffect => ({
      arm,
      status,
      numbers: null,
      warnings: [...armWarnings(study, effects, arm, null), ...shared],
    });
    if (reason !== "estimated" || !contrast) return none(reason);
    const df = degreesOfFreedom(type, contrast, robust.clusters);
    if (!(contrast.variance > 0 && Number.isFinite(contrast.variance) && df > 0)) return none("not-identified");
    const numbers = numbersOf(contrast.estimate, Math.sqrt(contrast.variance), df, study.plan.confidence);
    return { arm, status: "estimated", numbers, warnings: [...armWarnings(study, effects, arm, df), ...shared] };
  });
  return { ...counts, arms };
}
