import type { Cell } from "../../../disclosure/published.ts";

/** How often the leaders of an arm came to the programme's sessions, of those of whom it is known. */
export interface Dose {
  readonly arm: string;
  readonly attended: Cell<{ readonly leaders: number; readonly sessions: number }>;
}
