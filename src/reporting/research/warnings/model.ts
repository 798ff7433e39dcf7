import type { Warning } from "../../../estimation/design/status.ts";
import type { Effect } from "../../effect/effect.ts";

export interface GroupedWarning extends Warning {
  readonly about: readonly Pick<Effect, "outcome" | "rater" | "wave" | "arm" | "estimator">[];
}
