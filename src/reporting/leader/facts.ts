import { benchmark } from "../../disclosure/benchmark.ts";
import { distributions } from "../../disclosure/distribution.ts";
import { type Cell, suppressed } from "../../disclosure/published.ts";
import type { Rules } from "../../disclosure/rules.ts";
import { shrunkMean } from "../../disclosure/shrunk.ts";
import {
  ownAnswer,
  type Spread,
  type Team,
  type TeamMean,
  teamChange,
  teamMean,
  teamResponse,
} from "../../disclosure/team.ts";
import type { Unit } from "../../disclosure/unit.ts";
import type { LeaderAnswer, LeaderResponse, LeaderScore } from "../../tables/published.ts";
import { keyOf, type LeaderBasis } from "./basis.ts";
import { gapsOf, largest } from "./gaps.ts";
import type { LeaderFacts, LeaderModel, LeaderScaleFacts } from "./model.ts";

/** The rows of one leader. */
export interface LeaderRows {
  readonly response: LeaderResponse;
  readonly scores: readonly LeaderScore[];
  readonly answers: readonly LeaderAnswer[];
}

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
    if (!basis.asked.has(keyOf(wave.id, id))) return null;
    const team = scores.get(keyOf("employee", wave.id, id)) ?? nobody;
    const spread = basis.spread.get(keyOf(wave.id, id)) ?? null;
    return { team, spread, shown: teamMean(team, unit, spread, rules) };
  });
  const last = sides.at(-1) ?? null;
  const team = last?.team ?? nobody;
  const means = basis.means.get(id);
  const own = team.n >= rules.respondents ? team.mean : null;
  const others = (means?.length ?? 0) - (own === null ? 0 : 1);
  const common = { teams: basis.teams.get(id) ?? null, others, spread: last?.spread ?? null };
  return {
    own: study.waves.map((wave) => ownAnswer(scores.get(keyOf("self", wave.id, id))?.mean ?? null, unit)),
    employees: sides.map((side) => side?.shown ?? null),
    benchmark: means ? benchmark(means, own, unit, rules) : suppressed,
    shrunk: shrunkMean(team.n, last?.shown ?? null, common, unit, rules),
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

const answersOf = (basis: LeaderBasis, index: number, rows: readonly LeaderAnswer[]): LeaderFacts["answers"] => {
  const { items, answers } = basis.study.scales[index]!;
  const counts = items.map((item) =>
    answers.map((_, category) => {
      const value = basis.lowest[index]! + category;
      return rows.find((row) => row.item === item.id && row.answer === value)?.n ?? 0;
    }),
  );
  return { scale: index, items: distributions(counts, basis.rules) };
};

/** One leader's numbers, all of them through disclosure control. */
export const leaderFacts = (basis: LeaderBasis, rows: LeaderRows): LeaderFacts => {
  const scores = new Map(rows.scores.map((row) => [keyOf(row.rater, row.wave, row.scale), row]));
  const facts: LeaderFacts = {
    leader: rows.response.leader,
    response: teamResponse(rows.response.answered, rows.response.employees, basis.rules),
    scales: basis.study.scales.map((_, index) => scaleFacts(basis, index, scores)),
    answers: null,
  };
  const scale = scaleOfAnswers({ study: basis.study, facts });
  return scale === null ? facts : { ...facts, answers: answersOf(basis, scale, rows.answers) };
};
