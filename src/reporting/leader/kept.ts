import type { Benchmark } from "../../disclosure/benchmark.ts";
import type { Distribution } from "../../disclosure/distribution.ts";
import { type Before, keptCell, keptResponse } from "../../disclosure/kept.ts";
import type { EarlierPage, PageDecision } from "../../disclosure/lattice/own-pages.ts";
import { type Cell, suppressed } from "../../disclosure/published.ts";
import type { ShrunkMean } from "../../disclosure/shrunk.ts";
import type { Response, TeamMean } from "../../disclosure/team.ts";
import type { LeaderModel, LeaderScaleFacts, LeaderStudy } from "./model.ts";

/** One scale of a wave as an earlier release showed it. */
export interface KeptScale {
  readonly employees: Cell<TeamMean> | null;
  /** Respondents behind it. */
  readonly n: number;
  readonly benchmark: Cell<Benchmark>;
  readonly shrunk: Cell<ShrunkMean>;
}

/** A wave as an earlier release showed it; `response` and `answers` where it was that release's last. */
interface KeptWave {
  readonly scales: ReadonlyMap<string, KeptScale>;
  readonly response: Response | null;
  readonly answers: { readonly scale: string; readonly items: Cell<readonly Distribution[]> } | null;
}

/** What a page says of a wave: the numbers that stand, or else what was shown of other respondents before. */
export interface PageWave {
  readonly kept: KeptWave | null;
  /** By scale. */
  readonly before: (scale: string) => readonly Before[];
  /** Scales of whose items other respondents' answers were shown. */
  readonly told: ReadonlySet<string>;
}

/** A wave of which no earlier release showed anything else. */
export const newWave: PageWave = { kept: null, before: () => [], told: new Set() };

const nothing: KeptWave = { scales: new Map(), response: null, answers: null };

/** Whether what was shown then may be shown by the rules of now. */
const followsSameRules = (then: LeaderStudy, now: LeaderStudy): boolean =>
  then.confidence === now.confidence &&
  then.thresholds.respondents === now.thresholds.respondents &&
  then.thresholds.categories === now.thresholds.categories &&
  then.thresholds.benchmark === now.thresholds.benchmark;

/** The scales that are reported in the same unit as then, with their place then. */
const commonScales = (then: LeaderStudy, now: LeaderStudy) =>
  now.scales.flatMap((scale) => {
    const at = then.scales.findIndex(({ id }) => id === scale.id);
    const old = then.scales[at];
    const isSame = old?.low === scale.low && old.high === scale.high && old.decimals === scale.decimals;
    return isSame ? [{ id: scale.id, at }] : [];
  });

const itemsOf = ({ scales }: LeaderStudy, id: string): string =>
  JSON.stringify(scales.find((scale) => scale.id === id)?.items.map((item) => [item.id, item.reversed]) ?? []);

const keptAnswers = ({ study, facts }: LeaderModel, now: LeaderStudy): KeptWave["answers"] => {
  const id = facts.answers && study.scales[facts.answers.scale]?.id;
  if (!facts.answers || !id) return null;
  return { scale: id, items: itemsOf(study, id) === itemsOf(now, id) ? keptCell(facts.answers.items) : suppressed };
};

const keptScale = (old: LeaderScaleFacts, wave: number, isLast: boolean, n: number): KeptScale => {
  const cell = old.employees[wave] ?? null;
  return {
    employees: cell && keptCell(cell),
    n,
    benchmark: isLast ? keptCell(old.benchmark) : suppressed,
    shrunk: isLast ? keptCell(old.shrunk) : suppressed,
  };
};

/** The wave as that release's page of the leader showed it; nothing where there is no such page by the rules of now. */
const keptWave = (
  model: LeaderModel | null,
  wave: string,
  { n }: Pick<PageDecision, "n">,
  now: LeaderStudy,
): KeptWave => {
  if (model === null || !followsSameRules(model.study, now)) return nothing;
  const at = model.study.waves.findIndex(({ id }) => id === wave);
  const isLast = at === model.study.waves.length - 1;
  const scales = commonScales(model.study, now).map(
    ({ id, at: place }) => [id, keptScale(model.facts.scales[place]!, at, isLast, n[id] ?? 0)] as const,
  );
  return {
    scales: new Map(scales),
    response: isLast ? keptResponse(model.facts.response) : null,
    answers: isLast ? keptAnswers(model, now) : null,
  };
};

/** The benchmarks that an earlier release showed on a leader's page of the same last wave; none where it cannot be read. */
export const keptBenchmarks = (model: LeaderModel | null, now: LeaderStudy): ((scale: string) => Cell<Benchmark>) => {
  const wave = now.waves.at(-1)?.id ?? "";
  const { scales } = keptWave(model, wave, { n: {} }, now);
  return (scale) => scales.get(scale)?.benchmark ?? suppressed;
};

const beforeOf = (
  { n, gone, added, scales }: EarlierPage,
  { study, facts }: LeaderModel,
  wave: string,
  scale: string,
): Before | null => {
  const at = study.scales.findIndex(({ id }) => id === scale);
  const cell = facts.scales[at]?.employees[study.waves.findIndex(({ id }) => id === wave)];
  return cell && scales.includes(scale) ? { shown: cell, n: n[scale] ?? 0, gone, added } : null;
};

/**
 * What a page says of a wave as it was decided. `modelIn` reads a leader's page of an earlier release, null where it
 * cannot be read: what stood there is not shown again, and what is new not beside it.
 */
export const pageWave = async (
  wave: string,
  decision: PageDecision,
  now: LeaderStudy,
  modelIn: (release: string) => Promise<LeaderModel | null>,
): Promise<PageWave> => {
  const { kept, earlier } = decision;
  if (kept !== null) return { ...newWave, kept: keptWave(await modelIn(kept), wave, decision, now) };
  const read: (readonly [EarlierPage, LeaderModel])[] = [];
  for (const page of earlier) {
    const model = await modelIn(page.release);
    if (model === null) return { ...newWave, kept: nothing };
    read.push([page, model]);
  }
  return {
    kept: null,
    before: (scale) => read.flatMap(([page, model]) => beforeOf(page, model, wave, scale) ?? []),
    told: new Set(earlier.flatMap(({ answers }) => answers ?? [])),
  };
};
