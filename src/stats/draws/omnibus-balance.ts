import { choleskyDropping } from "../matrix/cholesky.ts";
import { lower, packedLength, solveLower } from "../matrix/triangular.ts";
import { blockStream, blocksOf, drawsInBlock } from "./random-streams.ts";
import { shuffle } from "./randomisation-draws.ts";

/** Variables of units that arms were drawn over within blocks. */
export interface DrawnUnits {
  /** Row-major, units × variables; NaN where a unit has no value. */
  readonly values: Float64Array;
  readonly variables: number;
  /** Arm of each unit, 0 … arms − 1. */
  readonly label: Int32Array;
  readonly arms: number;
  readonly block: Int32Array;
}

/** One test of all variables and arms at once. */
export interface OmnibusBalance {
  /** d² of Hansen & Bowers (2008): near a χ² on `df` where units are many. */
  readonly statistic: number;
  readonly df: number;
  /** (1 + beyond)/(1 + draws). */
  readonly p: number;
  readonly draws: number;
}

/** Units by block: those of block b are `members[blockStart[b] … blockStart[b + 1])`. */
interface Blocks {
  readonly members: Int32Array;
  readonly blockStart: Int32Array;
}

function blocksIn(block: Int32Array): Blocks {
  const groups = new Map<number, number[]>();
  for (const [unit, own] of block.entries()) {
    const group = groups.get(own);
    if (group) group.push(unit);
    else groups.set(own, [unit]);
  }
  const sorted = [...groups].sort(([a], [b]) => a - b).map(([, units]) => units);
  const blockStart = new Int32Array(sorted.length + 1);
  for (const [b, units] of sorted.entries()) blockStart[b + 1] = blockStart[b]! + units.length;
  return { members: Int32Array.from(sorted.flat()), blockStart };
}

/** Part of a block's mean below which a distance from it is rounding. */
const rounding = 1e-13;

/** Each variable less its mean in the block; a missing value is that mean. */
function aligned({ values, variables }: DrawnUnits, { members, blockStart }: Blocks): Float64Array {
  const centred = new Float64Array(values.length);
  for (let b = 0; b + 1 < blockStart.length; b++) {
    const units = members.subarray(blockStart[b]!, blockStart[b + 1]!);
    for (let k = 0; k < variables; k++) {
      const known = units.filter((unit) => !Number.isNaN(values[unit * variables + k]!));
      const mean = known.reduce((sum, unit) => sum + values[unit * variables + k]! / known.length, 0);
      for (const unit of known) {
        const rest = values[unit * variables + k]! - mean;
        centred[unit * variables + k] = Math.abs(rest) <= rounding * Math.abs(mean) ? 0 : rest;
      }
    }
  }
  return centred;
}

/** Covariance of the arms' sums of aligned variables over all draws (packed lower), arm by arm without the last one. */
function covarianceOf({ variables, label, arms }: DrawnUnits, { members, blockStart }: Blocks, centred: Float64Array) {
  const order = (arms - 1) * variables;
  const covariance = new Float64Array(packedLength(order));
  for (let b = 0; b + 1 < blockStart.length; b++) {
    const units = members.subarray(blockStart[b]!, blockStart[b + 1]!);
    const n = units.length;
    if (n < 2) continue;
    const counts = new Float64Array(arms);
    for (const unit of units) counts[label[unit]!]!++;
    for (let i = 0; i < order; i++) {
      const [arm, k] = [Math.floor(i / variables), i % variables];
      for (let j = 0; j <= i; j++) {
        const [other, l] = [Math.floor(j / variables), j % variables];
        const share = (counts[arm]! * (Number(arm === other) - counts[other]! / n)) / (n - 1);
        let products = 0;
        for (const unit of units) products += centred[unit * variables + k]! * centred[unit * variables + l]!;
        covariance[lower(i, j)]! += share * products;
      }
    }
  }
  return { covariance, order };
}

/**
 * One permutation test that arms are alike in all variables: arms are drawn again within blocks, as often as they were
 * given there, and compared by the squared distance of the arms' sums of block-centred variables in the metric of their
 * covariance over all draws: d² of Hansen & Bowers (2008, Statistical Science 23, 219–236), here for any number of arms.
 * In one block it is (units − 1) × Pillai's trace. It does not depend on which arm is called the reference, nor on
 * variables that others span. Null where nothing varies within blocks that hold more than one arm.
 */
export function omnibusBalance(
  given: DrawnUnits,
  { seed, draws }: { readonly seed: number; readonly draws: number },
): OmnibusBalance | null {
  const { variables, arms, label } = given;
  const blocks = blocksIn(given.block);
  const centred = aligned(given, blocks);
  const { covariance, order } = covarianceOf(given, blocks, centred);
  const { factor, kept } = choleskyDropping(covariance, order, 1e-9);
  if (kept.length === 0) return null;
  const sums = new Float64Array(order);
  const along = new Float64Array(kept.length);
  const distance = (labels: Int32Array): number => {
    sums.fill(0);
    for (let unit = 0; unit < labels.length; unit++) {
      const arm = labels[unit]!;
      if (arm === arms - 1) continue;
      for (let k = 0; k < variables; k++) sums[arm * variables + k]! += centred[unit * variables + k]!;
    }
    for (let k = 0; k < kept.length; k++) along[k] = sums[kept[k]!]!;
    solveLower(factor, kept.length, along, 0);
    return along.reduce((total, value) => total + value * value, 0);
  };
  const statistic = distance(label);
  let beyond = 0;
  for (let block = 0; block < blocksOf(draws); block++) {
    const stream = blockStream(seed, block);
    const labels = label.slice();
    for (let draw = drawsInBlock(draws, block); draw > 0; draw--) {
      shuffle(blocks, labels, stream);
      if (distance(labels) >= statistic * (1 - 1e-9)) beyond++;
    }
  }
  return { statistic, df: kept.length, p: (1 + beyond) / (1 + draws), draws };
}
