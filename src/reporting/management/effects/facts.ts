import { nonLinear } from "../../../disclosure/aggregate.ts";
import { type Cell, suppressed, valueIn } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import type { Study } from "../../../study/study.ts";
import type { CellMean } from "../../../tables/aggregated.ts";
import { isClear, statedInterval } from "../../effect/clear.ts";
import type { Effect, EffectNumbers } from "../../effect/effect.ts";
import { reservationsOf, type ShownEffects } from "../../effect/main-effects.ts";
import { shownParts } from "../../page/levels.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { Comparison, Difference, EffectsPart } from "./model.ts";

/** The scale of which employees' answers an outcome is made; null where it is made of none. */
const employeeScale = ({ scale: id, rater }: ReportedOutcome, { instrument }: Study): string | null => {
  if (rater !== null) return rater === "employee" ? id : null;
  const scale = instrument.scales.find((each) => each.id === id);
  const sides = scale?.kind === "difference" ? [scale.minuend, scale.subtrahend] : [];
  return sides.find((side) => side.rater === "employee")?.scale ?? null;
};

interface Source {
  readonly study: Study;
  readonly means: readonly CellMean[];
  readonly rules: Rules;
}

/** Whether the levels of both arms may stand on the page at the waves that the difference is made of. */
const bothShown = ({ wave, arm, reference }: Effect, scale: string, source: Source): boolean => {
  const rows = source.means.filter((row) => row.scale === scale);
  const asked = (id: string) => rows.some((row) => row.grouping === "organisation" && row.wave === id);
  return source.study.waves
    .filter(({ id, baseline }) => id === wave || (baseline && asked(id)))
    .every(({ id }) => {
      const shown = shownParts("arm", id, { rows, rules: source.rules });
      return shown.has(arm) && shown.has(reference);
    });
};

const fewestDf = 10;

/**
 * A difference and the level of one of its arms give the level of the other, so it is suppressed with either of them.
 * It is no sum of answers either, so it takes the respondents, leaders and degrees of freedom of such statistics.
 */
const differenceOf = (effect: Effect, outcome: ReportedOutcome, source: Source): Cell<Difference> => {
  const numbers = valueIn(effect.numbers);
  const scale = employeeScale(outcome, source.study);
  if (numbers === null || (numbers.df !== null && numbers.df < fewestDf)) return suppressed;
  if (scale !== null && !bothShown(effect, scale, source)) return suppressed;
  const teams = source.means.filter((row) => row.scale === scale && row.wave === effect.wave && row.grouping === "arm");
  const largest = Math.max(1, ...teams.map((row) => row.largest));
  const difference = {
    estimate: numbers.estimate,
    interval: statedInterval(numbers),
    clear: isClear(numbers, source.study.plan.confidence),
  };
  return nonLinear({ n: effect.respondents, leaders: effect.leaders, largest }, difference, source.rules);
};

/** The estimates of the plan's estimator at the last wave, in the order of primary outcomes and arms. */
const primaryEffects = ({ outcomes, arms, waves, effects, plan }: ShownEffects) =>
  outcomes
    .filter(({ role }) => role === "primary")
    .flatMap((outcome) =>
      arms.flatMap(({ arm }) =>
        effects
          .filter((effect) => effect.arm === arm && effect.outcome === outcome.scale && effect.rater === outcome.rater)
          .filter(({ wave, estimator }) => wave === waves.at(-1)?.id && estimator === plan.estimator)
          .filter(({ status }) => status === "estimated")
          .map((effect) => ({ effect, outcome })),
      ),
    );

const goesWithAdjusted = ({ interval, adjusted }: EffectNumbers): boolean => interval === null || adjusted !== null;

/** Every primary comparison of the research report of the same analysis, as management may see it. */
export const effectsPart = (research: ShownEffects, source: Source): EffectsPart => {
  const effects = primaryEffects(research);
  const comparisons = effects.map(
    ({ effect, outcome }): Comparison => ({
      outcome,
      arm: effect.arm,
      difference: differenceOf(effect, outcome, source),
    }),
  );
  const numbers = effects.flatMap(({ effect }) => valueIn(effect.numbers) ?? []);
  const { multiplicity, smallestEffectOfInterest: value } = source.study.plan;
  const [first] = research.outcomes.filter(({ role }) => role === "primary");
  return {
    comparisons,
    multiplicity,
    reservations: reservationsOf(research),
    adjusted: multiplicity !== "none" && numbers.every(goesWithAdjusted),
    smallest: value === null || !first ? null : { value, outcome: first },
  };
};
