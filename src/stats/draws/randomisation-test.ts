import type { ModelRows } from "../moments/model-rows.ts";
import { clusterProducts } from "../regression/cluster-products.ts";
import { leastSquares } from "../regression/least-squares.ts";
import { drawWorkspace, labellingStatistics, numbersPerDraw, type RandomisationTask } from "./randomisation-draws.ts";

/** A regression on columns that stay put and on columns per arm that a re-draw of the arms would change. */
export interface RandomisedModel {
  /** The columns that stay put, with the outcome. */
  readonly rows: ModelRows;
  /** Arm of each cluster, 0 … arms − 1; −1 for the reference. */
  readonly label: Int32Array;
  /** Arms were drawn within these. */
  readonly block: Int32Array;
  readonly arms: number;
  /**
   * Columns of `rows` whose products with each arm's indicator are the arm's columns, the effect's last: the intercept
   * alone where the effect is that of the arm, intercept and wave where it is the arm's change.
   */
  readonly carriers: readonly string[];
}

/** Clusters with rows, block by block. */
function exchangeable({ rows: { start }, block }: RandomisedModel) {
  const groups = new Map<number, number[]>();
  for (let g = 0; g + 1 < start.length; g++) {
    if (start[g + 1]! === start[g]!) continue;
    const group = groups.get(block[g]!);
    if (group) group.push(g);
    else groups.set(block[g]!, [g]);
  }
  const sorted = [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => group);
  const blockStart = new Int32Array(sorted.length + 1);
  for (const [b, group] of sorted.entries()) blockStart[b + 1] = blockStart[b]! + group.length;
  return { members: Int32Array.from(sorted.flat()), blockStart };
}

function columnOf({ x, y, columns }: ModelRows, name: string): Float64Array {
  const place = columns.indexOf(name);
  return y.map((_, row) => x[row * columns.length + place]!);
}

/** The draws that a randomisation test asks for, by seed (a whole number) and number; `drawBlocks` makes them. */
export function randomisationTask(
  model: RandomisedModel,
  options: { readonly seed: number; readonly draws: number },
): RandomisationTask {
  const { rows, label, arms, carriers } = model;
  const fit = leastSquares(rows);
  const names = [...carriers, ...fit.columns.filter((name) => !carriers.includes(name))];
  return {
    kind: "randomisation",
    ...options,
    label,
    arms,
    ...exchangeable(model),
    products: clusterProducts(rows, [...names.map((name) => columnOf(rows, name)), fit.residuals]),
    carriers: carriers.length,
    fixed: Int32Array.from(fit.columns, (name) => names.indexOf(name)),
    factor: fit.factor,
  };
}

/** Of one arm, in the unit of the outcome: the estimate, its CR1 standard error and t, and p by re-drawn arms. */
export interface RandomisationTest {
  readonly estimate: number;
  readonly se: number;
  readonly statistic: number;
  /** Of the studentised estimate. */
  readonly p: number;
  /** Of the estimate itself. */
  readonly pRaw: number;
  readonly draws: number;
}

/** (1 + beyond)/(1 + draws) for one of the numbers of a draw; ties within rounding count. */
function shareBeyond(task: RandomisationTask, blocks: readonly Float64Array[], at: number, observed: number): number {
  const within = Math.abs(observed) * (1 - 1e-9);
  const step = numbersPerDraw(task);
  let beyond = 0;
  for (const block of blocks) {
    for (let k = at; k < block.length; k += step) if (Math.abs(block[k]!) >= within) beyond++;
  }
  return (1 + beyond) / (1 + task.draws);
}

/**
 * Randomisation test of each arm against the reference under the sharp null that no arm has an effect, all arms re-drawn
 * within blocks among the clusters in the model, by the studentised estimate (which keeps its level where only other arms
 * have an effect) and by the estimate itself (which is then too careful; Young 2019; Wu & Ding 2021), from the
 * blocks of the task's draws; p = (1 + beyond)/(1 + draws). A re-draw that does not identify the arms counts as beyond.
 * Null for an arm that is not identified.
 */
export function randomisationTest(
  task: RandomisationTask,
  blocks: readonly Float64Array[],
): readonly (RandomisationTest | null)[] {
  const { arms } = task;
  const observed = new Float64Array(numbersPerDraw(task));
  labellingStatistics(task, task.label, drawWorkspace(task), observed, 0);
  const clusters = task.members.length;
  const factor = Math.sqrt((clusters - 1) / clusters);
  return Array.from({ length: arms }, (_, arm) => {
    const estimate = observed[arm]!;
    const t = observed[arms + arm]!;
    if (!Number.isFinite(t) || clusters < 2 || t === 0) return null;
    return {
      estimate,
      se: estimate / (t * factor),
      statistic: t * factor,
      p: shareBeyond(task, blocks, arms + arm, t),
      pRaw: shareBeyond(task, blocks, arm, estimate),
      draws: task.draws,
    };
  });
}
