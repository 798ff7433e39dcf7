import type { Warning } from "../../../estimation/design/status.ts";
import type { Effect } from "../../effect/effect.ts";
import type { ResearchFrame } from "../voice.ts";

/** What makes a run repeatable beside the plan: names and versions of the software. */
export type Versions = Readonly<Record<string, string>>;

/** The plan and everything else that decided which numbers came out. */
export interface MethodsModel extends ResearchFrame {
  readonly effects: readonly Pick<Effect, "planned">[];
  readonly contrasts: readonly Pick<Effect, "planned">[];
  readonly warnings: readonly Warning[];
  readonly seed: number;
  readonly versions: Versions;
}
