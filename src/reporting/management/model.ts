import { aggregate, countInSteps, headcount, responseRate, type Support } from "../../disclosure/aggregate.ts";
import { type Cell, type Published, suppressed, valueIn } from "../../disclosure/published.ts";
import { type Rules, rulesOf } from "../../disclosure/rules.ts";
import { shownSiblings } from "../../disclosure/siblings.ts";
import { roundTo } from "../../disclosure/unit.ts";
import { tCritical } from "../../stats/distribution/distributions.ts";
import type { Phase, Study, Text } from "../../study/study.ts";
import type { CellMean, CellResponse } from "../../tables/aggregated.ts";
import { type MainEffect, mainEffects, type ShownEffects } from "../effect/main-effects.ts";
import type { ArmStyle } from "../page/arms.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";

/** What the dashboard rests on, before disclosure control. */
export interface ManagementFacts {
  readonly means: readonly CellMean[];
  readonly responses: readonly CellResponse[];
}

export interface Level {
  readonly mean: number;
  /** At the plan's confidence; null where there is one leader only. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Means of one arm, department or the whole organisation; null where a wave has no answers at all. */
export interface Series {
  readonly id: string;
  readonly levels: readonly (Cell<Level> | null)[];
}

export interface Department extends Series {
  /** Leaders there when the last wave opened. */
  readonly leaders: Published<number>;
}

/** Response rate in per cent, the lower end of a band of `rules.rateStep`, by wave. */
export interface Rates {
  readonly id: string;
  readonly rates: readonly (Cell<number> | null)[];
}

interface ShownWave {
  readonly id: string;
  readonly name: Text;
  readonly from: string;
  readonly to: string;
}

/** What the dashboard repeats of the research report of the same analysis. */
export interface ShownAnalysis extends ShownEffects {
  readonly date: string;
  readonly arms: readonly ArmStyle[];
  readonly waves: readonly ShownWave[];
}

/** All that the dashboard shows, in no language yet. Never a leader. */
export interface ManagementModel {
  readonly title: Text;
  readonly synthetic: boolean;
  readonly date: string;
  readonly confidence: number;
  readonly rules: Rules;
  readonly arms: readonly ArmStyle[];
  /** The waves that have answers, in time order. */
  readonly waves: readonly ShownWave[];
  readonly phases: readonly Phase[];
  /** The primary outcome that employees answer; null where the plan or the data have none. */
  readonly outcome: ReportedOutcome | null;
  readonly effects: readonly MainEffect[];
  readonly organisation: Series;
  readonly byArm: readonly Series[];
  /** Name of the outermost level of the organisation in the study file. */
  readonly level: string | null;
  readonly departments: readonly Department[];
  readonly response: Rates;
  readonly departmentResponse: readonly Rates[];
  /** At the last wave; null before there is one. */
  readonly coverage: {
    readonly leaders: Published<number>;
    readonly measured: Published<number>;
    readonly answers: Published<number>;
  } | null;
}

const supportOf = ({ n, leaders, largest }: CellMean): Support => ({ n, leaders, largest });

const levelOf = (row: CellMean, outcome: ReportedOutcome, confidence: number): Level => {
  const half = row.se === null || row.leaders < 2 ? null : row.se * tCritical(1 - confidence, row.leaders - 1);
  const inside = (value: number) => roundTo(Math.min(outcome.high, Math.max(outcome.low, value)), outcome.decimals);
  return {
    mean: inside(row.mean),
    low: half === null ? null : inside(row.mean - half),
    high: half === null ? null : inside(row.mean + half),
  };
};

interface Source {
  readonly rows: readonly CellMean[];
  readonly waves: readonly string[];
  readonly outcome: ReportedOutcome;
  readonly confidence: number;
  readonly rules: Rules;
}

const wholeSeries = ({ rows, waves, outcome, confidence, rules }: Source): Series => ({
  id: "",
  levels: waves.map((wave) => {
    const row = rows.find((each) => each.grouping === "organisation" && each.wave === wave);
    return row ? aggregate(supportOf(row), levelOf(row, outcome, confidence), rules) : null;
  }),
});

const partSeries = (grouping: string, ids: readonly string[], source: Source): readonly Series[] => {
  const { rows, waves, outcome, confidence, rules } = source;
  const seen = waves.map((wave) => {
    const whole = rows.find((each) => each.grouping === "organisation" && each.wave === wave);
    const parts = rows.filter((each) => each.grouping === grouping && each.wave === wave);
    const siblings = parts.map((row) => ({ cell: row.cell, support: supportOf(row) }));
    return whole ? shownSiblings(supportOf(whole), siblings, rules) : new Set<string>();
  });
  return ids.map((id) => ({
    id,
    levels: waves.map((wave, index) => {
      const row = rows.find((each) => each.grouping === grouping && each.cell === id && each.wave === wave);
      if (!row) return null;
      return seen[index]!.has(id) ? aggregate(supportOf(row), levelOf(row, outcome, confidence), rules) : suppressed;
    }),
  }));
};

const ratesOf = (id: string, rows: readonly CellResponse[], waves: readonly string[], rules: Rules): Rates => ({
  id,
  rates: waves.map((wave) => {
    const row = rows.find((each) => each.wave === wave);
    if (!row || row.invited === 0) return null;
    if (row.leaders < rules.leaders) return suppressed;
    return responseRate(row.answered_of_invited, row.invited, rules);
  }),
});

const departmentIds = (facts: ManagementFacts): readonly string[] => [
  ...new Set(
    [...facts.means, ...facts.responses]
      .filter(({ grouping }) => grouping === "department")
      .map(({ cell }) => cell)
      .sort((a, b) => a.localeCompare(b, "da")),
  ),
];

const emptySeries = (id: string, waves: readonly string[]): Series => ({ id, levels: waves.map(() => null) });

/** The dashboard of one release. `research` is the research report of the same analysis, whose effects it repeats. */
export const managementModel = (study: Study, facts: ManagementFacts, research: ShownAnalysis): ManagementModel => {
  const rules = rulesOf(study.disclosure);
  const answered = new Set(
    facts.responses.flatMap(({ grouping, wave, answered: n }) => (grouping === "organisation" && n > 0 ? [wave] : [])),
  );
  const waves = research.waves.filter(({ id }) => answered.has(id));
  const ids = waves.map(({ id }) => id);
  const outcome =
    research.outcomes.find(
      ({ scale, rater }) => rater === "employee" && facts.means.some((row) => row.scale === scale),
    ) ?? null;
  const { confidence } = study.plan;
  const source = outcome && {
    ...{ waves: ids, outcome, confidence, rules },
    rows: facts.means.filter(({ scale }) => scale === outcome.scale),
  };
  const responses = (grouping: string, cell: string) =>
    facts.responses.filter((row) => row.grouping === grouping && row.cell === cell);
  const departments = departmentIds(facts);
  const parts = (grouping: string, of: readonly string[]) =>
    source ? partSeries(grouping, of, source) : of.map((id) => emptySeries(id, ids));
  const last = responses("organisation", "").find(({ wave }) => wave === ids.at(-1));
  return {
    ...{ title: study.title, synthetic: study.synthetic, date: research.date, confidence, rules, waves, outcome },
    ...{ arms: research.arms, phases: study.phases },
    effects: mainEffects(research).filter(
      (effect) => outcome !== null && effect.outcome.scale === outcome.scale && effect.outcome.rater === "employee",
    ),
    organisation: source ? wholeSeries(source) : emptySeries("", ids),
    byArm: parts(
      "arm",
      research.arms.map(({ arm }) => arm),
    ),
    level: departments.length > 0 ? (study.organisation[0] ?? null) : null,
    departments: parts("department", departments).map((series) => {
      const row = responses("department", series.id).find(({ wave }) => wave === ids.at(-1));
      return { ...series, leaders: headcount(row?.leaders ?? 0) };
    }),
    response: ratesOf("", responses("organisation", ""), ids, rules),
    departmentResponse: departments.map((id) => ratesOf(id, responses("department", id), ids, rules)),
    coverage: last
      ? {
          leaders: headcount(last.leaders),
          measured: headcount(last.measured),
          answers: countInSteps(last.answered, rules),
        }
      : null,
  };
};

/** What a level shows, or null where it is suppressed or was never measured. */
export const shownLevel = (cell: Cell<Level> | null | undefined): Level | null => (cell ? valueIn(cell) : null);
