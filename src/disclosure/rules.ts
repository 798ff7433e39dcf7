import type { DisclosureRules } from "../study/study.ts";

/** The thresholds of one study, all that the primary rules read. */
export interface Rules {
  /** Respondents behind any number about employees. */
  readonly respondents: number;
  /** Leaders behind any number that management or researchers see. */
  readonly leaders: number;
  /** The largest share of an aggregate's respondents that one leader's team may have. */
  readonly dominance: number;
  /** Respondents for an interval round a team's mean. */
  readonly interval: number;
  /** Respondents to tell the answers below, in and above the middle apart; below it, those above and all others. */
  readonly categories: number;
  /** Respondents for a team's standard deviation. */
  readonly sd: number;
  /** Step of a response rate, in per cent, always rounded down. */
  readonly rateStep: number;
  /** Invited employees for a response rate. */
  readonly invited: number;
  /** Other leaders behind a benchmark; null where none is ever shown. */
  readonly benchmark: number | null;
  /** Step of counts that management sees. */
  readonly countStep: number;
}

const ordinary: Rules = {
  respondents: 5,
  leaders: 3,
  dominance: 0.8,
  interval: 5,
  categories: 10,
  sd: 10,
  rateStep: 5,
  invited: 10,
  benchmark: 20,
  countStep: 5,
};

const strict: Rules = {
  ...ordinary,
  respondents: 7,
  leaders: 4,
  dominance: 0.6,
  interval: 7,
  categories: 15,
  sd: 15,
  rateStep: 10,
  benchmark: null,
};

/** The rules of a study: its own thresholds where they are higher than the defaults, never lower. */
export const rulesOf = (declared: DisclosureRules): Rules => {
  const base = declared.strict ? strict : ordinary;
  const respondents = Math.max(base.respondents, declared.respondents);
  return {
    ...base,
    respondents,
    leaders: Math.max(base.leaders, declared.leaders),
    interval: Math.max(base.interval, respondents),
    categories: Math.max(base.categories, respondents),
    sd: Math.max(base.sd, respondents),
  };
};
