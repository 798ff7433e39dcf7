import type { Benchmark } from "../../../disclosure/benchmark.ts";
import type { Cell, Published } from "../../../disclosure/published.ts";
import type { ShrunkMean } from "../../../disclosure/shrunk.ts";
import type { TeamMean } from "../../../disclosure/team.ts";
import type { LeaderScale } from "../voice.ts";

/** One scale in the last wave. Null means not asked (employees) or not answered (own). */
export interface GapScale {
  readonly scale: LeaderScale;
  readonly own: Published<number> | null;
  readonly employees: Cell<TeamMean> | null;
  /** Own less employees' answer. */
  readonly gap: Cell<number>;
  readonly benchmark: Cell<Benchmark>;
  readonly shrunk: Cell<ShrunkMean>;
}

export interface GapModel {
  readonly confidence: number;
  /** In the order of the instrument. */
  readonly scales: readonly GapScale[];
}
