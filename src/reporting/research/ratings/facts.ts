import { aggregate, nonLinear } from "../../../disclosure/aggregate.ts";
import { leaderGroups } from "../../../disclosure/leader-groups.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { ChangePart, GapChange } from "../../../estimation/ratings/gap-change.ts";
import type { IntendedPerceived } from "../../../estimation/ratings/intended-perceived.ts";
import { tCritical } from "../../../stats/distribution/distributions.ts";
import type { Correlation } from "../../../stats/measurement/correlation.ts";
import type { Study } from "../../../study/study.ts";
import { outcomeOf } from "../../page/reported-outcome.ts";
import type { CorrelationNumbers, Interval, MovedPart, MovedRow, RatedUnit, RatingsRow } from "./model.ts";

/** Arms large enough to be spoken of, and whether these are all. */
export interface SeenArms {
  readonly arms: ReadonlySet<string>;
  readonly all: boolean;
}

/** Behind a mean of own answers stands one answer per leader. */
const ownAnswers = (leaders: number) => ({ n: leaders, leaders, largest: Math.min(1, leaders) });

const intervalOf = (low: number | null, high: number | null, decimals: number): Interval | null =>
  low === null || high === null ? null : { low: roundTo(low, decimals), high: roundTo(high, decimals) };

const unitOf = (study: Study, id: string): RatedUnit => {
  const { scale, name, low, high, index, decimals } = outcomeOf(study, { scale: id, rater: "employee" }, "secondary");
  return { scale, name, low, high, index, decimals };
};

const correlationNumbers = (found: Correlation | null): CorrelationNumbers | null =>
  found && { estimate: roundTo(found.estimate, 2), interval: intervalOf(found.low, found.high, 2) };

const meansOf = ({ intended, perceived, gap, leaders }: IntendedPerceived, decimals: number, rules: Rules) =>
  intended === null || perceived === null || gap === null
    ? suppressed
    : aggregate(
        ownAnswers(leaders),
        {
          intended: roundTo(intended, decimals),
          perceived: roundTo(perceived, decimals),
          gap: roundTo(gap.estimate, decimals),
          interval: { low: roundTo(gap.low, decimals), high: roundTo(gap.high, decimals) },
        },
        rules,
      );

const clearOf = ({ clear, leaders }: IntendedPerceived, rules: Rules): RatingsRow["clear"] =>
  clear === null
    ? suppressed
    : leaderGroups(
        { above: clear.over, below: clear.under, within: leaders - clear.over - clear.under },
        [
          [["above"], ["below"], ["within"]],
          [["above", "below"], ["within"]],
        ],
        rules,
      );

const groupsOf = ({ groups }: IntendedPerceived, rules: Rules): RatingsRow["groups"] => {
  const all = groups.find(({ arm }) => arm === null);
  if (!all) return suppressed;
  const { over, under, agreeHigh, agreeLow } = all;
  return leaderGroups(
    { over, under, agreeHigh, agreeLow },
    [
      [["over"], ["under"], ["agreeHigh"], ["agreeLow"]],
      [["over"], ["under"], ["agreeHigh", "agreeLow"]],
      [
        ["over", "under"],
        ["agreeHigh", "agreeLow"],
      ],
    ],
    rules,
  );
};

/**
 * Own and employees' answers at the last wave, a row per scale that anybody answered both ways. Where an arm is too
 * small to be shown, the means of the whole go with it, as everywhere in the report.
 */
export const ratingsOf = (study: Study, analysis: Analysis, seen: SeenArms, rules: Rules): readonly RatingsRow[] =>
  analysis.intendedPerceived
    .filter(({ wave, leaders }) => wave === study.waves.at(-1)?.id && leaders > 0)
    .map((row) => {
      const unit = unitOf(study, row.scale);
      const { wave, status, leaders, respondents } = row;
      const round = (value: number | null) => (value === null ? null : roundTo(value, 2));
      return {
        ...{ ...unit, wave, status, leaders, respondents },
        means: seen.all ? meansOf(row, unit.decimals, rules) : suppressed,
        correlation: nonLinear(
          ownAnswers(leaders),
          {
            raw: correlationNumbers(row.correlation),
            corrected: correlationNumbers(row.corrected),
            reliability: {
              intended: round(row.reliability.intended),
              perceived: round(row.reliability.perceived),
            },
          },
          rules,
        ),
        clear: clearOf(row, rules),
        groups: groupsOf(row, rules),
      };
    });

const partOf = ({ estimate, se, df, p, low, high }: ChangePart, decimals: number): MovedPart => {
  const half = se === null || df === null ? null : se * tCritical(0.5, df);
  return {
    estimate: roundTo(estimate, decimals),
    interval: intervalOf(low, high, decimals),
    half: half === null ? null : intervalOf(estimate - half, estimate + half, decimals),
    p: p === null ? null : roundTo(p, 4),
  };
};

const partsOf = (change: GapChange, decimals: number, seen: SeenArms, rules: Rules): MovedRow["parts"] => {
  const { arm, reference, leaders, gap, intended, perceived } = change;
  const unseen = [arm, reference].some((id) => id !== null && !seen.arms.has(id));
  if (unseen || (!seen.all && arm === null) || gap === null || intended === null || perceived === null)
    return suppressed;
  const fewest = arm === null ? leaders.arm : Math.min(leaders.arm, leaders.reference);
  const [all, own, employees] = [gap, intended, perceived].map((part) => partOf(part, decimals));
  return aggregate(ownAnswers(fewest), { gap: all!, intended: own!, perceived: employees! }, rules);
};

/** Whose answer moved from the baseline to the last wave: a row per scale and arm. */
export const movedOf = (study: Study, analysis: Analysis, seen: SeenArms, rules: Rules): readonly MovedRow[] =>
  analysis.intendedPerceived
    .filter(({ wave }) => wave === study.waves.at(-1)?.id)
    .flatMap(({ scale, wave, changes }) => {
      const unit = unitOf(study, scale);
      const primary = study.plan.primary.some((outcome) => outcome.scale === scale && outcome.rater === "employee");
      return changes.map((change) => ({
        ...{ ...unit, primary, wave, arm: change.arm, reference: change.reference },
        ...{ status: change.status, leaders: change.leaders },
        parts: partsOf(change, unit.decimals, seen, rules),
      }));
    });
