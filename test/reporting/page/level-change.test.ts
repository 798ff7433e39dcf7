import { describe, expect, it } from "vitest";
import { rulesOf } from "../../../src/disclosure/rules.ts";
import { withChanges } from "../../../src/reporting/page/level-change.ts";
import { type LevelSource, partSeries } from "../../../src/reporting/page/levels.ts";

interface Part {
  readonly before: number;
  readonly after: number;
  readonly leaders?: readonly [number, number];
}

/** Welch's p of the first part below is 0.024 on 42.5 degrees of freedom (t = 2.34), as R's `pt` has it. */
const clear: Part = { before: 60, after: 63, leaders: [20, 25] };
const still: Part = { before: 60, after: 60.2 };

const changes = (parts: readonly Part[], waves = ["first", "last"]) => {
  const row = (cell: string, wave: string, mean: number, leaders: number, se: number) => ({
    ...{ grouping: "department", cell, wave, scale: "s", n: 10 * leaders, leaders, largest: 15, mean, se },
  });
  const ids = parts.map((_, index) => `D${index}`);
  const rows = parts.flatMap(({ before, after, leaders = [20, 25] }, index) => [
    row(ids[index]!, "first", before, leaders[0], 0.8),
    row(ids[index]!, "last", after, leaders[1], 1),
  ]);
  const whole = ["first", "last"].map((wave) => {
    const own = rows.filter((each) => each.wave === wave);
    const sum = (of: (each: (typeof own)[number]) => number) => own.reduce((all, each) => all + of(each), 0);
    return {
      ...row(
        "",
        wave,
        60,
        sum((each) => each.leaders),
        0.5,
      ),
      grouping: "organisation",
    };
  });
  const source: LevelSource = {
    rows: [...rows, ...whole],
    waves,
    outcome: { low: 0, high: 100, decimals: 1 },
    confidence: 0.95,
    rules: rulesOf({ respondents: 5, leaders: 3, strict: false }),
  };
  return withChanges("department", partSeries("department", ids, source), source).map(({ change }) =>
    change.state === "shown" ? change.value : change.state,
  );
};

describe("a change from the first wave to the last", () => {
  it("is a rise or a fall where Welch's test says so", () => {
    expect(changes([clear])).toEqual(["rise"]);
    expect(changes([{ ...clear, before: 63, after: 60 }])).toEqual(["fall"]);
    expect(changes([{ ...clear, after: 62.5 }])).toEqual(["none"]);
  });
  it("is adjusted by Holm for all that are tested", () => {
    expect(changes([clear, still])).toEqual(["rise", "none"]);
    expect(changes([clear, still, still])).toEqual(["none", "none", "none"]);
    expect(changes([still, { ...clear, after: 70 }, clear])).toEqual(["none", "rise", "rise"]);
  });
  it("is not tested with fewer than ten leaders at either wave, and does not count among the tests", () => {
    const few: Part = { before: 60, after: 90, leaders: [9, 25] };
    expect(changes([clear, still, few])).toEqual(["rise", "none", "suppressed"]);
  });
  it("takes two waves", () => {
    expect(changes([clear], ["last"])).toEqual(["suppressed"]);
  });
});
