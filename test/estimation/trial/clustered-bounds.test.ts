import { describe, expect, test } from "vitest";
import { clusteredBounds } from "../../../src/estimation/trial/clustered-bounds.ts";
import { leeBounds } from "../../../src/stats/trial/lee-bounds.ts";
import { expectClose } from "../../oracle/read.ts";
import { madeDesign, madeStudy } from "../made-study.ts";

const study = madeStudy({ arms: ["control", "a"], waves: ["after"], baseline: null });
/** Three leaders a unit, four units an arm; NaN where a leader was lost. */
const values = [
  51,
  48,
  55,
  60,
  62,
  58,
  44,
  47,
  Number.NaN,
  53,
  50,
  49,
  66,
  61,
  64,
  70,
  Number.NaN,
  68,
  59,
  57,
  63,
  72,
  75,
  Number.NaN,
];
const means = Float64Array.from(values);
const designOf = (unitOf: (leader: number) => string) =>
  madeDesign(
    study,
    values.map((_, k) => ({ leader: `l${k}`, arm: k < 12 ? "control" : "a", block: "", unit: unitOf(k) })),
  );
const inUnits = designOf((k) => `u${Math.floor(k / 3)}`);
const alone = designOf((k) => `l${k}`);
const arm = (from: number, without: number) => {
  const own = values.slice(from, from + 12).filter((_, k) => Math.floor((from + k) / 3) !== without);
  return { outcomes: Float64Array.from(own.filter((value) => !Number.isNaN(value))), randomised: own.length };
};

describe("bounds where units were given to arms whole", () => {
  test("are Lee's, with the spread of the bounds that leave one unit out", () => {
    const found = clusteredBounds(inUnits, means, 1, 0)!;
    const plain = leeBounds(arm(12, -1), arm(0, -1))!;
    expect([found.low, found.high, found.trims]).toEqual([plain.low, plain.high, plain.trims]);
    for (const [end, se] of [
      ["low", found.lowSe],
      ["high", found.highSe],
    ] as const) {
      const without = (units: readonly number[]) => units.map((unit) => leeBounds(arm(12, unit), arm(0, unit))![end]);
      const variance = [without([0, 1, 2, 3]), without([4, 5, 6, 7])]
        .map((each) => {
          const mean = each.reduce((sum, value) => sum + value, 0) / 4;
          return (3 / 4) * each.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        })
        .reduce((sum, part) => sum + part, 0);
      expectClose(se, Math.sqrt(variance), 1e-12, end);
    }
    expect(found.df).toBe(3);
  });

  test("without loss are the difference in means, with the standard error of it where each leader is a unit", () => {
    const whole = means.map((value) => (Number.isNaN(value) ? 57 : value));
    const found = clusteredBounds(alone, whole, 1, 0)!;
    const plain = leeBounds(
      { outcomes: whole.slice(12), randomised: 12 },
      { outcomes: whole.slice(0, 12), randomised: 12 },
    )!;
    expect(found.low).toBe(found.high);
    expectClose(found.lowSe, plain.lowSe!, 1e-12, "the jackknife of a mean is its standard error");
  });

  test("have no standard error with a single unit in an arm", () => {
    const one = designOf((k) => (k < 12 ? "u" : `l${k}`));
    const { lowSe, highSe } = clusteredBounds(one, means, 1, 0)!;
    expect([lowSe, highSe]).toEqual([null, null]);
  });
});
