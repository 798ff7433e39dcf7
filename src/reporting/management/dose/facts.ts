import { aggregate } from "../../../disclosure/aggregate.ts";
import { type Cell, suppressed, valueIn } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { FlowArm } from "../../../estimation/trial/flow.ts";
import { ownAnswers } from "../../effect/facts.ts";
import type { Dose } from "./model.ts";

/** The way of an arm to the analysis, as the research report of the same analysis has it. */
export interface ShownFlow {
  readonly arm: string | null;
  readonly numbers: Cell<Pick<FlowArm, "takeUp">>;
}

/** Attendance by arm, where the study knows any: a leader counts as one answer does. */
export const doseOf = (flow: readonly ShownFlow[], arms: readonly string[], rules: Rules): readonly Dose[] =>
  arms.flatMap((arm) => {
    const column = flow.find((each) => each.arm === arm);
    const shown = column && valueIn(column.numbers);
    if (!shown) return column && flow.some(knows) ? [{ arm, attended: suppressed }] : [];
    if (shown.takeUp === null) return [];
    const { known, sessions } = shown.takeUp;
    return [{ arm, attended: aggregate(ownAnswers(known), { leaders: known, sessions: roundTo(sessions, 1) }, rules) }];
  });

const knows = ({ numbers }: ShownFlow): boolean => (valueIn(numbers)?.takeUp ?? null) !== null;
