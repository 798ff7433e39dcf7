/** Why a number could not be had. `estimated` is the good case; every other word is a reason, never a NaN. */
export type Status =
  | "estimated"
  | "no-baseline-wave"
  | "no-follow-up-wave"
  | "no-control-arm"
  | "arm-empty"
  | "too-few-leaders"
  | "too-few-units"
  | "not-by-unit"
  | "no-variation"
  | "not-identified"
  | "no-classes"
  | "no-replication"
  | "no-panel"
  | "no-weights"
  | "too-few-items"
  | "too-few-respondents"
  | "not-converged"
  | "not-built-yet"
  | "no-take-up"
  | "no-data";

/** A reason why there is no number. */
export type NotEstimable = Exclude<Status, "estimated">;

/** What a reader must know to trust an estimate; `names` say of which columns, leaders (a count) or arms. */
export interface Warning {
  readonly code:
    | "df-below-4"
    | "arm-below-12-leaders"
    | "arm-below-12-units"
    | "not-randomised"
    | "response-differs"
    | "column-dropped"
    | "leverage-one"
    | "baseline-imputed"
    | "covariate-after-training"
    | "rows-dropped"
    | "weights-alike"
    | "weak-instrument"
    | "take-up-unknown"
    | "take-up-assumed"
    | "take-up-unplaced"
    | "surely-measured"
    /** `names` says of which random effects (`leader`, `leader-wave`, `class`). */
    | "variance-at-zero"
    /** `names` says of what: all sign vectors (`every`), random signs, Webb's points, labellings. */
    | "p-from-draws";
  readonly names: readonly string[];
  readonly count: number;
}

/** A number that belongs beside an estimate; shares are from 0 to 1. */
export interface Detail {
  readonly code:
    | "first-stage-f"
    | "sessions"
    | "trained"
    | "trained-reference"
    | "leaders-lost"
    | "effective-leaders"
    | "largest-weight";
  readonly value: number;
}
