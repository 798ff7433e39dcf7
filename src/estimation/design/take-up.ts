import type { Study } from "../../study/study.ts";
import { controlArm, type Design } from "./design.ts";

/** Which training each leader had. */
export interface TakeUp {
  /** One entry per leader: index in `study.arms` of the arm whose training it was, `untrained` or `unknown`. */
  readonly trainedIn: Int32Array;
  /** Leaders of the control arm without a number of sessions, who count as untrained. */
  readonly assumed: readonly number[];
  /** Leaders of the control arm who attended, nobody knows what, and count as untrained. */
  readonly unplaced: readonly number[];
}

/** In `TakeUp.trainedIn`: had no training. */
export const untrained = -1;
/** In `TakeUp.trainedIn`: nobody knows, or the leader has no arm. */
export const unknown = -2;

/** By class the one arm that its trained leaders belong to, −1 where there is none or more than one. */
function armOfClass({ arm, class: classOf, classes }: Design, control: number): readonly number[] {
  const found = classes.map(() => unknown);
  arm.forEach((own, g) => {
    const index = classOf[g]!;
    if (index < 0 || own < 0 || own === control) return;
    found[index] = found[index] === unknown || found[index] === own ? own : -1;
  });
  return found.map((only) => (only === unknown ? -1 : only));
}

/**
 * A leader counts as trained from `plan.trainedFrom` sessions on: in the training of the own arm; of the control arm in
 * the only training there is, or in that of the arm whose class the leader sat in.
 */
export function takeUp(study: Study, design: Design): TakeUp {
  const control = controlArm(study);
  const treated = study.arms.map((_, arm) => arm).filter((arm) => arm !== control);
  const byClass = armOfClass(design, control);
  const assumed: number[] = [];
  const unplaced: number[] = [];
  const trainedIn = design.arm.map((arm, g) => {
    const sessions = design.attended[g]!;
    if (arm < 0) return unknown;
    if (arm === control && Number.isNaN(sessions)) assumed.push(g);
    if (Number.isNaN(sessions)) return arm === control ? untrained : unknown;
    if (sessions < study.plan.trainedFrom) return untrained;
    if (arm !== control) return arm;
    const where = treated.length === 1 ? treated[0]! : (byClass[design.class[g]!] ?? untrained);
    if (where < 0) unplaced.push(g);
    return where;
  });
  return { trainedIn, assumed, unplaced };
}
