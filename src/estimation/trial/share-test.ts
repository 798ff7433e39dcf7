import { clusterRobust } from "../../stats/regression/cluster-robust.ts";
import type { JointTest } from "../../stats/regression/joint-test.ts";
import { type TTest, tTest } from "../../stats/regression/t-test.ts";
import type { Design } from "../design/design.ts";
import { type ArmFit, armFit, armTest } from "./arm-fit.ts";

/** Events among so many rows of one leader, as an index of `Design.leaders`. */
export interface LeaderShare {
  readonly leader: number;
  readonly rows: number;
  readonly events: number;
}

/** How often an event is in each arm: the fit of its 0/1 rows, whose columns are the first arm and what others differ by. */
export type ShareFit = ArmFit;

/**
 * Least squares of the 0/1 rows on the arms, with the units of allocation as clusters. Counts are the complete moments of
 * a 0/1 outcome, so that no row is needed. Null with fewer than two arms, or without variation within arms.
 */
export const shareFit = (design: Design, shares: readonly LeaderShare[]): ShareFit | null =>
  armFit(
    design,
    shares.map(({ leader, rows, events }) => ({ leader, rows, sum: events, squares: events })),
    null,
  );

/** Test that the event is equally frequent in all arms, over the units of allocation. Null with too few units. */
export const shareTest = (fitted: ShareFit): JointTest | null => armTest(fitted);

/** The difference of two arms' shares with CR2 and Satterthwaite's degrees of freedom; null where it cannot be had. */
export function shareDifference(
  { fit, arms }: ShareFit,
  arm: number,
  reference: number,
  confidence: number,
): TTest | null {
  if (!arms.includes(arm) || !arms.includes(reference)) return null;
  const sign = (column: string): number => Number(column === `${arm}`) - Number(column === `${reference}`);
  const contrast = clusterRobust(fit, "CR2", [Float64Array.from(fit.columns, sign)]).contrasts[0]!;
  const found = tTest(contrast, confidence);
  return typeof found === "string" ? null : found;
}
