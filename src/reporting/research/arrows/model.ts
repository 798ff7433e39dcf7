import type { Arrow } from "../../../estimation/trial/change-arrows.ts";
import type { Effect } from "../../effect/effect.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { ResearchFrame } from "../voice.ts";

export type ArrowsPart =
  | {
      readonly state: "shown";
      readonly x: ReportedOutcome;
      readonly y: ReportedOutcome;
      readonly arrows: readonly Arrow[];
      readonly suppressed: readonly string[];
    }
  | { readonly state: "absent"; readonly why: "no-arms" | "no-figure" | "no-baseline" | "one-wave" | "suppressed" };

export interface ArrowsModel extends ResearchFrame {
  readonly effects: readonly Effect[];
  readonly arrows: ArrowsPart;
}
