import type { Cell } from "../../../disclosure/published.ts";
import type { Status } from "../../../estimation/design/status.ts";
import type { Text } from "../../../study/study.ts";
import type { ResearchFrame } from "../voice.ts";

export const surfaceParameters = ["a1", "a2", "a3", "a4", "a5"] as const;
export type SurfaceParameterName = (typeof surfaceParameters)[number];

export interface SurfaceNumber {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** What an outcome is where own and employees' answers of a scale agree or part, at the last wave. */
export interface SurfaceRow {
  readonly scale: string;
  readonly name: Text;
  readonly outcome: string;
  readonly outcomeName: Text;
  readonly leaders: number;
  readonly status: Status;
  readonly parameters: Cell<Readonly<Record<SurfaceParameterName, SurfaceNumber>>>;
}

export interface SurfacesModel extends ResearchFrame {
  readonly surfaces: readonly SurfaceRow[];
}
