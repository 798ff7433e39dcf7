import type { LeastSquares } from "../stats/least-squares.ts";
import { holm } from "../stats/multiplicity.ts";
import type { Study } from "../study/study.ts";
import type { Estimate } from "./estimate.ts";

/** A primary estimate of the last wave, with the fit and the contrast that it was read from. */
export interface FamilyMember {
  readonly estimate: Estimate;
  readonly fit: LeastSquares;
  readonly contrast: Float64Array;
}

/** The adjusted p of each member of the family: primary outcomes × arms, last wave, primary estimator. */
export function adjustFamily(study: Study, family: readonly FamilyMember[]): ReadonlyMap<Estimate, number> {
  if (study.plan.multiplicity === "none") return new Map();
  const adjusted = holm(family.map(({ estimate }) => estimate.p!));
  return new Map(family.map(({ estimate }, k) => [estimate, adjusted[k]!]));
}
