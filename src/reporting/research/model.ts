import type { Cell } from "../../disclosure/published.ts";
import type { Rules } from "../../disclosure/rules.ts";
import type { Status, Warning } from "../../estimation/design/status.ts";
import type { Analysis, Arrow, Estimate, FlowArm } from "../../estimation/estimate.ts";
import type { Estimator, Plan, Rater, StandardErrors, Text } from "../../study/study.ts";
import type { ArmStyle } from "../page/arms.ts";
import type { InvarianceRow } from "./measurement/invariance-model.ts";
import type { ItemRow, ItemWording, QualityDetails } from "./measurement/items-model.ts";
import type { MovedRow, RatingsRow } from "./ratings/model.ts";
import type { SurfaceRow } from "./surfaces/facts.ts";

/** What a number is about: a scale and who answers it, with the unit it is reported in. */
export interface ReportedOutcome {
  readonly scale: string;
  readonly rater: Rater | null;
  readonly name: Text;
  readonly role: "primary" | "secondary";
  readonly low: number;
  readonly high: number;
  readonly index: boolean;
  readonly decimals: number;
}

export interface EffectNumbers {
  readonly estimate: number;
  readonly se: number | null;
  /** Null where the reference distribution is the normal. */
  readonly df: number | null;
  readonly p: number | null;
  readonly pAdjusted: number | null;
  /** Interval at the confidence of the plan, and at one half; null where the estimator has none. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly half: { readonly low: number; readonly high: number } | null;
  readonly standardised: number | null;
  /** The smallest true effect that would be found with probability 0.8. */
  readonly minimumDetectable: number | null;
  /** Surely smaller than the plan's smallest effect of interest, surely larger, or neither; null where it names none. */
  readonly againstSmallest: {
    readonly margin: number;
    readonly p: number;
    readonly verdict: "within" | "beyond" | "undecided";
  } | null;
}

export interface Effect {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly estimator: Estimator;
  readonly seType: StandardErrors | null;
  readonly status: Status;
  readonly planned: Estimate["planned"];
  readonly leaders: number;
  readonly respondents: number;
  readonly numbers: Cell<EffectNumbers>;
}

/** Test that no arm differs from the control arm; suppressed with any arm, whose effect it would help to work out. */
export interface JointRow {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly status: Status;
  readonly numbers: Cell<{ readonly f: number; readonly df1: number; readonly df2: number; readonly p: number }>;
}

/** How an arm's effect changed from one wave after training began to a later one. */
export interface FadeRow {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly arm: string;
  readonly from: string;
  readonly to: string;
  readonly status: Status;
  readonly numbers: Cell<{
    readonly estimate: number;
    readonly p: number | null;
    readonly interval: { readonly low: number; readonly high: number } | null;
  }>;
}

export interface BoundNumbers {
  readonly low: number;
  readonly high: number;
  /** Of the effect itself, wherever it lies between the bounds. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** How many decimals these numbers have. */
  readonly decimals: number;
  readonly trimmedArm: string | null;
  readonly trimmed: number | null;
}

/** Between which values an effect lies, if leaders were not lost at random. */
export interface BoundRow {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly randomised: number;
  readonly leaders: number;
  readonly status: Status;
  readonly numbers: Cell<BoundNumbers>;
}

/** What of an arm's effect on an outcome may run through another scale. */
export interface ChainRow {
  readonly mediator: Pick<ReportedOutcome, "scale" | "rater" | "name" | "decimals">;
  readonly mediatorWave: string;
  readonly outcome: Pick<ReportedOutcome, "scale" | "rater" | "name" | "decimals">;
  readonly wave: string;
  readonly arm: string;
  readonly leaders: number;
  readonly status: Status;
  readonly numbers: Cell<{
    readonly armOnMediator: number;
    readonly mediatorOnOutcome: number;
    readonly indirect: number;
    readonly direct: number;
    readonly interval: { readonly low: number; readonly high: number } | null;
  }>;
}

export type ArrowsPart =
  | {
      readonly state: "shown";
      readonly x: ReportedOutcome;
      readonly y: ReportedOutcome;
      readonly arrows: readonly Arrow[];
      readonly suppressed: readonly string[];
    }
  | { readonly state: "absent"; readonly why: "no-arms" | "no-figure" | "no-baseline" | "one-wave" | "suppressed" };

export interface BalanceRow {
  readonly covariate: string;
  readonly arm: string;
  readonly reference: string;
  readonly status: Status;
  readonly numbers: Cell<{
    readonly mean: number;
    readonly referenceMean: number;
    readonly sd: number;
    readonly standardisedDifference: number;
  }>;
}

/** Leaders of one arm without employees' answers at a follow-up wave. */
export interface AttritionRow {
  readonly arm: string;
  readonly wave: string;
  readonly leaders: number;
  readonly status: Status;
  readonly numbers: Cell<{ readonly lost: number; readonly share: number | null }>;
  /** Of equal loss in all arms; suppressed with any of them, whose numbers it would give away. */
  readonly p: Cell<number | null>;
}

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

export interface GroupedWarning extends Warning {
  readonly about: readonly Pick<Effect, "outcome" | "rater" | "wave" | "arm" | "estimator">[];
}

/** Of one arm, from the drawing of lots to the analysis; of an arm that is too small, only how many leaders it has. */
export interface FlowColumn {
  readonly arm: string | null;
  readonly leaders: number;
  readonly numbers: Cell<FlowArm>;
}

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
