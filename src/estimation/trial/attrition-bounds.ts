import { type ClusteredArm, clusteredLeeBounds } from "../../stats/trial/clustered-lee-bounds.ts";
import { effectInterval, leeBounds } from "../../stats/trial/lee-bounds.ts";
import type { Outcome, Rater, Study } from "../../study/study.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { designFor } from "../design/clusters.ts";
import { outcomeMeans } from "../design/column-means.ts";
import { controlArm, type Design, followUpWaves, isByUnit } from "../design/design.ts";
import type { NotEstimable, Status } from "../design/status.ts";

/**
 * Bounds of an arm's effect on leader means under monotone attrition (Lee 2009), among the leaders who would be measured
 * whichever arm they were in: leaders count alike, and nothing is adjusted for. Where no leader is trimmed both bounds are the difference in means.
 * Standard errors are over the clusters of the outcome's own design.
 */
export interface AttritionBound {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly low: number | null;
  readonly high: number | null;
  /** Null with fewer than two leaders, or units of allocation, to compute them from. */
  readonly lowSe: number | null;
  readonly highSe: number | null;
  /** Interval of the effect itself, wherever it lies between the bounds (Imbens & Manski 2004), with the plan's confidence. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Arm whose leaders are trimmed, and the share of them. */
  readonly trimmedArm: string | null;
  readonly trimmed: number | null;
  /** Randomised and measured leaders of both arms. */
  readonly randomised: number;
  readonly leaders: number;
  readonly status: Status;
}

interface Sides {
  readonly treated: ClusteredArm;
  readonly control: ClusteredArm;
}

type Numbers = Omit<AttritionBound, "outcome" | "rater" | "wave" | "arm" | "reference">;

function clusteredArm({ arm, cluster }: Design, means: Float64Array, index: number): ClusteredArm {
  const randomised = [...arm.keys()].filter((leader) => arm[leader] === index);
  const measured = randomised.filter((leader) => !Number.isNaN(means[leader]!));
  const lost = randomised.filter((leader) => Number.isNaN(means[leader]!));
  return {
    outcomes: Float64Array.from(measured, (leader) => means[leader]!),
    randomised: randomised.length,
    cluster: Int32Array.from(measured, (leader) => cluster[leader]!),
    lost: Int32Array.from(lost, (leader) => cluster[leader]!),
  };
}

const countsOf = ({ treated, control }: Sides): Pick<Numbers, "leaders" | "randomised"> => ({
  randomised: treated.randomised + control.randomised,
  leaders: treated.outcomes.length + control.outcomes.length,
});

const nothing = (status: NotEstimable, sides: Sides | null): Numbers => ({
  low: null,
  high: null,
  lowSe: null,
  highSe: null,
  interval: null,
  trimmedArm: null,
  trimmed: null,
  ...(sides ? countsOf(sides) : { randomised: 0, leaders: 0 }),
  status,
});

function numbersOf({ plan }: Study, design: Design, sides: Sides, arm: string, reference: string): Numbers {
  const fewest = Math.min(sides.treated.outcomes.length, sides.control.outcomes.length);
  if (fewest < 2) return nothing(fewest === 0 ? "arm-empty" : "too-few-leaders", sides);
  const bounds = (isByUnit(design) ? clusteredLeeBounds : leeBounds)(sides.treated, sides.control);
  if (bounds === null) return nothing("arm-empty", sides);
  const { low, high, lowSe, highSe, trims, trimmed } = bounds;
  return {
    low,
    high,
    lowSe,
    highSe,
    trimmed,
    interval: effectInterval(bounds, plan.confidence),
    trimmedArm: trims === null ? null : trims === "treated" ? arm : reference,
    ...countsOf(sides),
    status: "estimated",
  };
}

function boundsOf(study: Study, given: Design, cellsOf: CellsOf, outcome: Outcome, wave: number): AttritionBound[] {
  const design = designFor(study, given, outcome);
  const control = controlArm(study);
  const cells = cellsOf(outcome, "all");
  const means = cells && outcomeMeans(cells, design.leaders.length, wave);
  return study.arms.flatMap(({ id }, index) => {
    if (index === control) return [];
    const reference = study.arms[control]?.id ?? "";
    const sides = means && {
      treated: clusteredArm(design, means, index),
      control: clusteredArm(design, means, control),
    };
    const numbers =
      control < 0
        ? nothing("no-control-arm", null)
        : sides === null
          ? nothing("no-data", null)
          : numbersOf(study, design, sides, id, reference);
    const names = { outcome: outcome.scale, rater: outcome.rater, wave: study.waves[wave]!.id, arm: id, reference };
    return [{ ...names, ...numbers }];
  });
}

/** Bounds for every primary outcome, follow-up wave and arm against the control arm. Empty for a study without arms. */
export function attritionBounds(study: Study, design: Design, cellsOf: CellsOf): readonly AttritionBound[] {
  return study.plan.primary.flatMap((outcome) =>
    followUpWaves(study).flatMap((wave) => boundsOf(study, design, cellsOf, outcome, wave)),
  );
}
