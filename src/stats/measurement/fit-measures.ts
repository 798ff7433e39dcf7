import { chiSquareUpper } from "../distribution/distributions.ts";
import type { Reference } from "./factor-moments.ts";

/** How well a multi-group model fits. */
export interface FitMeasures {
  readonly chiSquared: number;
  readonly df: number;
  /** Null without degrees of freedom. */
  readonly p: number | null;
  readonly cfi: number;
  readonly tli: number;
  readonly rmsea: number;
}

/**
 * χ², CFI (Bentler 1990), TLI and RMSEA (Steiger & Lind 1980), of several groups times √groups (Steiger 1998), as
 * lavaan computes them from the normal likelihood.
 */
export function fitMeasures(
  found: Reference,
  saturated: Reference,
  independent: Reference,
  groups: number,
  n: number,
): FitMeasures {
  const chiSquared = Math.max(0, found.value - saturated.value);
  const df = saturated.parameters - found.parameters;
  const baseline = independent.value - saturated.value;
  const baselineDf = saturated.parameters - independent.parameters;
  const excess = Math.max(chiSquared - df, 0);
  const largest = Math.max(excess, baseline - baselineDf);
  const ratio = baseline / baselineDf;
  return {
    chiSquared,
    df,
    p: df > 0 ? chiSquareUpper(chiSquared, df) : null,
    cfi: largest > 0 ? 1 - excess / largest : 1,
    tli: df > 0 ? (ratio - chiSquared / df) / (ratio - 1) : 1,
    rmsea: df > 0 ? Math.sqrt((excess * groups) / (n * df)) : 0,
  };
}
