import type { Change } from "../../../disclosure/change.ts";
import type { Cell, Published } from "../../../disclosure/published.ts";
import type { TeamMean } from "../../../disclosure/team.ts";
import type { Text } from "../../../study/study.ts";
import type { LeaderScale } from "../voice.ts";

/** One scale, wave by wave. Null means not asked (employees) or not answered (own). */
export interface DevelopingScale {
  readonly scale: LeaderScale;
  readonly own: readonly (Published<number> | null)[];
  readonly employees: readonly (Cell<TeamMean> | null)[];
  /** From the first wave with shown answers to the last, where the last wave is shown. */
  readonly change: { readonly since: number; readonly cell: Cell<Change> } | null;
}

export interface DevelopmentModel {
  /** Names of the waves; the last is the one that the report is about. */
  readonly waves: readonly Text[];
  readonly scales: readonly DevelopingScale[];
}
