import { type Cell, letOut, type Published, shown, suppressed } from "./published.ts";
import type { Rules } from "./rules.ts";

/** Who is behind a number that management or researchers see: respondents, leaders, and the largest team. */
export interface Support {
  readonly n: number;
  readonly leaders: number;
  /** Respondents of the leader with the most of them. */
  readonly largest: number;
}

/** Whether an aggregate has enough respondents and leaders, and no leader who is nearly all of it. */
export const mayShow = (support: Support, rules: Rules): boolean =>
  support.n >= rules.respondents && support.leaders >= rules.leaders && support.largest <= rules.dominance * support.n;

/**
 * `value` (a mean, an interval, a record of them, already rounded as it is displayed) where its support allows it,
 * else suppressed.
 */
export const aggregate = <T>(support: Support, value: T, rules: Rules): Cell<T> =>
  mayShow(support, rules) ? shown(value) : suppressed;

const nonLinearFewest = { n: 30, leaders: 10 };

/**
 * A statistic that is no sum of answers (a correlation, a model's fit, a surface). What could be worked out from it
 * the suppression cannot prove, so it takes 30 observations and 10 leaders; else suppressed.
 */
export const nonLinear = <T>(support: Support, value: T, rules: Rules): Cell<T> =>
  support.n >= nonLinearFewest.n && support.leaders >= nonLinearFewest.leaders
    ? aggregate(support, value, rules)
    : suppressed;

/** A count that management sees: rounded down to a multiple of `rules.countStep`. */
export const countInSteps = (count: number, rules: Rules): Published<number> =>
  letOut(Math.floor(count / rules.countStep) * rules.countStep);

/** A response rate in per cent lies from `low` to `high`, which is as much as may be said of it. */
export interface RateBand {
  readonly low: number;
  readonly high: number;
}

const fewestInBand = 5;
const bandWidths = [5, 10, 20, 25, 50];

/**
 * The band that a response rate lies in, in per cent: as wide as `rules.rateStep` and as five invited persons, so that
 * no band holds one count only; the highest band ends at 100 and holds it. Suppressed below `rules.invited` invited.
 *
 * Rates and counts are no facts of the lattice: it takes for known how many answered about every leader, so that they
 * add nothing to what it lets be worked out of the answers. The bands protect who answered, not what.
 */
export const responseRate = (answered: number, invited: number | null, rules: Rules): Cell<RateBand> => {
  if (invited === null || invited < rules.invited) return suppressed;
  const width = bandWidths.find((each) => each >= rules.rateStep && each * invited >= 100 * fewestInBand);
  if (width === undefined) return suppressed;
  const percent = (100 * answered) / invited;
  const low = Math.min(100 - width, Math.floor((percent + 1e-9) / width) * width);
  return shown({ low, high: low + width });
};

/**
 * An estimate of the analysis plan: a comparison of whole arms. It may be let out when the model holds enough leaders
 * and respondents; full precision stays in the analysis, `value` is what the report displays.
 */
export const estimateCell = <T>(leaders: number, respondents: number, value: T, rules: Rules): Cell<T> =>
  leaders >= 2 * rules.leaders && respondents >= 2 * rules.respondents ? shown(value) : suppressed;

/** A fact that concerns no respondent's answer: a headcount, a date, a share of leaders who were allocated. */
export const headcount = (value: number): Published<number> => letOut(value);
