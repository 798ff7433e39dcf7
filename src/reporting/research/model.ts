import type { Rules } from "../../disclosure/rules.ts";
import type { Analysis } from "../../estimation/analysis.ts";
import type { Plan, Text } from "../../study/study.ts";
import type { Effect } from "../effect/effect.ts";
import type { ArmStyle } from "../page/arms.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import type { ArrowsPart } from "./arrows/model.ts";
import type { AttritionRow } from "./attrition/model.ts";
import type { BalanceRow } from "./balance/model.ts";
import type { BoundRow } from "./bounds/model.ts";
import type { ChainRow } from "./chains/model.ts";
import type { JointRow } from "./contrasts/model.ts";
import type { FlowColumn } from "./flow/model.ts";
import type { InvarianceRow } from "./measurement/invariance-model.ts";
import type { ItemWording } from "./measurement/items-model.ts";
import type { MeasurementRow } from "./measurement/model.ts";
import type { MovedRow, RatingsRow } from "./ratings/model.ts";
import type { SurfaceRow } from "./surfaces/facts.ts";
import type { GroupedWarning } from "./warnings/model.ts";
import type { FadeRow } from "./waves/model.ts";

/** What makes a run repeatable beside the plan: names and versions of the software. */
export type Versions = Readonly<Record<string, string>>;

/** All that the research report shows, in no language yet. Aggregates only. */
export interface ResearchModel {
  readonly study: string;
  readonly title: Text;
  readonly synthetic: boolean;
  /** Day of the release, ISO. */
  readonly date: string;
  readonly arms: readonly ArmStyle[];
  readonly waves: readonly { readonly id: string; readonly name: Text; readonly from: string; readonly to: string }[];
  readonly baseline: string | null;
  readonly outcomes: readonly ReportedOutcome[];
  readonly arrows: ArrowsPart;
  readonly effects: readonly Effect[];
  /** Arm against arm, by the primary estimator. */
  readonly contrasts: readonly Effect[];
  readonly jointTests: readonly JointRow[];
  readonly fadeOut: readonly FadeRow[];
  readonly bounds: readonly BoundRow[];
  readonly chains: readonly ChainRow[];
  readonly flow: readonly FlowColumn[];
  readonly attrition: readonly AttritionRow[];
  readonly covariates: readonly {
    readonly id: string;
    readonly name: Text;
    readonly values: readonly { readonly code: string; readonly label: Text }[];
  }[];
  readonly balance: readonly BalanceRow[];
  readonly invariance: readonly InvarianceRow[];
  readonly ratings: readonly RatingsRow[];
  readonly moved: readonly MovedRow[];
  readonly surfaces: readonly SurfaceRow[];
  readonly measurement: readonly MeasurementRow[];
  readonly wordings: readonly ItemWording[];
  readonly warnings: readonly GroupedWarning[];
  readonly plan: Plan & Analysis["plan"];
  readonly seed: number;
  readonly rules: Rules;
  readonly versions: Versions;
}
