import type { Effect } from "../../effect/effect.ts";
import type { ResearchFrame } from "../voice.ts";

/** What the figure of the effects at the last wave shows. */
export interface ForestModel extends ResearchFrame {
  readonly effects: readonly Effect[];
}
