import { nonLinear } from "../../../disclosure/aggregate.ts";
import { factName } from "../../../disclosure/fact-name.ts";
import { type Atom, type Group, isIn, supportOf } from "../../../disclosure/lattice/atoms.ts";
import type { Pattern } from "../../../disclosure/lattice/decide.ts";
import { decidedCell } from "../../../disclosure/lattice/decided.ts";
import type { PastRelease } from "../../../disclosure/lattice/past.ts";
import { type Cell, cellAsFact, suppressed, valueIn } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import type { Outcome, Study } from "../../../study/study.ts";
import { isClear, statedInterval } from "../../effect/clear.ts";
import type { Effect, EffectNumbers } from "../../effect/effect.ts";
import { reservationsOf, type ShownEffects } from "../../effect/main-effects.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { Comparison, Difference, EffectsPart } from "./model.ts";

/** The scale of which employees' answers an outcome is made; null where it is made of none. */
export const employeeScale = ({ scale: id, rater }: Outcome, { instrument }: Study): string | null => {
  if (rater !== null) return rater === "employee" ? id : null;
  const scale = instrument.scales.find((each) => each.id === id);
  const sides = scale?.kind === "difference" ? [scale.minuend, scale.subtrahend] : [];
  return sides.find((side) => side.rater === "employee")?.scale ?? null;
};

/** What the effects on the dashboard rest on beside the research report. */
export interface EffectsSource {
  readonly study: Study;
  readonly atoms: readonly Atom[];
  readonly pattern: Pattern;
  readonly past: readonly PastRelease[];
  readonly rules: Rules;
}

const arm = (cell: string, wave: string): Group => ({ grouping: "arm", cell, wave });

/** The means that a difference goes with: of both arms, and of all, at its wave and at the baseline where it has answers. */
const groupsBehind = (effect: Effect, scale: string, { study, atoms }: EffectsSource): readonly Group[] => {
  const asked = (id: string) => atoms.some((atom) => atom.wave === id && (atom.n[scale] ?? 0) > 0);
  return study.waves
    .filter(({ id, baseline }) => id === effect.wave || (baseline && asked(id)))
    .flatMap(({ id }) => [
      arm(effect.arm, id),
      arm(effect.reference, id),
      { ...arm("", id), grouping: "organisation" },
    ]);
};

const fewestDf = 10;

const freshOf = (effect: Effect, study: Study): Difference | null => {
  const numbers = valueIn(effect.numbers);
  if (numbers === null || (numbers.df !== null && numbers.df < fewestDf)) return null;
  return {
    estimate: numbers.estimate,
    interval: statedInterval(numbers),
    clear: isClear(numbers, study.plan.confidence),
    since: null,
  };
};

/** Two outcomes may be made of the same answers: the ledger names a difference by its outcome. */
const nameOf = ({ arm: cell, wave }: Effect, { scale }: ReportedOutcome): string =>
  factName({ statistic: "difference", scale, ...arm(cell, wave) });

const keptOf = (effect: Effect, outcome: ReportedOutcome, { past }: EffectsSource): Difference | null => {
  const last = past.at(-1);
  const fact = last?.facts.find((each) => each.fact === nameOf(effect, outcome));
  return last && fact ? { ...(fact.shown as Difference), since: fact.since ?? last.release } : null;
};

/**
 * A difference and the level of one of its arms give the level of the other, so it is suppressed with either of them. It
 * is no sum of answers either, so it takes the respondents, leaders and degrees of freedom of such statistics; and as
 * all answers of a wave have part in it, it is kept where the mean of all is.
 */
const differenceOf = (effect: Effect, outcome: ReportedOutcome, source: EffectsSource): Cell<Difference> => {
  const scale = employeeScale(outcome, source.study);
  const fresh = freshOf(effect, source.study);
  const teams = source.atoms.filter((atom) =>
    [effect.arm, effect.reference].some((id) => isIn(atom, arm(id, effect.wave))),
  );
  const { largest } = scale === null ? { largest: 1 } : supportOf(teams, scale);
  const support = { n: effect.respondents, leaders: effect.leaders, largest };
  const allowed = fresh === null ? suppressed : nonLinear(support, fresh, source.rules);
  if (scale === null) return allowed;
  const values = { fresh: valueIn(allowed), kept: keptOf(effect, outcome, source) };
  const cell = decidedCell<Difference>(source.pattern, groupsBehind(effect, scale, source), values);
  return cellAsFact(cell, nameOf(effect, outcome));
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
export const effectsPart = (research: ShownEffects, source: EffectsSource): EffectsPart => {
  const effects = primaryEffects(research);
  const comparisons = effects.map(
    ({ effect, outcome }): Comparison => ({
      outcome,
      behind: employeeScale(outcome, source.study),
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
