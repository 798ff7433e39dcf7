import { type Cell, letOut, type Published, shown, suppressed } from "./published.ts";
import type { Rules } from "./rules.ts";
import { roundTo, type Unit } from "./unit.ts";

/** One team's answers on a scale: respondents and their mean, in the reported unit. */
export interface Team {
  readonly n: number;
  readonly mean: number;
}

/** Spread within teams, from all teams together, with what disclosure must know about its making. */
export interface Spread {
  readonly sd: number;
  /** Pooled degrees of freedom. */
  readonly df: number;
  /** Half-width multiplier: Student's t at the study's confidence with the pooled degrees of freedom. */
  readonly t: number;
  readonly leaders: number;
  /** The largest share of the pooled degrees of freedom that one leader's team has. */
  readonly largest: number;
}

/** A team's mean as a reader may see it. `bound` says that the true mean may lie beyond it. */
export interface TeamMean {
  readonly mean: number;
  readonly bound: "at-least" | "at-most" | null;
  readonly low: number | null;
  readonly high: number | null;
}

const censored = (team: Team, unit: Unit): { value: number; bound: TeamMean["bound"] } => {
  const margin = unit.step / team.n;
  const tolerance = 1e-9 * (unit.high - unit.low);
  if (team.mean >= unit.high - margin - tolerance) return { value: unit.high - margin, bound: "at-least" };
  if (team.mean <= unit.low + margin + tolerance) return { value: unit.low + margin, bound: "at-most" };
  return { value: team.mean, bound: null };
};

/** Rounding must not carry a censored mean to the end of the scale, which would say that all answered alike. */
export const roundInside = (value: number, unit: Unit): number => {
  const grain = 10 ** -unit.decimals;
  return Math.min(
    Math.max(roundTo(value, unit.decimals), roundTo(unit.low + grain, unit.decimals)),
    roundTo(unit.high - grain, unit.decimals),
  );
};

/** The end of an interval inside the scale; one that would round to zero keeps a digit more, so that 0 means zero. */
const endOf = (value: number, unit: Unit): number => {
  const inside = Math.min(unit.high, Math.max(unit.low, value));
  const rounded = roundTo(inside, unit.decimals);
  return rounded === 0 ? roundTo(inside, unit.decimals + 1) : rounded;
};

/** Whether a spread is that of enough leaders, none of them most of it. */
export const mayPool = (spread: Spread, rules: Rules): boolean =>
  spread.leaders >= rules.leaders && spread.largest <= rules.dominance;

/**
 * A team's mean in the leader's own report, in the reported unit: suppressed below `rules.respondents`, censored to
 * one answer step from either end. The interval uses the pooled spread, so that given n it adds no fact about this
 * team; it is left out when too few teams, or mostly one, are in the pool.
 */
export const teamMean = (team: Team, unit: Unit, spread: Spread | null, rules: Rules): Cell<TeamMean> => {
  if (team.n < rules.respondents) return suppressed;
  const { value, bound } = censored(team, unit);
  const half =
    spread && mayPool(spread, rules) && team.n >= rules.interval ? (spread.t * spread.sd) / Math.sqrt(team.n) : null;
  return shown({
    mean: roundInside(value, unit),
    bound,
    low: half === null ? null : endOf(value - half, unit),
    high: half === null ? null : endOf(value + half, unit),
  });
};

/** A team's standard deviation in the reported unit, from `rules.sd` respondents on; else suppressed. */
export const teamSd = (n: number, sd: number, unit: Unit, rules: Rules): Cell<number> =>
  n < rules.sd ? suppressed : shown(roundTo(sd, Math.max(1, unit.decimals)));

/** A leader's own answer in that leader's own report; null where the leader did not answer. */
export const ownAnswer = (value: number | null, unit: Unit): Published<number> | null =>
  value === null ? null : letOut(roundTo(value, unit.decimals));

/** How many answered, in the leader's own report: exact from the threshold on, below it only that it is below. */
export type Response =
  | { readonly state: "exact"; readonly answered: Published<number>; readonly invited: Published<number> | null }
  | { readonly state: "under"; readonly threshold: number; readonly invited: Published<number> | null };

/** Response of a leader's team. `invited` is dropped where it cannot be right (fewer invited than must answer). */
export const teamResponse = (answered: number, invited: number | null, rules: Rules): Response => {
  const under = answered < rules.respondents;
  const least = under ? rules.respondents : answered;
  const credible = invited !== null && invited >= least ? letOut(invited) : null;
  return under
    ? { state: "under", threshold: rules.respondents, invited: credible }
    : { state: "exact", answered: letOut(answered), invited: credible };
};
