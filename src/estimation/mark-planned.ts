import { decidingPlan } from "../study/plan-hash.ts";
import type { PlanLock } from "../study/plan-lock.ts";
import { plannedAs } from "../study/planned.ts";
import type { Study } from "../study/study.ts";
import type { Analysis } from "./analysis.ts";
import type { Estimate } from "./inference/estimate.ts";

/** An analysis that says when its plan was locked and, of every estimate and contrast, whether it is as planned. */
export function markPlanned(study: Study, lock: PlanLock | null, analysis: Analysis): Analysis {
  if (lock === null) return analysis;
  const now = decidingPlan(study);
  const mark = (row: Estimate): Estimate => {
    const planned = plannedAs(lock.plan, now, row);
    return {
      ...row,
      planned: planned === "as-planned" && lock.lockedAfter.includes(row.wave) ? "locked-after-answers" : planned,
    };
  };
  return {
    ...analysis,
    plan: { ...analysis.plan, locked: lock.locked, lockedAfter: lock.lockedAfter },
    estimates: analysis.estimates.map(mark),
    contrasts: analysis.contrasts.map(mark),
  };
}
