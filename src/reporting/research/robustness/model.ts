import type { Effect } from "../../effect/effect.ts";
import type { ResearchFrame } from "../voice.ts";

/** What the tables of every estimator beside the main one show. */
export interface RobustnessModel extends ResearchFrame {
  readonly effects: readonly Effect[];
}
