import type { Language, RetentionClass } from "../errors.ts";
import type { Programme } from "./programme.ts";

/** Words in both languages; a study that gives one language has it in both places. */
export type Text = Readonly<Record<Language, string>>;

export type Rater = "self" | "employee" | "superior" | "indicator";
export const missingKinds = ["blank", "dont-know", "prefer-not-to-say", "not-asked", "not-applicable"] as const;
/** Why an answer is absent. `not-asked` is planned missingness and never counts against a respondent. */
export type MissingKind = (typeof missingKinds)[number];

export interface Arm {
  readonly id: string;
  readonly control: boolean;
  /** Leaders drawn to the arm, in proportion to the shares of the others; a whole number. */
  readonly share: number;
  readonly name: Text;
}

/** A survey round; dates are ISO days, both ends inclusive. */
export interface Wave {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly baseline: boolean;
  readonly name: Text;
}

/** A period of the programme. */
export interface Phase {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly name: Text;
  /** Scales that it sets out to develop, where it names any. */
  readonly goals?: readonly string[];
}

export interface Item {
  readonly id: string;
  readonly reversed: boolean;
  /** Wording by rater (`employee`, `self`, …) or by variant of the questionnaire (`schools`, …); may be empty. */
  readonly wording: Readonly<Record<string, Text>>;
}

interface ScaleBase {
  readonly id: string;
  readonly name: Text;
  /** Lowest and highest score in the raw unit of the answers. */
  readonly low: number;
  readonly high: number;
  /** Reported on 0–100 instead of in the raw unit. */
  readonly index: boolean;
  /** Share of the asked parts that must be answered for a score. */
  readonly answered: number;
}

/** A construct: of items, of other scales with equal weights, or the difference of two outcomes within a leader. */
export type Scale =
  | (ScaleBase & {
      readonly kind: "items";
      readonly items: readonly Item[];
      /** Null for those of the instrument. */
      readonly answers: readonly AnswerLabel[] | null;
    })
  | (ScaleBase & { readonly kind: "scales"; readonly of: readonly string[] })
  | (ScaleBase & { readonly kind: "difference"; readonly minuend: Outcome; readonly subtrahend: Outcome });

/** What an estimate is about: a scale as one rater answers it. `rater` is null for a difference of two raters. */
export interface Outcome {
  readonly scale: string;
  readonly rater: Rater | null;
}

/** A code and what it says, in questionnaire order. */
export interface AnswerLabel {
  readonly code: string;
  readonly label: Text;
}

/** A code that means a kind of missing, and how the questionnaire words it; null where it does not say. */
export interface MissingCode {
  readonly code: string;
  readonly kind: MissingKind;
  readonly label: Text | null;
}

export interface Instrument {
  readonly id: string;
  /** Of every scale that has none of its own. */
  readonly answers: readonly AnswerLabel[];
  readonly missing: readonly MissingCode[];
  readonly scales: readonly Scale[];
}

/** A characteristic that enters an estimate: numbers in a range, or codes of which the first is the reference. */
export type Covariate = { readonly id: string; readonly name: Text; readonly from: Rater | "roster" } & (
  | { readonly kind: "numeric"; readonly low: number; readonly high: number }
  | { readonly kind: "categorical"; readonly values: readonly { readonly code: string; readonly label: Text }[] }
);

/** The formats that a file may have, as they are named to users. */
export const formats = [
  "csv",
  "qualtrics",
  "surveyxact",
  "limesurvey",
  "spss",
  "xlsx",
  "parquet",
  "json-lines",
] as const;
export type Format = (typeof formats)[number];

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof encodings)[number];

/** How a file is to be read, where it does not show that itself; null for what it shows. */
export interface ReadingOptions {
  readonly format: Format | null;
  readonly encoding: Encoding | null;
  readonly separator: string | null;
  /** Sheet of a workbook. */
  readonly sheet: string | null;
  /** Physical line, or row of the sheet, on which the header stands. */
  readonly header: number | null;
  /** What stands before the fraction of a number. */
  readonly decimal: "," | "." | null;
  /** Files that tell what columns and codes mean, from the study's folder. */
  readonly codebook: readonly string[];
}

/** Read as a file's content shows it. */
export const asItShows: ReadingOptions = {
  format: null,
  encoding: null,
  separator: null,
  sheet: null,
  header: null,
  decimal: null,
  codebook: [],
};

/** Which rows are meant: a value, one of several, none of them, or any (`answered`). */
export type Condition = string | readonly string[] | { readonly not: string | readonly string[] };

export interface Roster {
  readonly file: string;
  /** Records that the whole file holds; null where the study file does not say. */
  readonly complete: number | null;
  readonly reading: ReadingOptions;
  /** Column of the file by what it means: `leader`, `arm`, `block`, the organisation's levels, `class`, `group`, `employees`, `attended`, `from`, `to`, covariates. */
  readonly columns: Readonly<Record<string, string>>;
  readonly where: Readonly<Record<string, Condition>>;
}

/** How arms were given out: the level at which chance, or somebody, decided is the level of all inference. */
export interface Allocation {
  /** `leader`, or the roster column (by what it means, or by name) whose units were given to arms whole; null where only the record says. */
  readonly by: string | null;
  /** False where nobody drew: then arms differ, and no difference is called an effect. */
  readonly randomised: boolean;
  /** The record of the draw, from the study's folder; null for `assignment.json`, where there is one. */
  readonly record: string | null;
}

export interface Delivery {
  readonly file: string;
  /** Records that the whole file holds; null where the study file does not say. */
  readonly complete: number | null;
  readonly wave: string;
  readonly rater: Rater;
  /** Column of the file by what it means: `respondent`, `leader`, `weight`, an organisation level (indicator only), covariates. */
  readonly columns: Readonly<Record<string, string>>;
  /** Column of the file by item; an item that is not here is in the column of its own name. */
  readonly items: Readonly<Record<string, string>>;
  /** Items that the file has no column for, and need not have one. */
  readonly notAsked: readonly string[];
  /** What an empty cell of an item means. */
  readonly blank: Extract<MissingKind, "blank" | "not-asked">;
  /** Answer or kind of missing by the code that this file writes; null where it writes the instrument's. */
  readonly codes: Readonly<Record<string, number | MissingKind>> | null;
  readonly where: Readonly<Record<string, Condition>>;
  readonly reading: ReadingOptions;
}

/** Estimators that a plan may name as its primary one. */
export const mainEstimators = [
  "ancova",
  "difference-in-differences",
  "leader-fixed-effects",
  "mixed",
  "cluster-means",
] as const;
export const estimators = [
  ...mainEstimators,
  "wild-bootstrap",
  "randomisation",
  "lin",
  "event-time",
  "mixed-leader-wave",
  "partially-nested",
  "class-clustered",
  "panel",
  "sampling-weights",
  "inverse-probability",
  "complier",
] as const;
export type Estimator = (typeof estimators)[number];
export const standardErrorTypes = ["CR0", "CR1", "CR1S", "CR2", "CR3"] as const;
export type StandardErrors = (typeof standardErrorTypes)[number];

/** The analysis plan: everything that decides which numbers come out. */
export interface Plan {
  readonly primary: readonly Outcome[];
  readonly secondary: readonly Outcome[];
  readonly estimator: Estimator;
  readonly robustness: readonly Estimator[];
  readonly standardErrors: StandardErrors;
  readonly covariates: readonly string[];
  readonly differenceInDifferences: { readonly blocks: boolean; readonly covariates: boolean };
  /** How mixed models are fitted, and where their degrees of freedom come from. */
  readonly mixed: { readonly likelihood: "REML" | "ML"; readonly df: "satterthwaite" | "kenward-roger" };
  readonly multiplicity: "holm" | "romano-wolf" | "none";
  readonly confidence: number;
  /** In the unit of the first primary outcome; null where the plan names none. */
  readonly smallestEffectOfInterest: number | null;
  /** Sessions attended from which a leader counts as trained. */
  readonly trainedFrom: number;
  /** Chains of effects to explore: arm → mediator → outcome. */
  readonly mediation: readonly { readonly mediator: Outcome; readonly outcome: Outcome }[];
  /** Covariates by which effects may differ; left out where the plan names none, so that it has the hash it had. */
  readonly subgroups?: readonly string[];
  /** Whether the primary effects are wanted under all of the plan's choices; left out where not. */
  readonly specificationCurve?: true;
}

export interface DisclosureRules {
  readonly respondents: number;
  readonly leaders: number;
  readonly strict: boolean;
}

/** One study, parsed and consistent: every reference in it resolves. */
export interface Study {
  readonly id: string;
  /** Folder that holds the study file; deliveries and roster are named from here. */
  readonly folder: string;
  /** Whether files that the study names may lie outside that folder. */
  readonly outside: boolean;
  readonly title: Text;
  readonly language: Language;
  readonly seed: number;
  /** Marks every page of a study whose data are made up. */
  readonly synthetic: boolean;
  /** Roster columns from the outermost level to the innermost; may be empty. */
  readonly organisation: readonly string[];
  readonly arms: readonly Arm[];
  readonly waves: readonly Wave[];
  readonly phases: readonly Phase[];
  /** Null where the study file says nothing of schedule and attendance. */
  readonly programme: Programme | null;
  readonly instrument: Instrument;
  readonly roster: Roster | null;
  /** Null in a study without arms. */
  readonly allocation: Allocation | null;
  readonly deliveries: readonly Delivery[];
  /** Share of a delivery's rows in quarantine above which a run stops. */
  readonly stopAbove: number;
  readonly covariates: readonly Covariate[];
  readonly plan: Plan;
  readonly figure: { readonly x: string; readonly y: string } | null;
  readonly disclosure: DisclosureRules;
  /** Months after the last day of the last wave until something is deleted; null for never. */
  readonly retention: Readonly<Record<RetentionClass, number | null>>;
}
