import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Invariance } from "../../../estimation/measurement/invariance.ts";
import type { Rater, Text } from "../../../study/study.ts";

/**
 * What a comparison may rest on: means where form, loadings and intercepts are the same; relations only where the
 * loadings are; nothing where not even these are. Undecided: a change of fit beyond the limits, but within chance.
 */
export type InvarianceVerdict = "means" | "relations" | "nothing" | "undecided";

export interface InvarianceStep {
  readonly level: Invariance["level"];
  readonly cfi: number;
  readonly rmsea: number;
  readonly changeCfi: number | null;
  readonly changeRmsea: number | null;
}

/** Whether one scale measures the same in the groups of one comparison. */
export interface InvarianceRow {
  readonly scale: string;
  readonly name: Text;
  readonly over: Invariance["over"];
  readonly rater: Rater | null;
  readonly wave: string | null;
  /** Why there is no verdict, else `estimated`. */
  readonly status: Status;
  readonly fit: Cell<{
    readonly groups: Invariance["groups"];
    readonly steps: readonly InvarianceStep[];
    readonly verdict: InvarianceVerdict;
  }>;
}
