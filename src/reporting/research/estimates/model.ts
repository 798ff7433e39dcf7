import type { Effect } from "../../effect/effect.ts";
import type { ResearchFrame } from "../voice.ts";

/** What the tables of every estimate show. */
export interface EstimatesModel extends ResearchFrame {
  readonly effects: readonly Effect[];
}
