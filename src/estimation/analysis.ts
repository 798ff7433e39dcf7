import type { Estimate } from "./inference/estimate.ts";
import type { FadeOut } from "./inference/fade-out.ts";
import type { JointEffect } from "./inference/joint-effect.ts";
import type { MediatedEffect } from "./inference/mediation.ts";
import type { PreTrend } from "./inference/pre-trends.ts";
import type { SpecificationCurve } from "./inference/specification-curve.ts";
import type { Subgroup } from "./inference/subgroup.ts";
import type { Invariance } from "./measurement/invariance.ts";
import type { IntendedPerceived } from "./ratings/intended-perceived.ts";
import type { AllocationFound } from "./trial/allocation.ts";
import type { Attrition } from "./trial/attrition.ts";
import type { AttritionBound } from "./trial/attrition-bounds.ts";
import type { Balance } from "./trial/balance.ts";
import type { BalanceTest } from "./trial/balance-test.ts";
import type { Arrow } from "./trial/change-arrows.ts";
import type { ClusterItem } from "./trial/cluster-items.ts";
import type { FlowArm } from "./trial/flow.ts";
import type { Response } from "./trial/response.ts";
import type { ResponseBound } from "./trial/response-bounds.ts";
import type { ResponseLeeBound } from "./trial/response-lee-bounds.ts";

/** Everything that `spejl estimate --json` prints. */
export interface Analysis {
  readonly plan: {
    readonly hash: string;
    readonly locked: string | null;
    /** Waves of which answers were in when the plan was locked; empty without a lock. */
    readonly lockedAfter: readonly string[];
  };
  /** Null for a study without arms. */
  readonly allocation: AllocationFound | null;
  /** Does each scale measure the same over waves, arms and raters: read before any effect. */
  readonly invariance: readonly Invariance[];
  readonly estimates: readonly Estimate[];
  /** Arm against arm by the primary estimator; `reference` is not the control arm. */
  readonly contrasts: readonly Estimate[];
  readonly jointTests: readonly JointEffect[];
  readonly fadeOut: readonly FadeOut[];
  /** Of arms that were not drawn, where there is a wave before the baseline. */
  readonly preTrends: readonly PreTrend[];
  readonly bounds: readonly AttritionBound[];
  readonly mediation: readonly MediatedEffect[];
  readonly intendedPerceived: readonly IntendedPerceived[];
  readonly arrows: readonly Arrow[];
  readonly flow: { readonly arms: readonly FlowArm[] };
  readonly balance: readonly Balance[];
  /** Null for a study without a control arm. */
  readonly balanceTest: BalanceTest | null;
  readonly attrition: readonly Attrition[];
  readonly clusters: readonly ClusterItem[];
  readonly response: readonly Response[];
  readonly responseBounds: readonly ResponseBound[];
  readonly responseLeeBounds: readonly ResponseLeeBound[];
  /** Empty unless the plan names subgroups. */
  readonly subgroups: readonly Subgroup[];
  /** Empty unless the plan asks for it. */
  readonly specificationCurve: readonly SpecificationCurve[];
}
