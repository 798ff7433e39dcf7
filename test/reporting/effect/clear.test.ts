import { describe, expect, it } from "vitest";
import { isClear, omitsZero, statedInterval } from "../../../src/reporting/effect/clear.ts";
import type { EffectNumbers } from "../../../src/reporting/effect/effect.ts";

const numbers = (more: Partial<EffectNumbers>): EffectNumbers => ({
  estimate: 2.2,
  se: 1,
  df: 40,
  p: 0.034,
  pAdjusted: null,
  interval: { low: 0.2, high: 4.2 },
  adjusted: null,
  half: null,
  standardised: null,
  minimumDetectable: null,
  againstSmallest: null,
  ...more,
});

describe("one rule for what is clear", () => {
  it("goes by the adjusted interval, which is also the one that is written", () => {
    const adjusted = numbers({ pAdjusted: 0.1, adjusted: { low: -0.4, high: 4.8 } });
    expect(statedInterval(adjusted)).toEqual({ low: -0.4, high: 4.8 });
    expect(isClear(adjusted, 0.95)).toBe(false);
    expect(isClear(numbers({ pAdjusted: 0.04, adjusted: { low: 0.1, high: 4.3 } }), 0.95)).toBe(true);
  });
  it("goes by the plain interval where p is not adjusted", () => {
    expect(statedInterval(numbers({}))).toEqual({ low: 0.2, high: 4.2 });
    expect(isClear(numbers({}), 0.95)).toBe(true);
    expect(isClear(numbers({ interval: { low: -0.1, high: 4.5 } }), 0.95)).toBe(false);
  });
  it("goes by the corrected p where p comes from draws, whose interval is not corrected", () => {
    const drawn = { df: null, p: 0.03, interval: { low: 0.2, high: 4.2 } };
    expect(isClear(numbers({ ...drawn, pAdjusted: 0.09 }), 0.95)).toBe(false);
    expect(isClear(numbers({ ...drawn, pAdjusted: 0.04 }), 0.95)).toBe(true);
    expect(isClear(numbers({ ...drawn, interval: null }), 0.95)).toBe(true);
    expect(isClear(numbers({ ...drawn, p: 0.06 }), 0.95)).toBe(false);
  });
  it("has zero inside an interval that ends in it", () => {
    expect(
      [
        { low: 0, high: 2 },
        { low: -2, high: 0 },
        { low: 0.05, high: 2 },
      ].map(omitsZero),
    ).toEqual([false, false, true]);
  });
});
