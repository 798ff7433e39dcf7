import { tCritical, tTwoTail } from "../stats/distribution/distributions.ts";
import { holm } from "../stats/trial/multiplicity.ts";
import { type Cell, shown, suppressed, valueIn } from "./published.ts";
import type { Rules } from "./rules.ts";
import { mayPool, type Spread, type Team, type TeamMean } from "./team.ts";
import { roundTo, type Unit } from "./unit.ts";

/** How far a team's mean has moved, and how far it must move to be told from chance beside the page's other changes. */
export interface Change {
  readonly value: number;
  readonly noise: number;
}

/** One team on one scale in one wave: the mean as it is shown, and the spread that its uncertainty comes from. */
export interface Measured {
  readonly team: Team;
  readonly shown: Cell<TeamMean>;
  readonly spread: Spread | null;
}

/** A change that a page tells of. */
export interface Told {
  readonly before: Measured;
  readonly after: Measured;
  readonly unit: Unit;
}

interface Tested {
  readonly value: number;
  readonly se: number;
  readonly df: number;
  readonly p: number;
}

const squaredError = ({ spread, team }: Measured): number => spread!.sd ** 2 / team.n;

const tested = ({ before, after, unit }: Told, rules: Rules): Tested | null => {
  const [old, recent] = [valueIn(before.shown), valueIn(after.shown)];
  if (old === null || recent === null) return null;
  if (!before.spread || !after.spread || !mayPool(before.spread, unit, rules) || !mayPool(after.spread, unit, rules))
    return null;
  const [first, last] = [squaredError(before), squaredError(after)];
  const value = roundTo(recent.mean - old.mean, unit.decimals);
  const se = Math.sqrt(first + last);
  const df = (first + last) ** 2 / (first ** 2 / before.spread.df + last ** 2 / after.spread.df);
  return { value, se, df, p: tTwoTail(value / se, df) };
};

/** The level at which Holm's step-down procedure judges each: its own step, or the step at which the procedure stopped. */
const levels = (p: readonly number[], alpha: number): readonly number[] => {
  const passed = holm(p).filter((adjusted) => adjusted <= alpha).length;
  const order = p.map((_, index) => index).sort((a, b) => p[a]! - p[b]!);
  return p.map((_, index) => alpha / (p.length - Math.min(order.indexOf(index), passed, p.length - 1)));
};

/**
 * The changes of one page, each between two waves and in the unit of its scale, as differences of the shown means: they
 * add no fact to them. All that can be shown are tested together (Welch's t with the pooled spreads; Holm 1979), so that
 * the chance of any false finding on the page is at most 1 − `confidence`: a change is told from chance exactly where
 * |value| ≥ noise. Teams count as independent draws (answers are not linked over waves), which makes `noise` too large
 * rather than too small. Suppressed where either mean is, or where the spread may not be pooled.
 */
export const teamChanges = (told: readonly Told[], confidence: number, rules: Rules): readonly Cell<Change>[] => {
  const tests = told.map((each) => tested(each, rules));
  const family = tests.filter((test) => test !== null);
  const level = levels(
    family.map(({ p }) => p),
    1 - confidence,
  );
  return tests.map((test, index) => {
    if (test === null) return suppressed;
    const grain = 10 ** told[index]!.unit.decimals;
    const noise = tCritical(level[family.indexOf(test)]!, test.df) * test.se;
    return shown({ value: test.value, noise: Math.ceil(noise * grain) / grain });
  });
};
