import { decidingPlan } from "../study/plan-hash.ts";
import type { PlanLock } from "../study/plan-lock.ts";
import { curvePlannedAs, plannedAs, subgroupPlannedAs } from "../study/planned.ts";
import type { Study } from "../study/study.ts";
import type { Analysis } from "./analysis.ts";
import type { Estimate } from "./inference/estimate.ts";
import type { SpecificationCurve } from "./inference/specification-curve.ts";
import type { Subgroup } from "./inference/subgroup.ts";

/** An analysis that says when its plan was locked and, of every estimate and contrast, whether it is as planned. */
export function markPlanned(study: Study, lock: PlanLock | null, analysis: Analysis): Analysis {
  if (lock === null) return analysis;
  const now = decidingPlan(study);
  const inTime = (planned: "as-planned" | "deviation", wave: string) =>
    planned === "as-planned" && lock.lockedAfter.includes(wave) ? "locked-after-answers" : planned;
  const mark = (row: Estimate): Estimate => ({ ...row, planned: inTime(plannedAs(lock.plan, now, row), row.wave) });
  const markSubgroup = (row: Subgroup): Subgroup => ({
    ...row,
    planned: inTime(subgroupPlannedAs(lock.plan, now, row, row.covariate), row.wave),
  });
  const markCurve = (row: SpecificationCurve): SpecificationCurve => ({
    ...row,
    planned: inTime(curvePlannedAs(lock.plan, now, row), row.wave),
  });
  return {
    ...analysis,
    plan: { ...analysis.plan, locked: lock.locked, lockedAfter: lock.lockedAfter },
    estimates: analysis.estimates.map(mark),
    contrasts: analysis.contrasts.map(mark),
    subgroups: analysis.subgroups.map(markSubgroup),
    specificationCurve: analysis.specificationCurve.map(markCurve),
  };
}
