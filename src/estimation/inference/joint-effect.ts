import type { Estimator, Outcome, Rater } from "../../study/study.ts";
import type { NotEstimable, Status } from "../design/status.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import type { ComparedEffect } from "./fit-effects.ts";
import type { InferJointly } from "./inference.ts";

/**
 * Test that no arm differs from the control arm in one outcome at one wave: HTZ (Tipton & Pustejovsky 2015), of mixed
 * models Kenward and Roger's F (1997). Arms that
 * have no estimate of their own are not in it; `df1` is the number of those that are.
 */
export interface JointEffect {
  readonly estimator: Estimator;
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly f: number | null;
  readonly df1: number | null;
  readonly df2: number | null;
  readonly p: number | null;
  readonly status: Status;
}

/** Which test it is. */
export interface JointFrame {
  readonly estimator: Estimator;
  readonly outcome: Outcome;
  readonly wave: string;
}

/** A joint test that could not be had, and why. */
export const withoutJointTest = ({ estimator, outcome, wave }: JointFrame, status: NotEstimable): JointEffect => ({
  estimator,
  outcome: outcome.scale,
  rater: outcome.rater,
  wave,
  f: null,
  df1: null,
  df2: null,
  p: null,
  status,
});

/**
 * The joint test of the arms that have an estimate; `not-built-yet` for an estimator without one, `not-identified`
 * where the arms cannot be told apart.
 */
export function jointEffect(
  frame: JointFrame,
  fitted: FittedModel,
  effects: readonly ComparedEffect[],
  infer: InferJointly | null,
): JointEffect {
  const contrasts = effects.flatMap(({ numbers, contrast }) =>
    numbers !== null && contrast !== null ? [contrast] : [],
  );
  const reason = effects.map(({ status }) => status).find((status) => status !== "estimated");
  if (contrasts.length === 0) return withoutJointTest(frame, reason ?? "no-data");
  if (infer === null) return withoutJointTest(frame, "not-built-yet");
  const test = infer(fitted, contrasts);
  return test === null
    ? withoutJointTest(frame, "not-identified")
    : { ...withoutJointTest(frame, "not-identified"), ...test, status: "estimated" };
}
