import type { Study } from "../../study/study.ts";

/** What is known of each leader, one entry per leader in every array. */
export interface Design {
  readonly leaders: readonly string[];
  /** Index in `study.arms`, −1 for none. */
  readonly arm: Int32Array;
  /** Index in `blocks`, −1 for none. */
  readonly block: Int32Array;
  readonly blocks: readonly string[];
  /** Index in `classes` of the class that the leader was trained in, −1 for none. */
  readonly class: Int32Array;
  readonly classes: readonly string[];
  /**
   * Index of what was given to an arm whole: the leader's own index where leaders were drawn. Standard errors, degrees
   * of freedom, draws and tests are at this level.
   */
  readonly cluster: Int32Array;
  readonly clusters: number;
  /** By level of the organisation, the index of each leader's unit, −1 for none. */
  readonly levels: ReadonlyMap<string, Int32Array>;
  /** Sessions that the leader attended, NaN where the roster does not say. */
  readonly attended: Float64Array;
}

/** Whether units above the leader were given to arms whole. */
export const isByUnit = ({ leaders, clusters }: Design): boolean => clusters < leaders.length;

/** Index of the control arm in `study.arms`, −1 for none. */
export const controlArm = (study: Study): number => study.arms.findIndex((arm) => arm.control);

/** Index of the baseline wave in `study.waves`, −1 for none. */
export const baselineWave = (study: Study): number => study.waves.findIndex((wave) => wave.baseline);

/** Indices of the waves after the baseline; without a baseline, of all waves. */
export function followUpWaves(study: Study): readonly number[] {
  const baseline = baselineWave(study);
  return study.waves.map((_, index) => index).filter((index) => index > baseline);
}
