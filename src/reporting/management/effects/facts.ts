import { nonLinear } from "../../../disclosure/aggregate.ts";
import { factName } from "../../../disclosure/fact-name.ts";
import { type Group, isIn, supportOf } from "../../../disclosure/lattice/atoms.ts";
import { decidedCell } from "../../../disclosure/lattice/decided.ts";
import type { PastRelease } from "../../../disclosure/lattice/past.ts";
import { type Cell, cellAsFact, suppressed, valueIn } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import type { Study } from "../../../study/study.ts";
import { isClear, statedInterval } from "../../effect/clear.ts";
import type { Effect, EffectNumbers } from "../../effect/effect.ts";
import { reservationsOf, type ShownEffects } from "../../effect/main-effects.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { answersBehind, type DecidedEffects, differenceNamed, patternsFor } from "./behind.ts";
import type { Answers, Comparison, Difference, EffectsPart } from "./model.ts";

/** What the effects on the dashboard rest on beside the research report. */
export interface EffectsSource {
  readonly study: Study;
  readonly decided: Readonly<Record<Answers["rater"], DecidedEffects>>;
  readonly rules: Rules;
}

const arm = (cell: string, wave: string): Group => ({ grouping: "arm", cell, wave });

/** The means that a difference goes with: of both arms, and of all, at its wave and at the baseline where it has answers. */
const groupsBehind = (
  effect: Effect,
  { scale, rater }: Answers,
  { study, decided }: EffectsSource,
): readonly Group[] => {
  const { atoms } = decided[rater];
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

/** The smaller of the two arms is held to what a mean takes, whoever answered. */
const isSupported = ({ support }: Effect, rules: Rules): boolean =>
  support.leaders >= rules.leaders && support.respondents >= rules.respondents;

const freshOf = (effect: Effect, { study, rules }: EffectsSource): Difference | null => {
  const numbers = valueIn(effect.numbers);
  if (numbers === null || (numbers.df !== null && numbers.df < fewestDf) || !isSupported(effect, rules)) return null;
  return {
    estimate: numbers.estimate,
    interval: statedInterval(numbers),
    clear: isClear(numbers, study.plan.confidence),
    since: null,
  };
};

const nameOf = ({ arm: cell, wave }: Effect, { scale }: ReportedOutcome, answers: Answers): string =>
  factName({ ...differenceNamed(scale, answers), ...arm(cell, wave) });

const keptOf = (name: string, past: readonly PastRelease[]): Difference | null => {
  const last = past.at(-1);
  const fact = last?.facts.find((each) => each.fact === name);
  return last && fact ? { ...(fact.shown as Difference), since: fact.since ?? last.release } : null;
};

/** Respondents of the largest team that a difference is made of. */
const largestOf = (effect: Effect, behind: readonly Answers[], { decided }: EffectsSource): number =>
  Math.max(
    1,
    ...behind.map(({ scale, rater }) => {
      const teams = decided[rater].atoms.filter((atom) =>
        [effect.arm, effect.reference].some((id) => isIn(atom, arm(id, effect.wave))),
      );
      return supportOf(teams, scale).largest;
    }),
  );

/** Suppressed where any of them is, kept where any of them is. */
const together = (cells: readonly Cell<Difference>[]): Cell<Difference> =>
  cells.find(({ state }) => state === "suppressed") ?? cells.find((cell) => valueIn(cell)?.since !== null) ?? cells[0]!;

/**
 * A difference and the level of one of its arms give the level of the other, so it is suppressed with either of them. It
 * is no sum of answers either, so it takes the respondents, leaders and degrees of freedom of such statistics; and as
 * all answers of a wave have part in it, it is kept where the mean of all is.
 */
const differenceOf = (
  effect: Effect,
  outcome: ReportedOutcome,
  behind: readonly Answers[],
  source: EffectsSource,
): Cell<Difference> => {
  const fresh = freshOf(effect, source);
  const support = { n: effect.respondents, leaders: effect.leaders, largest: largestOf(effect, behind, source) };
  const allowed = fresh === null ? suppressed : nonLinear(support, fresh, source.rules);
  const [first] = behind;
  if (!first) return allowed;
  const cells = behind.flatMap((answers) => {
    const decided = source.decided[answers.rater];
    const values = { fresh: valueIn(allowed), kept: keptOf(nameOf(effect, outcome, answers), decided.past) };
    const groups = groupsBehind(effect, answers, source);
    return patternsFor(answers.scale, decided).map((pattern) => decidedCell<Difference>(pattern, groups, values));
  });
  return cellAsFact(together(cells), nameOf(effect, outcome, first));
};

/** The estimates of the plan's estimator at the last wave, in the order of outcomes and arms. */
const lastEffects = ({ outcomes, arms, waves, effects, plan }: ShownEffects, role: ReportedOutcome["role"]) =>
  outcomes
    .filter((outcome) => outcome.role === role)
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

/** Every comparison of the research report of the same analysis, as management may see it. */
export const effectsPart = (research: ShownEffects, source: EffectsSource): EffectsPart => {
  const effects = lastEffects(research, "primary");
  const comparisonOf = ({ effect, outcome }: (typeof effects)[number]): Comparison => {
    const behind = answersBehind(outcome, source.study);
    return { outcome, behind, arm: effect.arm, difference: differenceOf(effect, outcome, behind, source) };
  };
  const numbers = effects.flatMap(({ effect }) => valueIn(effect.numbers) ?? []);
  const { multiplicity, smallestEffectOfInterest: value } = source.study.plan;
  const [first] = research.outcomes.filter(({ role }) => role === "primary");
  return {
    comparisons: effects.map(comparisonOf),
    secondary: lastEffects(research, "secondary").map(comparisonOf),
    multiplicity,
    reservations: reservationsOf(research),
    adjusted: multiplicity !== "none" && numbers.every(goesWithAdjusted),
    smallest: value === null || !first ? null : { value, outcome: first },
  };
};
