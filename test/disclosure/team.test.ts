import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distributions, impliedMean } from "../../src/disclosure/distribution.ts";
import { reveal, suppressed, valueIn } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import {
  anywhere,
  mayPool,
  ownAnswer,
  ownGap,
  roundInside,
  teamMean,
  teamResponse,
  teamSd,
} from "../../src/disclosure/team.ts";

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });
const strict = rulesOf({ respondents: 5, leaders: 3, strict: true });
const item = { low: 1, high: 5, margin: 1, decimals: 1 };
const index = { low: 0, high: 100, margin: 25, decimals: 0 };
const spread = { sd: 20, df: 400, t: 2, leaders: 40, largest: 0.1 };

describe("a team's mean", () => {
  it("is hidden below five respondents, and looks the same for four as for none", () => {
    expect(teamMean({ n: 4, mean: 60 }, index, anywhere, spread, rules)).toEqual(
      teamMean({ n: 0, mean: Number.NaN }, index, anywhere, spread, rules),
    );
    expect(teamMean({ n: 5, mean: 60 }, index, anywhere, spread, rules).state).toBe("shown");
    expect(teamMean({ n: 6, mean: 60 }, index, anywhere, spread, strict).state).toBe("suppressed");
  });
  it("never tells all-alike at an end from a lone dissenter", () => {
    const all = teamMean({ n: 5, mean: 5 }, item, anywhere, spread, rules);
    expect(all).toEqual(teamMean({ n: 5, mean: 4.8 }, item, anywhere, spread, rules));
    expect(valueIn(all)).toMatchObject({ mean: 4.8, bound: "at-least" });
    expect(valueIn(teamMean({ n: 5, mean: 1 }, item, anywhere, spread, rules))).toMatchObject({
      mean: 1.2,
      bound: "at-most",
    });
  });
  it("is never the end of its scale, however many answer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 400 }), fc.double({ min: 0, max: 100, noNaN: true }), (n, mean) => {
        const shown = valueIn(teamMean({ n, mean }, index, anywhere, spread, rules));
        expect(shown?.mean).toBeGreaterThan(0);
        expect(shown?.mean).toBeLessThan(100);
      }),
    );
  });
  it("is told truly where what else is known leaves no room, at either end of the scale", () => {
    const told = (answers: readonly number[]) => {
      const n = answers.reduce((sum, each) => sum + each, 0);
      const mean = (100 * (answers[1]! + 2 * answers[2]!)) / (2 * n);
      const implied = impliedMean(distributions([answers, answers], rules), [false, false]);
      const { bound, mean: shown } = valueIn(teamMean({ n, mean }, { ...index, margin: 50 }, implied, spread, rules))!;
      return { bound, shown, isTrue: bound === "at-most" ? mean <= shown : mean >= shown };
    };
    expect(told([10, 0, 0])).toEqual({ bound: "at-most", shown: 10, isTrue: true });
    expect(told([9, 1, 0])).toEqual(told([10, 0, 0]));
    expect(told([0, 0, 10])).toEqual({ bound: "at-least", shown: 90, isTrue: true });
    expect(told([0, 1, 9])).toEqual(told([0, 0, 10]));
    for (const n of [10, 40, 300])
      for (const answers of [
        [n, 0, 0],
        [n - 1, 0, 1],
        [0, n, 0],
        [0, n - 1, 1],
        [1, 0, n - 1],
        [0, 0, n],
      ])
        expect(told(answers).isTrue, `${answers}`).toBe(true);
  });
  it("has an interval from the spread of all teams, and none when the pool is nearly one team", () => {
    expect(valueIn(teamMean({ n: 16, mean: 60 }, index, anywhere, spread, rules))).toMatchObject({ low: 50, high: 70 });
    expect(valueIn(teamMean({ n: 16, mean: 60 }, index, anywhere, { ...spread, leaders: 2 }, rules))).toMatchObject({
      low: null,
    });
    expect(valueIn(teamMean({ n: 16, mean: 60 }, index, anywhere, { ...spread, largest: 0.9 }, rules))).toMatchObject({
      low: null,
    });
  });
  it("writes one digit more where an end of the interval would round to zero, and 0 only at the end of the scale", () => {
    expect(valueIn(teamMean({ n: 16, mean: 10.3 }, index, anywhere, spread, rules))).toMatchObject({
      low: 0.3,
      high: 20,
    });
    expect(valueIn(teamMean({ n: 16, mean: 8 }, index, anywhere, spread, rules))).toMatchObject({ low: 0 });
    const signed = { low: -3, high: 3, margin: 1, decimals: 1 };
    const narrow = { ...spread, sd: 1 };
    expect(valueIn(teamMean({ n: 16, mean: 0.46 }, signed, anywhere, narrow, rules))).toMatchObject({
      low: -0.04,
      high: 1,
    });
  });
  it("shows its standard deviation from ten respondents", () => {
    expect(teamSd(9, 12, index, rules).state).toBe("suppressed");
    expect(teamSd(10, 12, index, rules).state).toBe("shown");
  });
});

describe("each bound of a team's mean", () => {
  const cellOf = (mean: number, n = 5, unit = index, implied = anywhere, own = spread) =>
    valueIn(teamMean({ n, mean }, unit, implied, own, rules))!;
  const told = (...asked: Parameters<typeof cellOf>) => {
    const { mean, bound } = cellOf(...asked);
    return [mean, bound];
  };
  const nine = { ...index, low: 1, high: 9, margin: 2, decimals: 1 };

  it.each([
    [95, 5, index, [95, "at-least"]],
    [94.99, 5, index, [95, null]],
    [5, 5, index, [5, "at-most"]],
    [5.01, 5, index, [5, null]],
    [100, 7, index, [96, "at-least"]],
    [0, 7, index, [4, "at-most"]],
    [5, 7, item, [4.8, "at-least"]],
    [1, 7, item, [1.2, "at-most"]],
    [100, 400, index, [99, "at-least"]],
    [0, 400, index, [1, "at-most"]],
    [9, 5, nine, [8.6, "at-least"]],
    [1, 5, nine, [1.4, "at-most"]],
    [8.59, 5, nine, [8.6, null]],
  ] as const)("%d of %i in %o is told as %j", (mean, n, unit, expected) => {
    expect(told(mean, n, unit)).toEqual(expected);
  });

  it.each([
    // All is known of it.
    [60, { low: 0.6, high: 0.6 }, [60, null]],
    // Five answers may carry it by 5 at either end: 55 to 55 leaves no room, 55 to 56 some.
    [55, { low: 0.5, high: 0.6 }, [50, "at-least"]],
    [55.5, { low: 0.5, high: 0.61 }, [56, null]],
    [55, { low: 0.5, high: 0.61 }, [55, "at-most"]],
    [56, { low: 0.5, high: 0.61 }, [56, "at-least"]],
    [3, { low: 0, high: 0.08 }, [8, "at-most"]],
    [3, { low: 0.009, high: 0.08 }, [8, "at-most"]],
    [3, { low: 0.01, high: 0.08 }, [1, "at-least"]],
  ] as const)("%d that must lie within %o is told as %j", (mean, implied, expected) => {
    expect(told(mean, 5, index, implied)).toEqual(expected);
  });

  it("has an interval round what is known of it before it is rounded, that ends with the scale", () => {
    expect(cellOf(50.4, 16, index, anywhere, { ...spread, sd: 21.4 })).toMatchObject({ mean: 50, low: 40, high: 61 });
    expect(cellOf(3, 25)).toMatchObject({ low: 0, high: 11 });
    expect(cellOf(97, 25)).toMatchObject({ low: 89, high: 100 });
    expect(cellOf(60, 5)).toMatchObject({ low: 42, high: 78 });
    expect(cellOf(60, 16, index, anywhere, { ...spread, t: 1 })).toMatchObject({ low: 55, high: 65 });
    expect(valueIn(teamMean({ n: 16, mean: 60 }, index, anywhere, null, rules))).toMatchObject({
      low: null,
      high: null,
    });
  });
});

describe("a spread that intervals may be made of", () => {
  it.each([
    [{ leaders: 3 }, true],
    [{ leaders: 2 }, false],
    [{ largest: 0.8 }, true],
    [{ largest: 0.81 }, false],
    [{ sd: 5, df: 25 }, true],
    [{ sd: 4.99, df: 25 }, false],
    [{ sd: 5, df: 24 }, false],
    [{ sd: 0 }, false],
  ])("with %o: %s", (over, may) => {
    expect(mayPool({ ...spread, ...over }, index, rules)).toBe(may);
  });

  it("is wide by the scale's own ends", () => {
    expect(mayPool({ ...spread, sd: 0.25, df: 16 }, item, rules)).toBe(true);
    expect(mayPool({ ...spread, sd: 0.24, df: 16 }, item, rules)).toBe(false);
  });
});

describe("what else stands on a leader's page", () => {
  it.each([
    [0, index, 1],
    [100, index, 99],
    [50.5, index, 51],
    [1, item, 1.1],
    [5, item, 4.9],
    [3.14, item, 3.1],
  ])("%d in %o is inside it as %d", (value, unit, inside) => {
    expect(roundInside(value, unit)).toBe(inside);
  });

  it("is a deviation to one decimal at least", () => {
    expect(valueIn(teamSd(10, 12.345, index, rules))).toBe(12.3);
    expect(valueIn(teamSd(10, 1.2345, { ...item, decimals: 2 }, rules))).toBe(1.23);
  });

  it("is the own answer and how far it is from the team's, as both are shown", () => {
    const own = ownAnswer(72.4, index);
    const team = teamMean({ n: 8, mean: 60.4 }, index, anywhere, spread, rules);
    expect([reveal(own!), ownAnswer(null, index)]).toEqual([72, null]);
    expect(valueIn(ownGap(own, team, index))).toBe(12);
    for (const cell of [ownGap(null, team, index), ownGap(own, null, index), ownGap(own, suppressed, index)])
      expect(cell).toBe(suppressed);
  });

  it.each([
    [5, 8, { state: "exact", answered: 5, invited: 8, percent: 63 }],
    [5, 5, { state: "exact", answered: 5, invited: 5, percent: 100 }],
    [5, 4, { state: "exact", answered: 5, invited: null, percent: null }],
    [5, null, { state: "exact", answered: 5, invited: null, percent: null }],
    [4, 5, { state: "under", threshold: 5, invited: 5 }],
    [4, 4, { state: "under", threshold: 5, invited: null }],
    [4, null, { state: "under", threshold: 5, invited: null }],
  ])("is of %i answers of %s invited %o", (answered, invited, told) => {
    const plain = JSON.stringify(teamResponse(answered, invited, rules), (_, each) => each?.v ?? each);
    expect(JSON.parse(plain)).toEqual(told);
  });
});
