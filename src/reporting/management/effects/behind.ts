import type { Atom } from "../../../disclosure/lattice/atoms.ts";
import type { Scale } from "../../../disclosure/lattice/bounds.ts";
import { decide, type Pattern } from "../../../disclosure/lattice/decide.ts";
import type { PastRelease } from "../../../disclosure/lattice/past.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import type { Outcome, Study } from "../../../study/study.ts";
import type { Answers } from "./model.ts";

/** What an outcome is made of, as far as employees answered it or leaders did about themselves. */
export const answersBehind = ({ scale: id, rater }: Outcome, { instrument }: Study): readonly Answers[] => {
  const scale = instrument.scales.find((each) => each.id === id);
  const sides = scale?.kind === "difference" ? [scale.minuend, scale.subtrahend] : [];
  const parts = rater === null ? sides : [{ scale: id, rater }];
  return parts.flatMap(({ scale: part, rater: by }) =>
    by === "employee" || by === "self" ? [{ scale: part, rater: by }] : [],
  );
};

/**
 * What the ledger calls a difference in an outcome, as far as it is of these answers: by the outcome, as two may be made of
 * the same answers, and by the scale where that is another.
 */
export const differenceNamed = (outcome: string, { scale, rater }: Answers) =>
  ({ statistic: "difference", scale: scale === outcome ? outcome : `${outcome} ${scale}`, rater }) as const;

/** All answers of one rater, and which levels of theirs a release shows. */
export interface Decided {
  readonly atoms: readonly Atom[];
  /** The scales of the levels. */
  readonly scales: readonly Scale[];
  readonly pattern: Pattern;
  readonly past: readonly PastRelease[];
}

/** The same, with what was decided on arms where effects on other scales are shown beside the levels. */
export interface DecidedEffects extends Decided {
  readonly arms: Pattern;
}

/**
 * Arms as they may be compared on more scales than levels are shown of. A difference is taken for the means of both of
 * its arms; those are few beside the levels, so that no level gives way to them.
 */
export const decideArms = (decided: Decided, more: readonly Scale[], rules: Rules): DecidedEffects => {
  const { atoms, scales, pattern, past } = decided;
  const others = more.filter(({ scale }) => !scales.some((each) => each.scale === scale));
  const request = { atoms, scales: [...scales, ...others], groupings: ["organisation", "arm"], rules, past };
  return { ...decided, arms: others.length === 0 ? pattern : decide(request) };
};

/** What decides on a difference that is made of such answers: with the levels where there are any, and on other scales. */
export const patternsFor = (scale: string, { scales, pattern, arms }: DecidedEffects): readonly Pattern[] => {
  if (scales.some((each) => each.scale === scale)) return [pattern];
  return scales.length === 0 ? [arms] : [pattern, arms];
};
