import { type LeastSquares, leastSquares } from "../stats/least-squares.ts";
import { modelRows } from "../stats/model-rows.ts";
import type { Study } from "../study/study.ts";
import { controlArm } from "./design.ts";
import type { EffectModel } from "./effect-model.ts";
import type { EffectNumbers, Infer } from "./inference.ts";
import type { Status, Warning } from "./status.ts";

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

function countStatus({ leadersByArm }: EffectModel, arm: number, control: number): Status {
  const fewest = Math.min(leadersByArm[arm]!, leadersByArm[control]!);
  return fewest === 0 ? "arm-empty" : fewest < 2 ? "too-few-leaders" : "estimated";
}

const identified = (fit: LeastSquares, column: string): boolean =>
  fit.columns.includes(column) && !fit.dropped.some(({ spannedBy }) => spannedBy.includes(column));

function modelWarnings(study: Study, effects: EffectModel, fit: LeastSquares, leverageOne: number): Warning[] {
  const arms = new Set(effects.effectColumn);
  const dropped = fit.dropped.map(({ name }) => name).filter((name) => !arms.has(name));
  const late = study.covariates
    .filter(({ id, from }) => from !== "roster" && study.plan.covariates.includes(id))
    .map(({ id }) => id);
  const covariates = effects.model.cells.columns.length > 1;
  const warnings: (Warning | null)[] = [
    dropped.length > 0 ? { code: "column-dropped", names: dropped, count: dropped.length } : null,
    leverageOne > 0 ? { code: "leverage-one", names: [], count: leverageOne } : null,
    effects.imputed > 0 ? { code: "baseline-imputed", names: [], count: effects.imputed } : null,
    covariates && late.length > 0 ? { code: "covariate-after-training", names: late, count: late.length } : null,
    effects.dropped > 0 ? { code: "rows-dropped", names: [], count: effects.dropped } : null,
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

const dfOf = (numbers: EffectNumbers | null): number | null => numbers?.df ?? null;

/** Fits a model and reads off the effect of every non-control arm against the control arm. */
export function fitEffects(study: Study, effects: EffectModel, infer: Infer): FittedEffects {
  const { cells, cluster } = effects.model;
  const control = controlArm(study);
  const others = study.arms.map((_, arm) => arm).filter((arm) => arm !== control);
  const leaders = new Set(cluster.filter((leader) => leader >= 0)).size;
  const respondents = cluster.reduce((sum, leader, c) => (leader < 0 ? sum : sum + cells.n[c]!), 0);
  if (respondents === 0) {
    const arms = others.map((arm): ArmEffect => ({ arm, status: "no-data", numbers: null, warnings: [] }));
    return { arms, leaders, respondents };
  }
  const rows = modelRows(effects.model);
  const fit = leastSquares(rows);
  const present = others.filter((arm) => identified(fit, effects.effectColumn[arm]!));
  const order = fit.columns.length;
  const contrasts = present.map((arm) => unitVector(order, fit.columns.indexOf(effects.effectColumn[arm]!)));
  const inference = infer({ study, effects, arms: present, rows, fit, contrasts });
  const shared = modelWarnings(study, effects, fit, inference.leverageOne);
  const varies = fit.residualSumOfSquares > rounding * outcomeSquares(effects);
  const arms = others.map((arm): ArmEffect => {
    const few = countStatus(effects, arm, control);
    const found = few === "estimated" && varies ? (inference.effects[present.indexOf(arm)] ?? null) : null;
    const status = few !== "estimated" ? few : !varies ? "no-variation" : found ? "estimated" : "not-identified";
    const warnings = [...armWarnings(study, effects, arm, dfOf(found)), ...shared];
    return { arm, status, numbers: found, warnings };
  });
  return { arms, leaders, respondents };
}
