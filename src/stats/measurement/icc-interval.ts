import { fCritical } from "../distribution/distributions.ts";
import type { OneWay } from "./agreement.ts";

/**
 * Interval of ICC(1) from the F of its one-way analysis of variance over clusters of `size` rows (Searle 1971; Shrout &
 * Fleiss 1979), as `psych::ICC` has it. Exact for normal scores where clusters are of one size; with their mean size, as
 * here in `icc1`, an approximation elsewhere, as Donner's (1979) with the size that an analysis of variance gives. Null
 * where clusters do not vary inside.
 */
export function iccInterval(
  { f, df1, df2 }: OneWay,
  size: number,
  confidence: number,
): { readonly low: number; readonly high: number } | null {
  if (!Number.isFinite(f)) return null;
  const at = (upperTail: number): number => {
    const ratio = f / fCritical(upperTail, df1, df2);
    return (ratio - 1) / (ratio + size - 1);
  };
  const tail = (1 - confidence) / 2;
  return { low: at(tail), high: at(1 - tail) };
}
