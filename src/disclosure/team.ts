import { type Cell, letOut, type Published, reveal, shown, suppressed, valueIn } from "./published.ts";
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

/** Where a mean must lie, as shares of its scale's range, by what else is shown of the same answers. */
export interface Implied {
  readonly low: number;
  readonly high: number;
}

/** What is known of a mean of which nothing else is shown. */
export const anywhere: Implied = { low: 0, high: 1 };

interface Censored {
  readonly value: number;
  readonly bound: TeamMean["bound"];
}

/**
 * A mean is shown as it is where its sum lies a margin inside what is known of it, so that each answer may be any; nearer
 * to an end only that it is. Where the ends leave no room for that, they say all that may be said.
 */
const censored = (team: Team, unit: Unit, implied: Implied): Censored => {
  const at = (share: number) => unit.low + share * (unit.high - unit.low);
  const tolerance = 1e-9 * (unit.high - unit.low);
  const [first, last] = [at(implied.low), at(implied.high)];
  if (last - first <= tolerance) return { value: team.mean, bound: null };
  const [low, high] = [first + unit.margin / team.n, last - unit.margin / team.n];
  if (high <= low + tolerance) {
    // At the low end of the scale "at least" would say nothing, and more than is true once it is rounded inside.
    const isLowest = first - unit.low < 10 ** -unit.decimals;
    return isLowest ? { value: last, bound: "at-most" } : { value: first, bound: "at-least" };
  }
  if (team.mean >= high - tolerance) return { value: high, bound: "at-least" };
  if (team.mean <= low + tolerance) return { value: low, bound: "at-most" };
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

/**
 * Whether a spread is that of enough leaders, none of them most of it, and wide enough that in any one team somebody may
 * stand apart from the others.
 */
export const mayPool = (spread: Spread, unit: Unit, rules: Rules): boolean =>
  spread.leaders >= rules.leaders &&
  spread.largest <= rules.dominance &&
  spread.sd * Math.sqrt(spread.df) >= (unit.high - unit.low) / 4;

/** What is only known to be beyond a bound is rounded towards the side that keeps it true. */
const roundBound = ({ value, bound }: Censored, decimals: number): number => {
  const grain = 10 ** decimals;
  const near = value * grain;
  if (bound === "at-least") return Math.floor(near + 1e-6) / grain;
  return bound === "at-most" ? Math.ceil(near - 1e-6) / grain : value;
};

/**
 * A team's mean in the leader's own report, in the reported unit: suppressed below `rules.respondents`, censored near
 * the ends of what is `implied` of it. The interval uses the pooled spread, so that given n it adds no fact about this
 * team; it is left out when too few teams, or mostly one, are in the pool.
 */
export const teamMean = (
  team: Team,
  unit: Unit,
  implied: Implied,
  spread: Spread | null,
  rules: Rules,
): Cell<TeamMean> => {
  if (team.n < rules.respondents) return suppressed;
  const known = censored(team, unit, implied);
  const half =
    spread && mayPool(spread, unit, rules) && team.n >= rules.interval
      ? (spread.t * spread.sd) / Math.sqrt(team.n)
      : null;
  return shown({
    mean: roundInside(roundBound(known, unit.decimals), unit),
    bound: known.bound,
    low: half === null ? null : endOf(known.value - half, unit),
    high: half === null ? null : endOf(known.value + half, unit),
  });
};

/** A team's standard deviation in the reported unit, from `rules.sd` respondents on; else suppressed. */
export const teamSd = (n: number, sd: number, unit: Unit, rules: Rules): Cell<number> =>
  n < rules.sd ? suppressed : shown(roundTo(sd, Math.max(1, unit.decimals)));

/** A leader's own answer in that leader's own report; null where the leader did not answer. */
export const ownAnswer = (value: number | null, unit: Unit): Published<number> | null =>
  value === null ? null : letOut(roundTo(value, unit.decimals));

/** Own answer less the employees' mean, both as they are shown: it adds nothing to them. */
export const ownGap = (own: Published<number> | null, employees: Cell<TeamMean> | null, unit: Unit): Cell<number> => {
  const team = employees && valueIn(employees);
  return own === null || team === null ? suppressed : shown(roundTo(reveal(own) - team.mean, unit.decimals));
};

/** How many answered, in the leader's own report: exact from the threshold on, below it only that it is below. */
export type Response =
  | {
      readonly state: "exact";
      readonly answered: Published<number>;
      readonly invited: Published<number> | null;
      /** Whole per cent of the invited. */
      readonly percent: Published<number> | null;
    }
  | { readonly state: "under"; readonly threshold: number; readonly invited: Published<number> | null };

/** Response of a leader's team. `invited` is dropped where it cannot be right (fewer invited than must answer). */
export const teamResponse = (answered: number, invited: number | null, rules: Rules): Response => {
  const under = answered < rules.respondents;
  const least = under ? rules.respondents : answered;
  const credible = invited !== null && invited >= least ? letOut(invited) : null;
  return under
    ? { state: "under", threshold: rules.respondents, invited: credible }
    : {
        state: "exact",
        answered: letOut(answered),
        invited: credible,
        percent: credible && letOut(Math.round((100 * answered) / reveal(credible))),
      };
};
