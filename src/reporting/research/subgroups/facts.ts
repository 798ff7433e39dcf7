import { estimateCell, mayShow } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { Subgroup, SubgroupEffect, SubgroupNumbers } from "../../../estimation/inference/subgroup.ts";
import { tCritical } from "../../../stats/distribution/distributions.ts";
import type { Study } from "../../../study/study.ts";
import { intervalOf, ownAnswers, type Seen } from "../../effect/facts.ts";
import { outcomeOf } from "../../page/reported-outcome.ts";
import type { SubgroupEstimate, SubgroupLevel, SubgroupRow } from "./model.ts";

const fewestUnits = ({ units }: SubgroupEffect): number => Math.min(units?.arm ?? 0, units?.reference ?? 0);

/**
 * Levels that may not be spoken of. Units are known, respondents are not, but each unit has at least one: units must
 * do for both. The effect in all and those of the other levels would give a level away, so the smallest other goes too.
 */
const hiddenLevels = (effects: readonly SubgroupEffect[], rules: Rules): ReadonlySet<string> => {
  const peopled = effects.filter(({ units }) => units !== null && units.arm + units.reference > 0);
  const small = peopled.filter((effect) => !mayShow(ownAnswers(fewestUnits(effect)), rules));
  const large = peopled.filter((effect) => !small.includes(effect)).sort((a, b) => fewestUnits(a) - fewestUnits(b));
  return new Set([...small, ...(small.length > 0 ? large.slice(0, 1) : [])].map(({ level }) => level));
};

const numbersOf = ({ estimate, se, df, low, high }: SubgroupNumbers, decimals: number): SubgroupEstimate | null => {
  if (estimate === null) return null;
  const half = se === null || df === null ? null : se * tCritical(0.5, df);
  return {
    estimate: roundTo(estimate, decimals),
    interval: intervalOf(low, high, decimals),
    half: half === null ? null : intervalOf(estimate - half, estimate + half, decimals),
  };
};

const testOf = ({ f, df1, df2, p, pAdjusted }: Subgroup) =>
  f === null || df1 === null || p === null || pAdjusted === null
    ? null
    : {
        ...{ f: roundTo(f, 2), df1, df2: df2 === null ? null : roundTo(df2, 1) },
        ...{ p: roundTo(p, 4), pAdjusted: roundTo(pAdjusted, 4) },
      };

const rowOf = (row: Subgroup, study: Study, seen: Seen, rules: Rules): SubgroupRow => {
  const { wave, arm, reference, covariate, status, planned, leaders, respondents, effects, differences } = row;
  const outcome = outcomeOf(study, { scale: row.outcome, rater: row.rater }, "primary");
  const hidden = hiddenLevels(effects, rules);
  const compared = seen(arm, wave) && seen(reference, wave);
  const cell = <T>(value: T | null, levels: readonly string[]) =>
    value === null || !compared || levels.some((level) => hidden.has(level))
      ? suppressed
      : estimateCell(leaders, respondents, value, rules);
  const differenceAt = (at: string): SubgroupLevel["difference"] => {
    const found = differences.find(({ level }) => level === at);
    if (!found) return null;
    return { status: found.status, numbers: cell(numbersOf(found, outcome.decimals), [at, found.against]) };
  };
  const levelOf = (effect: SubgroupEffect): SubgroupLevel => {
    const numbers = numbersOf(effect, outcome.decimals);
    const value = effect.value === null ? null : roundTo(effect.value, 1);
    return {
      level: effect.level,
      status: effect.status,
      numbers: cell(numbers && { ...numbers, value }, [effect.level]),
      difference: differenceAt(effect.level),
    };
  };
  const all = effects.map(({ level }) => level);
  return {
    ...{ outcome, wave, arm, covariate, status, planned },
    levels: effects.map(levelOf),
    test: cell(testOf(row), all),
  };
};

/** Effects by subgroup: a row per primary outcome, covariate of the plan and arm. */
export const subgroupsOf = (study: Study, analysis: Analysis, seen: Seen, rules: Rules): readonly SubgroupRow[] =>
  analysis.subgroups.map((row) => rowOf(row, study, seen, rules));
