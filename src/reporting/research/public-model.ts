import type { Cell } from "../../disclosure/published.ts";
import type { Rater, Text } from "../../study/study.ts";
import type { EffectNumbers } from "../effect/effect.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import type { ResearchFrame } from "./voice.ts";

/** A comparison with the reference arm, and how many are behind it, in fives. */
export interface PublicEffect {
  readonly outcome: ReportedOutcome;
  readonly wave: string;
  readonly arm: string;
  readonly numbers: Cell<EffectNumbers>;
  readonly leaders: Cell<number>;
  readonly respondents: Cell<number>;
}

/** Who of an arm is analysed, in fives. */
export interface PublicArm {
  readonly arm: string | null;
  readonly leaders: Cell<number>;
  readonly respondents: Cell<number>;
}

/** A scale as one rater answered it at one wave. */
export interface PublicScale {
  readonly name: Text;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly respondents: Cell<number>;
  readonly mean: Cell<number>;
  readonly quality: Cell<Readonly<Record<"alpha" | "icc1", number | null>>>;
}

/** What of the research report may leave the project group. */
export interface PublicModel extends ResearchFrame {
  readonly publicEffects: readonly PublicEffect[];
  readonly publicArms: readonly PublicArm[];
  readonly publicScales: readonly PublicScale[];
}
