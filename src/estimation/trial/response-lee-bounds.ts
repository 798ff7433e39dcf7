import { countedLeeBounds } from "../../stats/trial/counted-lee-bounds.ts";
import { effectInterval } from "../../stats/trial/lee-bounds.ts";
import type { Outcome, Rater, Study } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import { controlArm, type Design, followUpWaves } from "../design/design.ts";
import type { ResponseCount } from "../design/presence.ts";
import { noScores, type ScoreCountsOf } from "../design/score-counts.ts";
import type { NotEstimable, Status } from "../design/status.ts";
import { type Answering, type ArmEmployees, lackOf, type Side, sideOf } from "./answering.ts";
import { responseOf } from "./response.ts";

/**
 * Bounds of an arm's effect on the employees who would answer whichever arm their leader is in (Lee 2009), under monotone
 * response: the arm changes whether an employee answers in one direction only. Employees are the units and count alike,
 * whatever the size of their team; the arm that answers more is trimmed by its excess share, from above and from below,
 * over all its employees. Arms were given to whole teams, so no team says how much it would have answered in the other
 * arm: to trim each team to the other arm's share would assume that every team has the same share of such employees. Not
 * adjusted for the baseline or blocks, which would change the bounds and not only their uncertainty. Teams whose leader
 * had left before the wave are not in them: the bounds over leaders are about those.
 */
export interface ResponseLeeBound {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly low: number | null;
  readonly high: number | null;
  /** Over the units of allocation; null with fewer than two of them in an arm, or two employees left. */
  readonly lowSe: number | null;
  readonly highSe: number | null;
  /** Of the effect itself, wherever it lies between the bounds (Imbens & Manski 2004), by t with the smaller arm's units − 1. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Arm whose employees are trimmed, and the share of its answers; null and 0 where both arms answered equally often. */
  readonly trimmedArm: string | null;
  readonly trimmed: number | null;
  /** Of the arm and of the reference; null where the bounds are not about employees. */
  readonly employees: { readonly arm: ArmEmployees; readonly reference: ArmEmployees } | null;
  readonly status: Status;
}

type Numbers = Omit<ResponseLeeBound, "outcome" | "rater" | "wave" | "arm" | "reference">;

interface Sides {
  readonly arm: Side;
  readonly reference: Side;
}

const nothing = (status: NotEstimable, sides: Sides | null): Numbers => ({
  low: null,
  high: null,
  lowSe: null,
  highSe: null,
  interval: null,
  trimmedArm: null,
  trimmed: null,
  employees: sides && { arm: sides.arm.employees, reference: sides.reference.employees },
  status,
});

function numbersOf({ plan }: Study, sides: Sides, arm: string, reference: string): Numbers {
  const lack = lackOf(sides.arm.employees) ?? lackOf(sides.reference.employees);
  const bounds = lack === null ? countedLeeBounds(sides.arm.counted, sides.reference.counted) : null;
  if (bounds === null) return nothing(lack ?? "arm-empty", sides);
  const { low, high, lowSe, highSe, trims, trimmed } = bounds;
  return {
    ...{ low, high, lowSe, highSe, trimmed },
    interval: effectInterval(bounds, plan.confidence),
    trimmedArm: trims === null ? null : trims === "treated" ? arm : reference,
    employees: { arm: sides.arm.employees, reference: sides.reference.employees },
    status: "estimated",
  };
}

/**
 * Lee's bounds of every primary outcome that employees answer at every follow-up wave. A difference of two outcomes is
 * not answered by anyone, so that its bounds are not identified. Empty for a study without arms.
 */
export function responseLeeBounds(
  study: Study,
  design: Design,
  scoresOf: ScoreCountsOf,
  roster: readonly RosterRow[],
  responses: readonly ResponseCount[],
): readonly ResponseLeeBound[] {
  const control = controlArm(study);
  const reference = study.arms[control]?.id ?? "";
  const boundsOf = (outcome: Outcome, wave: number): readonly ResponseLeeBound[] => {
    const found = responseOf(design, roster, responses, study.waves[wave]!);
    const answering: Answering = { design, found, scores: scoresOf(outcome, wave) ?? noScores };
    const against = sideOf(answering, control);
    return study.arms.flatMap(({ id }, arm): ResponseLeeBound[] => {
      if (arm === control) return [];
      const numbers =
        outcome.rater === null
          ? nothing("not-identified", null)
          : control < 0
            ? nothing("no-control-arm", null)
            : numbersOf(study, { arm: sideOf(answering, arm), reference: against }, id, reference);
      const names = { outcome: outcome.scale, rater: outcome.rater, wave: study.waves[wave]!.id, arm: id, reference };
      return [{ ...names, ...numbers }];
    });
  };
  const outcomes = study.plan.primary.filter(({ rater }) => rater === "employee" || rater === null);
  return outcomes.flatMap((outcome) => followUpWaves(study).flatMap((wave) => boundsOf(outcome, wave)));
}
