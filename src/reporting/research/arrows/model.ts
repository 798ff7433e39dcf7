import { type Cell, valueIn } from "../../../disclosure/published.ts";
import type { Arrow } from "../../../estimation/trial/change-arrows.ts";
import type { Effect } from "../../effect/effect.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { ResearchFrame } from "../voice.ts";

export type ArrowsPart =
  | {
      readonly state: "shown";
      readonly x: ReportedOutcome;
      readonly y: ReportedOutcome;
      readonly arrows: readonly Cell<Arrow>[];
      readonly suppressed: readonly string[];
    }
  | { readonly state: "absent"; readonly why: "no-arms" | "no-figure" | "no-baseline" | "one-wave" | "suppressed" };

/** The arrows that may be drawn. */
export interface DrawnArrows extends Omit<Extract<ArrowsPart, { state: "shown" }>, "arrows"> {
  readonly arrows: readonly Arrow[];
}

export const drawnArrows = (part: ArrowsPart): DrawnArrows | null =>
  part.state === "absent" ? null : { ...part, arrows: part.arrows.flatMap((cell) => valueIn(cell) ?? []) };

export interface ArrowsModel extends ResearchFrame {
  readonly effects: readonly Effect[];
  readonly arrows: ArrowsPart;
}
