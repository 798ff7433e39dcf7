import type { Outcome } from "../../study/study.ts";

/** How many respondents have which score of an outcome at one wave: one entry per leader and score, in the reported unit. */
export interface ScoreCounts {
  /** Index in `Design.leaders`. */
  readonly leader: Int32Array;
  readonly score: Float64Array;
  readonly n: Float64Array;
}

/** Scores of an outcome at a wave, by index in `study.waves`; null where there is none. */
export type ScoreCountsOf = (outcome: Outcome, wave: number) => ScoreCounts | null;

/** Where nobody has a score. */
export const noScores: ScoreCounts = { leader: new Int32Array(), score: new Float64Array(), n: new Float64Array() };
