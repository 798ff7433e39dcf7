import type { Outcome, Rater, Study } from "../../study/study.ts";
import { againstControl, type Comparison } from "../design/comparisons.ts";
import { followUpWaves } from "../design/design.ts";
import type { NotEstimable, Status } from "../design/status.ts";
import type { FitOf, FittedModel } from "../model/fitted-models.ts";
import { eventTime } from "../model/model-specs.ts";
import { beyondRounding, contrastOf, notEstimable } from "./fit-effects.ts";
import { clusterRobustNumbers, type EffectNumbers } from "./inference.ts";

/**
 * How an arm's effect changed from the first follow-up wave to a later one, from the event-time model, in the unit of
 * the outcome; null where `status` says why.
 */
export interface FadeOut {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly arm: string;
  readonly from: string;
  readonly to: string;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly status: Status;
}

/** The same model as it answers for the two waves. */
interface Pair {
  readonly first: FittedModel;
  readonly later: FittedModel;
}

/** The contrast between the two waves, or why there is none. */
function changeContrast({ first, later }: Pair, comparison: Comparison): Float64Array | NotEstimable {
  const before = contrastOf(first, comparison);
  const after = contrastOf(later, comparison);
  const refused = notEstimable(first, comparison, before) ?? notEstimable(later, comparison, after);
  if (refused !== null || before === null || after === null) return refused ?? "not-identified";
  return after.map((value, k) => value - before[k]!);
}

/** The changes of all comparisons, from one pass over the leaders. */
function changesOf(pair: Pair, comparisons: readonly Comparison[]): readonly (EffectNumbers | NotEstimable)[] {
  const { source, fit } = pair.later;
  const asked = comparisons.map((comparison) => changeContrast(pair, comparison));
  const contrasts = asked.filter((contrast) => typeof contrast !== "string");
  const { numbers } = clusterRobustNumbers(source.study, fit, contrasts);
  return asked.map((contrast) =>
    typeof contrast === "string" ? contrast : beyondRounding(fit, contrast, numbers[contrasts.indexOf(contrast)]!),
  );
}

/**
 * Change of every arm's effect on an outcome from the first follow-up wave to each later one, with the plan's standard
 * errors. Empty where there is no second follow-up wave.
 */
export function fadeOut(study: Study, outcome: Outcome, fitted: FitOf): readonly FadeOut[] {
  const [from, ...later] = followUpWaves(study);
  if (from === undefined) return [];
  return later.flatMap((to) => {
    const first = fitted(eventTime, from);
    const last = fitted(eventTime, to);
    const comparisons = againstControl(study);
    const missing = typeof first === "string" ? first : typeof last === "string" ? last : null;
    const changes =
      typeof first === "string" || typeof last === "string" ? null : changesOf({ first, later: last }, comparisons);
    return comparisons.map((comparison, k): FadeOut => {
      const found = missing ?? changes?.[k] ?? "not-identified";
      const numbers = typeof found === "string" ? null : found;
      return {
        outcome: outcome.scale,
        rater: outcome.rater,
        arm: study.arms[comparison.arm]!.id,
        from: study.waves[from]!.id,
        to: study.waves[to]!.id,
        estimate: numbers?.estimate ?? null,
        se: numbers?.se ?? null,
        df: numbers?.df ?? null,
        p: numbers?.p ?? null,
        low: numbers?.low ?? null,
        high: numbers?.high ?? null,
        status: typeof found === "string" ? found : "estimated",
      };
    });
  });
}
