import { aggregate } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { ChangePart, GapChange } from "../../../estimation/ratings/gap-change.ts";
import { tCritical } from "../../../stats/distribution/distributions.ts";
import type { Study } from "../../../study/study.ts";
import { intervalOf, ownAnswers, type SeenArms } from "../../effect/facts.ts";
import { scaleOf } from "../../page/reported-outcome.ts";
import type { MovedPart, MovedRow } from "./model.ts";

const partOf = ({ estimate, se, df, p, low, high }: ChangePart, decimals: number): MovedPart => {
  const half = se === null || df === null ? null : se * tCritical(0.5, df);
  return {
    estimate: roundTo(estimate, decimals),
    interval: intervalOf(low, high, decimals),
    half: half === null ? null : intervalOf(estimate - half, estimate + half, decimals),
    p: p === null ? null : roundTo(p, 4),
  };
};

const partsOf = (change: GapChange, decimals: number, seen: SeenArms, rules: Rules): MovedRow["parts"] => {
  const { arm, reference, leaders, gap, intended, perceived } = change;
  const unseen = [arm, reference].some((id) => id !== null && !seen.arms.has(id));
  if (unseen || (!seen.all && arm === null) || gap === null || intended === null || perceived === null)
    return suppressed;
  const fewest = arm === null ? leaders.arm : Math.min(leaders.arm, leaders.reference);
  const [all, own, employees] = [gap, intended, perceived].map((part) => partOf(part, decimals));
  return aggregate(ownAnswers(fewest), { gap: all!, intended: own!, perceived: employees! }, rules);
};

/** Whose answer moved from the baseline to the last wave: a row per scale and arm. */
export const movedOf = (study: Study, analysis: Analysis, seen: SeenArms, rules: Rules): readonly MovedRow[] =>
  analysis.intendedPerceived
    .filter(({ wave }) => wave === study.waves.at(-1)?.id)
    .flatMap(({ scale, wave, changes }) => {
      const unit = scaleOf(study, scale);
      const primary = study.plan.primary.some((outcome) => outcome.scale === scale && outcome.rater === "employee");
      return changes.map((change) => ({
        ...unit,
        primary,
        wave,
        arm: change.arm,
        reference: change.reference,
        status: change.status,
        leaders: change.leaders,
        parts: partsOf(change, unit.decimals, seen, rules),
      }));
    });
