import { benchmark } from "../disclosure/benchmark.ts";
import { distributions } from "../disclosure/distribution.ts";
import { type Cell, suppressed } from "../disclosure/published.ts";
import { type Rules, rulesOf } from "../disclosure/rules.ts";
import {
  ownAnswer,
  type Spread,
  type Team,
  type TeamMean,
  teamChange,
  teamMean,
  teamResponse,
} from "../disclosure/team.ts";
import { type Unit, unitOf } from "../disclosure/unit.ts";
import { tQuantile } from "../stats/distributions.ts";
import type { Scale, Study } from "../study/study.ts";
import type { LeaderAnswer, LeaderMeans, LeaderResponse, LeaderScore, LeaderSpread } from "../tables/published.ts";
import { gapsOf, largest } from "./leader-gap.ts";
import type { LeaderFacts, LeaderModel, LeaderScale, LeaderScaleFacts, LeaderStudy } from "./leader-model.ts";

/** What all leaders' numbers are held against; it stays inside the publishing run. */
export interface LeaderBasis {
  readonly study: LeaderStudy;
  readonly rules: Rules;
  readonly units: readonly Unit[];
  /** By wave and scale. */
  readonly spread: ReadonlyMap<string, Spread>;
  readonly asked: ReadonlySet<string>;
  /** By scale. */
  readonly means: ReadonlyMap<string, Float64Array>;
  /** Position of an answer among the categories of the shown distribution. */
  readonly categories: readonly number[];
}

export interface StudyRows {
  readonly spread: readonly LeaderSpread[];
  readonly means: readonly LeaderMeans[];
  /** The wave that the reports are about. */
  readonly wave: string;
  /** Whether it is still open. */
  readonly open: boolean;
}

export interface LeaderRows {
  readonly response: LeaderResponse;
  readonly scores: readonly LeaderScore[];
  readonly answers: readonly LeaderAnswer[];
}

const key = (...parts: readonly string[]): string => parts.join("\u0000");

const spreadOf = (row: LeaderSpread, confidence: number): Spread | null =>
  row.df < 1 || row.leaders < 1
    ? null
    : {
        sd: Math.sqrt(row.within / row.df),
        t: tQuantile(1 - confidence, row.df),
        leaders: row.leaders,
        largest: row.largest / row.df,
      };

const leaderScale = (scale: Scale, rows: StudyRows["spread"], study: Study): LeaderScale => {
  const unit = unitOf(scale, study.instrument);
  return {
    id: scale.id,
    name: scale.name,
    low: unit.low,
    high: unit.high,
    decimals: unit.decimals,
    own: rows.some((row) => row.scale === scale.id && row.rater === "self"),
    items:
      scale.kind === "items"
        ? scale.items.map((item) => ({
            id: item.id,
            text: item.wording.employee ?? Object.values(item.wording)[0] ?? { da: item.id, en: item.id },
          }))
        : [],
  };
};

/** Scales that employees or leaders answer; a scale of scales is left out where all its parts are shown. */
const reported = (study: Study, rows: StudyRows["spread"]): readonly Scale[] => {
  const answered = study.instrument.scales.filter(
    (scale) => scale.kind !== "difference" && rows.some((row) => row.scale === scale.id && row.rater === "employee"),
  );
  const ids = new Set(answered.map(({ id }) => id));
  return answered.filter((scale) => scale.kind !== "scales" || !scale.of.every((part) => ids.has(part)));
};

/** Everything that the leaders of a study have in common in one release. */
export const leaderBasis = (study: Study, rows: StudyRows): LeaderBasis => {
  const rules = rulesOf(study.disclosure);
  const scales = reported(study, rows.spread);
  const last = study.waves.findIndex(({ id }) => id === rows.wave);
  const answers = study.instrument.answers.map(({ code, label }) => ({ value: Number(code), label }));
  answers.sort((a, b) => a.value - b.value);
  const employees = rows.spread.filter(({ rater }) => rater === "employee");
  return {
    study: {
      title: study.title,
      synthetic: study.synthetic,
      waves: study.waves.slice(0, last + 1).map(({ id, name, to }) => ({ id, name, to })),
      open: rows.open,
      scales: scales.map((scale) => leaderScale(scale, rows.spread, study)),
      answers: answers.map(({ label }) => label),
      confidence: study.plan.confidence,
      thresholds: { respondents: rules.respondents, categories: rules.categories, benchmark: rules.benchmark },
    },
    rules,
    units: scales.map((scale) => unitOf(scale, study.instrument)),
    spread: new Map(
      employees.flatMap((row) => {
        const spread = spreadOf(row, study.plan.confidence);
        return spread ? [[key(row.wave, row.scale), spread] as const] : [];
      }),
    ),
    asked: new Set(employees.map((row) => key(row.wave, row.scale))),
    means: new Map(rows.means.map((row) => [row.scale, Float64Array.from(row.means, Number)])),
    categories: answers.map(({ value }) => value),
  };
};

interface Side {
  readonly team: Team;
  readonly shown: Cell<TeamMean>;
  readonly spread: Spread | null;
}

const nobody: Team = { n: 0, mean: Number.NaN };

const changeOf = (sides: readonly (Side | null)[], unit: Unit, rules: Rules): LeaderScaleFacts["change"] => {
  const after = sides.at(-1);
  const since = sides.findIndex((side) => side?.shown.state === "shown");
  const before = sides[since];
  if (!after || !before || since === sides.length - 1 || after.shown.state === "suppressed") return null;
  return { since, cell: teamChange(before, after, unit, rules) };
};

const scaleFacts = (basis: LeaderBasis, index: number, scores: ReadonlyMap<string, LeaderScore>): LeaderScaleFacts => {
  const { study, rules } = basis;
  const { id } = study.scales[index]!;
  const unit = basis.units[index]!;
  const sides = study.waves.map((wave): Side | null => {
    if (!basis.asked.has(key(wave.id, id))) return null;
    const team = scores.get(key("employee", wave.id, id)) ?? nobody;
    const spread = basis.spread.get(key(wave.id, id)) ?? null;
    return { team, spread, shown: teamMean(team, unit, spread, rules) };
  });
  const team = sides.at(-1)?.team ?? nobody;
  const means = basis.means.get(id);
  return {
    own: study.waves.map((wave) => ownAnswer(scores.get(key("self", wave.id, id))?.mean ?? null, unit)),
    employees: sides.map((side) => side?.shown ?? null),
    benchmark: means ? benchmark(means, team.n >= rules.respondents ? team.mean : null, unit, rules) : suppressed,
    change: changeOf(sides, unit, rules),
  };
};

/** The scale whose answers are shown: the largest gap that has questions, else the first scale that is shown. */
const scaleOfAnswers = (model: LeaderModel): number | null => {
  const { scales } = model.study;
  const hasItems = (index: number) => scales[index]!.items.length > 0;
  const gap = largest(gapsOf(model).filter((each) => hasItems(each.scale)));
  if (gap) return gap.scale;
  const first = scales.findIndex(
    (_, index) => hasItems(index) && model.facts.scales[index]!.employees.at(-1)?.state === "shown",
  );
  return first < 0 ? null : first;
};

const answersOf = (basis: LeaderBasis, scale: number, rows: readonly LeaderAnswer[]): LeaderFacts["answers"] => {
  const counts = basis.study.scales[scale]!.items.map((item) =>
    basis.categories.map((value) => rows.find((row) => row.item === item.id && row.answer === value)?.n ?? 0),
  );
  return { scale, items: distributions(counts, basis.rules) };
};

/** One leader's numbers, all of them through disclosure control. */
export const leaderFacts = (basis: LeaderBasis, rows: LeaderRows): LeaderFacts => {
  const scores = new Map(rows.scores.map((row) => [key(row.rater, row.wave, row.scale), row]));
  const facts: LeaderFacts = {
    leader: rows.response.leader,
    response: teamResponse(rows.response.answered, rows.response.employees, basis.rules),
    scales: basis.study.scales.map((_, index) => scaleFacts(basis, index, scores)),
    answers: null,
  };
  const scale = scaleOfAnswers({ study: basis.study, facts });
  return scale === null ? facts : { ...facts, answers: answersOf(basis, scale, rows.answers) };
};
