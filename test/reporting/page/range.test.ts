import { describe, expect, it } from "vitest";
import { endDecimals, roundTo } from "../../../src/disclosure/unit.ts";
import { intervalOf } from "../../../src/reporting/effect/facts.ts";
import { formatRange } from "../../../src/reporting/page/locale.ts";

describe("an end of an interval that would be written as zero", () => {
  it.each([
    [0.046, 1, "0,05"],
    [-0.046, 1, "−0,05"],
    [0.05, 1, "0,05"],
    [0.0046, 1, "0,005"],
    [0.051, 1, "0,1"],
    [0.4, 0, "0,4"],
    [2.04, 1, "2,0"],
    [0, 1, "0,0"],
  ])("%s with %s decimals is rounded and written alike", (value, decimals, written) => {
    const shown = intervalOf(value, 9, decimals)!;
    expect(formatRange(shown.low, shown.high, decimals, "da").split(/–| til /)[0]).toBe(written);
    expect(Math.sign(shown.low)).toBe(Math.sign(value));
    expect(roundTo(shown.low, endDecimals(shown.low, decimals))).toBe(shown.low);
  });
});
