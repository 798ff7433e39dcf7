import { type Benchmark, benchmark } from "../../disclosure/benchmark.ts";
import { type Measured, type Told, teamChanges } from "../../disclosure/change.ts";
import { type Distribution, distributions, impliedMean } from "../../disclosure/distribution.ts";
import { impliedBeside } from "../../disclosure/kept.ts";
import { type Cell, suppressed, valueIn } from "../../disclosure/published.ts";
import { shrunkMean } from "../../disclosure/shrunk.ts";
import { ownAnswer, ownGap, type Team, teamMean, teamResponse } from "../../disclosure/team.ts";
import type { Unit } from "../../disclosure/unit.ts";
import type { LeaderAnswer, LeaderResponse, LeaderScore } from "../../tables/published.ts";
import { keyOf, type LeaderBasis } from "./basis.ts";
import { foremost, gapsOf } from "./gap/gaps.ts";
import type { KeptScale, PageWave } from "./kept.ts";
import {
  type Asked,
  gapModel,
  type LeaderFacts,
  type LeaderModel,
  type LeaderScaleFacts,
  type LeaderStudy,
} from "./model.ts";

/** The rows of one leader. */
export interface LeaderRows {
  readonly response: LeaderResponse;
  readonly scores: readonly LeaderScore[];
  readonly answers: readonly LeaderAnswer[];
  /** What the page says of each wave beside what earlier releases said. */
  readonly pages: (wave: string) => PageWave;
  /** Benchmarks as an earlier release showed them, of the scales whose benchmark stands. */
  readonly benchmarks: (scale: string) => Cell<Benchmark>;
}

type Scores = ReadonlyMap<string, LeaderScore>;
/** How many gave an answer, by wave, item and answer. */
type Counts = ReadonlyMap<string, number>;
type Post = Asked["post"];

const nobody: Team = { n: 0, mean: Number.NaN };

/** Whether a leader held the post when a wave opened; a leader without dates always did. */
const postIn = ({ from }: LeaderStudy["waves"][number], { from_date, to_date }: LeaderResponse): Post => {
  if (to_date !== null && to_date < from) return "left";
  return from_date !== null && from_date > from ? "ahead" : "held";
};

const askedOf = ({ study, raters }: LeaderBasis, response: LeaderResponse): Asked => {
  const wave = study.waves.at(-1);
  const post = wave ? postIn(wave, response) : "held";
  const held = post === "held";
  return {
    post,
    own: held && raters.has("self"),
    employees: held && raters.has("employee") && response.employees !== 0,
  };
};

/** How the items of a scale were answered in a wave, as far as it may be shown. */
const spreadsOf = (basis: LeaderBasis, index: number, counts: Counts, wave: string): Cell<readonly Distribution[]> => {
  const { items, answers } = basis.study.scales[index]!;
  const answer = (category: number) => `${basis.lowest[index]! + category}`;
  return distributions(
    items.map(({ id }) => answers.map((_, category) => counts.get(keyOf(wave, id, answer(category))) ?? 0)),
    basis.rules,
  );
};

interface Given {
  readonly scores: Scores;
  readonly counts: Counts;
  readonly pages: LeaderRows["pages"];
}

/** A scale as an earlier release showed it; one that it did not show is not shown. */
const asKept = (scale: KeptScale | undefined, spread: Measured["spread"]): Measured | null => {
  if (scale === undefined) return { team: nobody, spread, shown: suppressed };
  const { employees, n } = scale;
  return employees && { team: { n, mean: valueIn(employees)?.mean ?? Number.NaN }, spread, shown: employees };
};

/**
 * A scale's answers wave by wave; null where nobody was asked, which no number of answers under the threshold changes.
 * Every mean is censored as if the spreads of its items stood beside it, also where they do not: so it is the same on
 * every page, and which scale's spreads a page shows follows from the means that it shows.
 */
const measuredIn = (basis: LeaderBasis, index: number, { scores, counts, pages }: Given, response: LeaderResponse) => {
  const { study, rules } = basis;
  const { id, items } = study.scales[index]!;
  const reversed = items.map((item) => item.reversed);
  return study.waves.map((wave): Measured | null => {
    if (!basis.asked.has(keyOf(wave.id, id))) return null;
    const spread = basis.spread.get(keyOf(wave.id, id)) ?? null;
    const { kept, before } = pages(wave.id);
    if (kept) return asKept(kept.scales.get(id), spread);
    const team = scores.get(keyOf("employee", wave.id, id)) ?? nobody;
    const isAsked = postIn(wave, response) === "held" && response.employees !== 0;
    if (!isAsked && team.n < rules.respondents) return null;
    const unit = basis.units[index]!;
    const known = impliedMean(spreadsOf(basis, index, counts, wave.id), reversed);
    const implied = before(id).reduce((all, each) => impliedBeside(all, team.n, each, unit), known);
    return { team, spread, shown: teamMean(team, unit, implied, spread, rules) };
  });
};

/** The first wave with shown answers and the last wave, where that is another and is shown too. */
const endsOf = (
  waves: readonly (Measured | null)[],
  unit: Unit,
): { readonly since: number; readonly told: Told } | null => {
  const after = waves.at(-1);
  const since = waves.findIndex((wave) => wave?.shown.state === "shown");
  const before = waves[since];
  if (!after || !before || since === waves.length - 1 || after.shown.state === "suppressed") return null;
  return { since, told: { before, after, unit } };
};

/** The changes of all scales, tested together. */
const changesOf = (basis: LeaderBasis, measured: readonly (readonly (Measured | null)[])[]) => {
  const ends = measured.map((waves, index) => endsOf(waves, basis.units[index]!));
  const told = ends.flatMap((each) => (each ? [each.told] : []));
  const cells = teamChanges(told, basis.study.confidence, basis.rules);
  return ends.map((each) => each && { since: each.since, cell: cells[told.indexOf(each.told)]! });
};

const scaleFacts = (
  basis: LeaderBasis,
  index: number,
  {
    scores,
    measured,
    kept,
    benchmarks,
  }: {
    readonly scores: Scores;
    readonly measured: readonly (Measured | null)[];
    /** The last wave, where its numbers are of an earlier release. */
    readonly kept: PageWave["kept"];
    readonly benchmarks: LeaderRows["benchmarks"];
  },
): Omit<LeaderScaleFacts, "change"> => {
  const { study, rules } = basis;
  const { id } = study.scales[index]!;
  const unit = basis.units[index]!;
  const last = measured.at(-1) ?? null;
  const team = last?.team ?? nobody;
  const means = basis.means.get(id);
  const stands = basis.since.has(keyOf(study.waves.at(-1)?.id ?? "", id));
  const own = team.n >= rules.respondents ? team.mean : null;
  const others = (basis.measured.get(id) ?? 0) - (own === null ? 0 : 1);
  const compared = stands ? benchmarks(id) : means ? benchmark(means, own, unit, rules) : suppressed;
  const common = { teams: basis.teams.get(id) ?? null, others, spread: last?.spread ?? null };
  const old = kept?.scales.get(id);
  const answered = study.waves.map((wave) => ownAnswer(scores.get(keyOf("self", wave.id, id))?.mean ?? null, unit));
  return {
    own: answered,
    employees: measured.map((wave) => wave?.shown ?? null),
    gap: ownGap(answered.at(-1) ?? null, last?.shown ?? null, unit),
    benchmark: kept ? (old?.benchmark ?? suppressed) : compared,
    shrunk: kept ? (old?.shrunk ?? suppressed) : shrunkMean(team.n, last?.shown ?? null, common, unit, rules),
  };
};

type Spreads = readonly Cell<readonly Distribution[]>[];

/**
 * The scale whose answers are shown: of those with enough answers to every question that of the gap that is told of, else
 * the first; where there is none, so of those with several questions. How many answered decides, not what. Never a scale
 * whose answers an earlier release showed of other respondents: both together would show those of whom they differ by.
 */
const scaleOfAnswers = (model: LeaderModel, spreads: Spreads, told: PageWave["told"]): number | null => {
  const { scales } = model.study;
  const several = scales.filter(
    ({ items }, index) => items.length > 1 && model.facts.scales[index]!.employees.at(-1)?.state === "shown",
  );
  const isShown = (id: string) => spreads[scales.findIndex((scale) => scale.id === id)]!.state === "shown";
  const enough = several.filter(({ id }) => !told.has(id) && isShown(id));
  const among = enough.length > 0 ? enough : several;
  const gap = foremost(gapsOf(gapModel(model)).filter(({ scale }) => among.includes(scale)));
  const chosen = gap?.scale ?? among[0];
  return chosen ? scales.indexOf(chosen) : null;
};

/** How a scale's items were answered: as it is now, or as the release that is kept showed it. */
const answersOf = (model: LeaderModel, basis: LeaderBasis, counts: Counts, { kept, told }: PageWave) => {
  const { scales } = basis.study;
  if (kept) {
    const scale = scales.findIndex(({ id }) => id === kept.answers?.scale);
    return kept.answers === null || scale < 0 ? null : { scale, items: kept.answers.items };
  }
  const wave = basis.study.waves.at(-1)?.id ?? "";
  const spreads = scales.map((_, index) => spreadsOf(basis, index, counts, wave));
  const scale = scaleOfAnswers(model, spreads, told);
  if (scale === null) return null;
  return { scale, items: told.has(scales[scale]!.id) ? suppressed : spreads[scale]! };
};

/** One leader's numbers, all of them through disclosure control. */
export const leaderFacts = (basis: LeaderBasis, { response, pages, benchmarks, ...rows }: LeaderRows): LeaderFacts => {
  const scores = new Map(rows.scores.map((row) => [keyOf(row.rater, row.wave, row.scale), row]));
  const counts = new Map(rows.answers.map(({ wave, item, answer, n }) => [keyOf(wave, item, `${answer}`), n]));
  const measured = basis.study.scales.map((_, index) => measuredIn(basis, index, { scores, counts, pages }, response));
  const changes = changesOf(basis, measured);
  const { waves } = basis.study;
  const last = pages(waves.at(-1)?.id ?? "");
  const facts: LeaderFacts = {
    leader: response.leader,
    asked: askedOf(basis, response),
    response: last.kept?.response ?? teamResponse(response.answered, response.employees, basis.rules),
    scales: measured.map((own, index) => ({
      ...scaleFacts(basis, index, { scores, measured: own, kept: last.kept, benchmarks }),
      change: changes[index] ?? null,
    })),
    answers: null,
    kept: waves.flatMap(({ id }) => (pages(id).kept ? [id] : [])),
  };
  return { ...facts, answers: answersOf({ study: basis.study, facts }, basis, counts, last) };
};
