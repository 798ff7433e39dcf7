import { aggregate, nonLinear } from "../../../disclosure/aggregate.ts";
import { leaderGroups } from "../../../disclosure/leader-groups.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { IntendedPerceived } from "../../../estimation/ratings/intended-perceived.ts";
import type { Correlation } from "../../../stats/measurement/correlation.ts";
import type { Study } from "../../../study/study.ts";
import { intervalOf, ownAnswers, type SeenArms } from "../../effect/facts.ts";
import { scaleOf } from "../../page/reported-outcome.ts";
import type { CorrelationNumbers, RatingsRow } from "./model.ts";

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
          interval: intervalOf(gap.low, gap.high, decimals)!,
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
      const unit = scaleOf(study, row.scale);
      const { wave, status, leaders, respondents } = row;
      const round = (value: number | null) => (value === null ? null : roundTo(value, 2));
      return {
        ...unit,
        wave,
        status,
        leaders,
        respondents,
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
