import type { Status } from "./status.ts";

/** Intended against perceived leadership of one scale at one wave, over the leaders who have both. */
export interface IntendedPerceived {
  readonly scale: string;
  readonly wave: string;
  readonly leaders: number;
  readonly status: Status;
}
