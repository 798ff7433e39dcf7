import { describe, expect, it } from "vitest";
import { aggregate, countInSteps, estimateCell, nonLinear } from "../../src/disclosure/aggregate.ts";
import { reveal } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import { endDecimals, roundTo } from "../../src/disclosure/unit.ts";

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });

describe("what is shown of many", () => {
  it.each([
    [{ n: 5, leaders: 3, largest: 4 }, "shown"],
    [{ n: 4, leaders: 3, largest: 2 }, "suppressed"],
    [{ n: 50, leaders: 2, largest: 25 }, "suppressed"],
    [{ n: 10, leaders: 3, largest: 8 }, "shown"],
    [{ n: 10, leaders: 3, largest: 9 }, "suppressed"],
  ])("a mean of %o is %s", (support, state) => {
    expect(aggregate(support, 1, rules).state).toBe(state);
  });

  it.each([
    [{ n: 30, leaders: 10, largest: 24 }, "shown"],
    [{ n: 29, leaders: 10, largest: 5 }, "suppressed"],
    [{ n: 30, leaders: 9, largest: 5 }, "suppressed"],
    [{ n: 30, leaders: 10, largest: 25 }, "suppressed"],
  ])("what is no sum of answers, of %o, is %s", (support, state) => {
    expect(nonLinear(support, 1, rules).state).toBe(state);
  });

  it.each([
    [6, 10, "shown"],
    [5, 10, "suppressed"],
    [6, 9, "suppressed"],
    [5, 500, "suppressed"],
    [60, 9, "suppressed"],
  ])("an estimate of %i leaders and %i respondents is %s", (leaders, respondents, state) => {
    expect(estimateCell(leaders, respondents, 1, rules).state).toBe(state);
  });

  it("a count is rounded down to its step", () => {
    expect([4, 5, 9, 10, 11].map((count) => reveal(countInSteps(count, rules)))).toEqual([0, 5, 5, 10, 10]);
  });
});

describe("decimals", () => {
  it("are what is published, halves upwards", () => {
    expect([roundTo(2.345, 1), roundTo(2.35, 1), roundTo(-2.35, 1), roundTo(49.5, 0)]).toEqual([2.3, 2.4, -2.3, 50]);
  });

  it("of an end are as many more as its sign needs, three at most", () => {
    expect([0.6, 0.4, -0.04, 0.004, 0.0004, 0.00004, 0].map((end) => endDecimals(end, 0))).toEqual([
      0, 1, 2, 3, 0, 0, 0,
    ]);
    expect([0.06, 0.04, -0.004].map((end) => endDecimals(end, 1))).toEqual([1, 2, 3]);
  });
});
