import type { Warning } from "../../../estimation/design/status.ts";
import type { Effect } from "../../effect/effect.ts";
import type { ResearchFrame } from "../voice.ts";

export interface GroupedWarning extends Warning {
  readonly about: readonly Pick<Effect, "outcome" | "rater" | "wave" | "arm" | "estimator">[];
}

export interface WarningsModel extends ResearchFrame {
  readonly effects: readonly Effect[];
  readonly warnings: readonly GroupedWarning[];
}
