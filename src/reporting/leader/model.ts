import type { Benchmark } from "../../disclosure/benchmark.ts";
import type { Distribution } from "../../disclosure/distribution.ts";
import type { Cell, Published } from "../../disclosure/published.ts";
import type { ShrunkMean } from "../../disclosure/shrunk.ts";
import type { Change, Response, TeamMean } from "../../disclosure/team.ts";
import type { Text } from "../../study/study.ts";

/** A scale as a leader report names it; everything about numbers is in its unit. */
export interface LeaderScale {
  readonly id: string;
  readonly name: Text;
  readonly low: number;
  readonly high: number;
  readonly decimals: number;
  /** Asked of leaders too, so that the two can be compared. */
  readonly own: boolean;
  /** The questions that employees answer, in questionnaire order; empty for a scale of scales. */
  readonly items: readonly { readonly id: string; readonly text: Text }[];
  /** Labels of the answer categories from the lowest score to the highest; empty where there are too many to show. */
  readonly answers: readonly Text[];
}

/** What all leader reports of a release share. */
export interface LeaderStudy {
  readonly title: Text;
  readonly synthetic: boolean;
  /** Up to the wave that the report is about, which is the last. */
  readonly waves: readonly { readonly id: string; readonly name: Text; readonly to: string }[];
  /** Whether that wave was still open when the release was made. */
  readonly open: boolean;
  readonly scales: readonly LeaderScale[];
  readonly confidence: number;
  readonly thresholds: { readonly respondents: number; readonly categories: number; readonly benchmark: number | null };
}

/** One scale of one leader, wave by wave. Null means not asked (employees) or not answered (own). */
export interface LeaderScaleFacts {
  readonly own: readonly (Published<number> | null)[];
  readonly employees: readonly (Cell<TeamMean> | null)[];
  readonly benchmark: Cell<Benchmark>;
  /** In the last wave: the employees' mean drawn towards that of all leaders by its reliability. */
  readonly shrunk: Cell<ShrunkMean>;
  /** From the first wave with shown answers to the last, where the last wave is shown. */
  readonly change: { readonly since: number; readonly cell: Cell<Change> } | null;
}

/** One leader's own numbers; `scales` runs beside `LeaderStudy.scales`. */
export interface LeaderFacts {
  readonly leader: string;
  readonly response: Response;
  readonly scales: readonly LeaderScaleFacts[];
  /** How employees answered the questions of one scale; null where no scale can be shown. */
  readonly answers: { readonly scale: number; readonly items: readonly Cell<Distribution>[] } | null;
}

/** All that one leader's page is made of. */
export interface LeaderModel {
  readonly study: LeaderStudy;
  readonly facts: LeaderFacts;
}
