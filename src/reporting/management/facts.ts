import { countInSteps, headcount } from "../../disclosure/aggregate.ts";
import { suppressed } from "../../disclosure/published.ts";
import { type Rules, rulesOf } from "../../disclosure/rules.ts";
import type { Study } from "../../study/study.ts";
import type { CellMean, CellResponse } from "../../tables/aggregated.ts";
import type { ShownEffects } from "../effect/main-effects.ts";
import type { ArmStyle } from "../page/arms.ts";
import { type ChangedSeries, withChanges } from "../page/level-change.ts";
import { emptySeries, type LevelSource, wholeSeries } from "../page/levels.ts";
import { departmentsPart } from "./departments/facts.ts";
import type { ShownWave } from "./drawing.ts";
import { effectsPart } from "./effects/facts.ts";
import type { Coverage, ManagementModel } from "./model.ts";
import { responsesPart } from "./responses/facts.ts";
import { trendPart } from "./trend/facts.ts";

/** What the dashboard rests on, before disclosure control. */
export interface ManagementFacts {
  readonly means: readonly CellMean[];
  readonly responses: readonly CellResponse[];
}

/** What the dashboard repeats of the research report of the same analysis. */
export interface ShownAnalysis extends ShownEffects {
  readonly date: string;
  readonly arms: readonly ArmStyle[];
  readonly waves: readonly ShownWave[];
}

const departmentIds = (facts: ManagementFacts): readonly string[] => [
  ...new Set(
    [...facts.means, ...facts.responses]
      .filter(({ grouping }) => grouping === "department")
      .map(({ cell }) => cell)
      .sort((a, b) => a.localeCompare(b, "da")),
  ),
];

const answeredWaves = ({ responses }: ManagementFacts, waves: readonly ShownWave[]): readonly ShownWave[] => {
  const answered = responses.filter(({ grouping, answered: n }) => grouping === "organisation" && n > 0);
  return waves.filter(({ id }) => answered.some(({ wave }) => wave === id));
};

const coverageOf = ({ responses }: ManagementFacts, wave: string | undefined, rules: Rules): Coverage | null => {
  const row = responses.find((each) => each.grouping === "organisation" && each.wave === wave);
  return row
    ? {
        leaders: headcount(row.leaders),
        measured: headcount(row.measured),
        answers: countInSteps(row.answered, rules),
      }
    : null;
};

const wholeOf = (source: LevelSource | null, waves: readonly string[]): ChangedSeries => {
  const [whole] = source ? withChanges("organisation", [wholeSeries(source)], source) : [];
  return whole ?? { ...emptySeries("", waves), change: suppressed };
};

/** The dashboard of one release. `research` is the research report of the same analysis, whose effects it repeats. */
export const managementModel = (study: Study, facts: ManagementFacts, research: ShownAnalysis): ManagementModel => {
  const rules = rulesOf(study.disclosure);
  const waves = answeredWaves(facts, research.waves);
  const ids = waves.map(({ id }) => id);
  const { confidence } = study.plan;
  const outcome =
    research.outcomes.find(
      ({ scale, rater }) => rater === "employee" && facts.means.some((row) => row.scale === scale),
    ) ?? null;
  const rows = facts.means.filter(({ scale }) => scale === outcome?.scale);
  const source: LevelSource | null = outcome && { rows, waves: ids, outcome, confidence, rules };
  const departments = departmentIds(facts);
  const arms = research.arms.map(({ arm }) => arm);
  return {
    title: study.title,
    synthetic: study.synthetic,
    date: research.date,
    confidence,
    rules,
    arms: research.arms,
    waves,
    outcome,
    whole: wholeOf(source, ids),
    effects: effectsPart(research, { study, means: facts.means, rules }),
    trend: trendPart(source, arms, wholeOf(source, ids), study.phases),
    departments: departmentsPart(source, departments, facts.responses, ids, study.organisation[0] ?? null),
    responses: responsesPart(facts.responses, departments, ids, rules),
    coverage: coverageOf(facts, ids.at(-1), rules),
  };
};
