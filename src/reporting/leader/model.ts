import type { Benchmark } from "../../disclosure/benchmark.ts";
import type { Change } from "../../disclosure/change.ts";
import type { Distribution } from "../../disclosure/distribution.ts";
import type { Cell, Published } from "../../disclosure/published.ts";
import type { ShrunkMean } from "../../disclosure/shrunk.ts";
import type { Response, TeamMean } from "../../disclosure/team.ts";
import type { Text } from "../../study/study.ts";
import type { AnswersModel } from "./answers/model.ts";
import type { DevelopmentModel } from "./development/model.ts";
import { foremost, gapsOf } from "./gap/gaps.ts";
import type { GapModel } from "./gap/model.ts";
import type { LeaderScale } from "./voice.ts";

/** Places of the numbers that say nothing of anybody's answers: rules, and of scales their ends and decimals. */
export const sharedNumbers: readonly RegExp[] = [
  /^confidence$/,
  /^thresholds\/\w+$/,
  /^scales\/\d+\/(low|high|decimals)$/,
];

/** The same of one leader's numbers: which scale or wave something is of, and a threshold. */
export const leaderNumbers: readonly RegExp[] = [
  /^response\/threshold$/,
  /^scales\/\d+\/change\/since$/,
  /^answers\/scale$/,
];

/** What all leader reports of a release share. */
export interface LeaderStudy {
  readonly title: Text;
  readonly synthetic: boolean;
  /** Up to the wave that the report is about, which is the last. */
  readonly waves: readonly { readonly id: string; readonly name: Text; readonly from: string; readonly to: string }[];
  /** Whether that wave was still open when the release was made. */
  readonly open: boolean;
  readonly scales: readonly LeaderScale[];
  readonly confidence: number;
  readonly thresholds: { readonly respondents: number; readonly categories: number; readonly benchmark: number | null };
  /** Waves of which numbers that all reports share, the spread and the benchmark, are those of an earlier release. */
  readonly kept: readonly string[];
}

/** One scale of one leader, wave by wave. Null means not asked (employees) or not answered (own). */
export interface LeaderScaleFacts {
  readonly own: readonly (Published<number> | null)[];
  readonly employees: readonly (Cell<TeamMean> | null)[];
  /** In the last wave: own less employees' answer. */
  readonly gap: Cell<number>;
  readonly benchmark: Cell<Benchmark>;
  /** In the last wave: the employees' mean drawn towards that of all leaders by its reliability. */
  readonly shrunk: Cell<ShrunkMean>;
  /** From the first wave with shown answers to the last, where the last wave is shown. */
  readonly change: { readonly since: number; readonly cell: Cell<Change> } | null;
}

/** Who was asked about a leader in the wave that the report is about. */
export interface Asked {
  /** Whether the leader held the post while the wave ran, had left it before, or took it up after. */
  readonly post: "held" | "left" | "ahead";
  readonly own: boolean;
  readonly employees: boolean;
}

/** One leader's own numbers; `scales` runs beside `LeaderStudy.scales`. */
export interface LeaderFacts {
  readonly leader: string;
  readonly asked: Asked;
  readonly response: Response;
  readonly scales: readonly LeaderScaleFacts[];
  /** How employees answered the questions of one scale; null where no scale can be shown. */
  readonly answers: { readonly scale: number; readonly items: Cell<readonly Distribution[]> } | null;
  /** Waves whose numbers are those of an earlier release. */
  readonly kept: readonly string[];
}

/** All that one leader's page is made of. */
export interface LeaderModel {
  readonly study: LeaderStudy;
  readonly facts: LeaderFacts;
}

/** The part of the model that the comparison of own and employees' answers in the last wave is made of. */
export const gapModel = ({ study, facts }: LeaderModel): GapModel => ({
  confidence: study.confidence,
  scales: study.scales.map((scale, index) => {
    const { own, employees, gap, benchmark, shrunk } = facts.scales[index]!;
    return { scale, own: own.at(-1) ?? null, employees: employees.at(-1) ?? null, gap, benchmark, shrunk };
  }),
});

/** The part that the development over the waves is made of. */
export const developmentModel = ({ study, facts }: LeaderModel): DevelopmentModel => ({
  waves: study.waves.map(({ name }) => name),
  scales: study.scales.map((scale, index) => {
    const { own, employees, change } = facts.scales[index]!;
    return { scale, own, employees, change };
  }),
});

/** The part that the answers to the questions of one scale are made of; null where no scale can be shown. */
export const answersModel = (model: LeaderModel): AnswersModel | null => {
  const { answers } = model.facts;
  if (answers === null) return null;
  const gaps = gapsOf(gapModel(model));
  const told = foremost(gaps);
  const scale = model.study.scales[answers.scale]!;
  return {
    scale,
    items: answers.items,
    threshold: model.study.thresholds.categories,
    isLargestGap:
      told !== null &&
      told.scale === scale &&
      told.value !== 0 &&
      gaps.every((gap) => gap === told || gap.most < told.least),
  };
};
