import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readDashboard } from "../../src/audit/served-dashboard.ts";

/** JSON that a test may take apart. */
// biome-ignore lint/suspicious/noExplicitAny: a frozen model as anything may have changed it
type Loose = any;
const golden: Loose = JSON.parse(readFileSync("test/golden/management-model.json", "utf8"));

const ten = (value: unknown) => ({ 10: value });
const shown = (v: object) => ({ state: "shown", value: { f: "x", v } });
const level = (mean: number) => ten(shown({ mean, low: mean - 2, high: mean + 2, since: "r0" }));
const comparison = (estimate: number) =>
  ten({
    ...{ arm: "x", behind: [{ scale: "s", rater: "employee" }], outcome: { scale: "s", decimals: 2 } },
    difference: shown({ estimate, interval: { low: 1, high: 2 }, since: "r0" }),
  });
const rate = (low: number) => ten(shown({ low, high: low + 5 }));
/** A model with something in the eleventh place of every list, so that no place has one digit. */
const model = {
  waves: Array.from({ length: 11 }, (_, k) => ({ id: `w${k}` })),
  arms: [
    { arm: "x", control: false },
    { arm: "c", control: true },
  ],
  outcome: { scale: "s", decimals: 1 },
  whole: { levels: level(50) },
  trend: { byArm: true, series: ten({ id: "x", levels: level(51) }) },
  departments: { departments: ten({ id: "d", levels: level(52), leaders: { f: "l", v: 7 } }), leaders: { v: 9 } },
  cube: {
    groups: ten({ grouping: "unit", id: "u" }),
    outcomes: ten({
      ...{ outcome: { scale: "t", decimals: 0 } },
      series: ten({ levels: level(53), intended: level(54), gaps: ten(shown({ value: 1, low: 0, high: 2 })) }),
    }),
  },
  responses: { whole: { rates: rate(60) }, departments: ten({ id: "d", rates: rate(65) }) },
  coverage: { answers: { v: 300 }, leaders: { v: 12 }, measured: { v: 11 }, under: { v: 1 } },
  rules: { countStep: 5 },
  effects: { comparisons: comparison(3), secondary: comparison(4) },
  suppressed: ten({ large: 3, suppressed: 1 }),
  dose: ten({ attended: shown({ leaders: 8, sessions: 4 }) }),
};
const read = readDashboard(model);

describe("the places of a model", () => {
  it.each([
    [50, "mean|s|w10|organisation|", 0.1, "r0"],
    [51, "mean|s|w10|arm|x", 0.1, "r0"],
    [52, "mean|s|w10|department|d", 0.1, "r0"],
    [53, "mean|t|w10|unit|u", 1, "r0"],
    [54, "mean|self t|w10|unit|u", 1, "r0"],
    [60, "rate||w10|organisation|", 0, null],
    [65, "rate||w10|department|d", 0, null],
    [300, "count||w10|organisation|", 5, null],
    [3, "difference|s|w10|arm|x", 0.01, "r0"],
    [4, "difference|s|w10|arm|x", 0.01, "r0"],
  ])("say of %i that it is %s", (value, fact, step, since) => {
    const found = read.facts.filter((each) => each.value === value);
    expect(found.map((each) => [each.fact, each.step, each.since])).toEqual([[fact, step, since]]);
  });

  it("say of every number what it is, and of each level its interval", () => {
    expect(read.withoutFact).toEqual([]);
    expect(read.facts).toHaveLength(10);
    expect(read.intervals.map(({ level: { value }, low, high }) => [value, low, high])).toEqual(
      [50, 51, 52, 53, 54].map((mean) => [mean, mean - 2, mean + 2]),
    );
    expect(read.facts.find(({ value }) => value === 54)!.rater).toBe("self");
    expect(read.facts.find(({ value }) => value === 3)!.against).toEqual({ grouping: "arm", cell: "c", wave: "w10" });
  });

  it("say that the trend is of all where it is not by arm", () => {
    const { facts } = readDashboard({ ...model, trend: { ...model.trend, byArm: false } });
    expect(facts.find(({ value }) => value === 51)!.fact).toBe("mean|s|w10|organisation|");
  });

  it("have no interval where one of its ends is missing", () => {
    for (const ends of [
      { low: null, high: 52 },
      { low: 48, high: null },
    ]) {
      const { intervals } = readDashboard({ ...model, whole: { levels: ten(shown({ mean: 50, ...ends })) } });
      expect(intervals.map(({ level: { value } }) => value)).not.toContain(50);
    }
  });

  it("are read in full: the same beside, or within, is none of them", () => {
    const copied = readDashboard({ ...model, copy: model });
    expect(copied.withoutFact).toHaveLength(read.numbers);
    const within = (value: unknown): unknown => {
      if (typeof value === "number") return { more: value };
      if (typeof value !== "object" || value === null) return value;
      return Array.isArray(value)
        ? value.map(within)
        : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, within(each)]));
    };
    // What the study file says is plain however deep it stands.
    const said = /^(rules|outcome|cube\/outcomes\/10\/outcome|effects\/(comparisons|secondary)\/10\/outcome)\//;
    const deeper = readDashboard(within(model));
    expect(deeper.withoutFact.filter((place) => said.test(place))).toEqual([]);
    expect(deeper.withoutFact).toHaveLength(read.numbers - 5);
  });
});

describe("a difference of two levels that are shown", () => {
  const { groups, outcomes } = golden.cube;
  const strange = (change: (series: Loose) => void) => {
    const series = structuredClone(outcomes[0].series[0]);
    change(series);
    return readDashboard({ ...model, cube: { groups, outcomes: [{ ...outcomes[0], series: [series] }] } }).withoutFact;
  };
  const at = (what: string, wave: number) =>
    ["value", "low", "high"].map((end) => `cube/outcomes/0/series/0/${what}/${wave}/value/v/${end}`);

  it("is the later one less the first, and the intended one less what employees say", () => {
    expect(strange(() => {})).toEqual([]);
    for (const [what, wave] of [
      ["changes", 2],
      ["gaps", 1],
    ] as const) {
      expect(strange((series) => (series[what][wave].value.v.value += 0.1))).toEqual([at(what, wave)[0]]);
      expect(strange((series) => (series[what][wave].value.v.value *= -1))).toEqual([at(what, wave)[0]]);
      expect(strange((series) => (series[what][wave].value.v.value += 0.00009))).toEqual([]);
      expect(strange((series) => (series[what][wave].value.v.value += 0.00011))).toEqual([at(what, wave)[0]]);
      expect(strange((series) => (series[what][wave].value.v.median = 1))).toHaveLength(1);
    }
  });

  it("is not borne out where one of them is hidden, nor the interval round it", () => {
    const hidden = { state: "suppressed" };
    expect(strange((series) => (series.levels[0] = hidden))).toEqual([
      ...[1, 2].flatMap((wave) => at("changes", wave)),
      ...at("gaps", 0),
    ]);
    expect(strange((series) => (series.levels[2] = hidden))).toEqual([...at("changes", 2), ...at("gaps", 2)]);
    expect(strange((series) => (series.intended[1] = hidden))).toEqual(at("gaps", 1));
  });
});
