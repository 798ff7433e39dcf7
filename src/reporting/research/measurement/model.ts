import type { Cell } from "../../../disclosure/published.ts";
import type { Rater, Text } from "../../../study/study.ts";
import type { ResearchFrame } from "../voice.ts";
import type { InvarianceRow } from "./invariance-model.ts";
import type { ItemRow, ItemWording, QualityDetails } from "./items-model.ts";

export interface MeasurementRow {
  readonly scale: string;
  readonly name: Text;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly decimals: number;
  readonly items: number;
  readonly respondents: number;
  readonly leaders: number;
  readonly missing: Readonly<Record<string, number>>;
  /** Null where a mean beside those of the other arms would give a suppressed arm away. */
  readonly level: Cell<{ readonly mean: number | null; readonly sd: number | null }>;
  readonly quality: Cell<Readonly<Record<"alpha" | "omega" | "icc1" | "icc2" | "rwg", number | null>>>;
  readonly details: Cell<QualityDetails>;
  /** None for a scale that is not made of items. */
  readonly itemRows: readonly ItemRow[];
}

/** How well each scale measures, and whether it measures the same in all that is compared. */
export interface MeasurementModel extends ResearchFrame {
  readonly measurement: readonly MeasurementRow[];
  readonly wordings: readonly ItemWording[];
  readonly invariance: readonly InvarianceRow[];
  /** Whether the numbers of each arm may be shown. */
  readonly flow: readonly { readonly numbers: Cell<unknown> }[];
}
