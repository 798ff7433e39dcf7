import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Attrited, effectInterval, type LeeBounds, leeBounds } from "../../../src/stats/trial/lee-bounds.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";

interface RBounds {
  readonly trimmed: number;
  readonly low: number;
  readonly high: number;
  readonly low_se: number;
  readonly high_se: number;
  readonly df: number;
  readonly interval_low: number;
  readonly interval_high: number;
}
type Named<T> = Readonly<Record<string, T>>;
const r = expected("lee") as {
  readonly sets: Named<RBounds>;
  readonly after: Named<Named<RBounds>>;
  readonly later: Named<Named<RBounds>>;
};

/** Sums in another order. */
const tolerance = 1e-12;
/** R's root finder stops there. */
const intervalTolerance = 1e-9;

function expectBounds(bounds: LeeBounds, answer: RBounds): void {
  expect(bounds.trimmed).toBeCloseTo(answer.trimmed, 12);
  expectClose(bounds.low, answer.low, tolerance, "low");
  expectClose(bounds.high, answer.high, tolerance, "high");
  expectClose(bounds.lowSe, answer.low_se, tolerance, "se of low");
  expectClose(bounds.highSe, answer.high_se, tolerance, "se of high");
  expectClose(bounds.df, answer.df, tolerance, "df");
  const interval = effectInterval(bounds, 0.95);
  expectClose(interval?.low, answer.interval_low, intervalTolerance, "interval");
  expectClose(interval?.high, answer.interval_high, intervalTolerance, "interval");
}

const armOf = (values: readonly (number | null)[]): Attrited => ({
  outcomes: Float64Array.from(values.filter((value) => value !== null)),
  randomised: values.length,
});

const lost = input("lost");
const ofSet = (set: string, arm: string): Attrited =>
  armOf(lost.filter((row) => row.set === set && row.arm === arm).map(({ y }) => (y === "" ? null : Number(y))));

describe("the bounds, their standard errors and the interval equal R", () => {
  test.each(Object.keys(r.sets))("%s", (set) => {
    const bounds = leeBounds(ofSet(set, "treated"), ofSet(set, "control"))!;
    expectBounds(bounds, r.sets[set]!);
    const trims = set === "equal-shares" ? null : set === "control-trimmed" ? "control" : "treated";
    expect(bounds.trims).toBe(trims);
  });

  test.each(["three", "two", "binary"])("leader means of the survey %s at both waves", (name) => {
    const rows = input(`left-${name}`);
    const leaders = new Map(rows.map((row) => [row.leader!, row.arm!]));
    const meansOf = (arm: string, wave: string): Attrited =>
      armOf(
        [...leaders]
          .filter(([, own]) => own === arm)
          .map(([leader]) => {
            const answers = rows.filter((row) => row.leader === leader && row.wave === wave);
            return answers.length === 0 ? null : answers.reduce((sum, row) => sum + Number(row.y), 0) / answers.length;
          }),
      );
    for (const wave of ["after", "later"] as const) {
      for (const [arm, answer] of Object.entries(r[wave][name]!)) {
        expectBounds(leeBounds(meansOf(arm, wave), meansOf("control", wave))!, answer);
      }
    }
  });
});

const outcomes = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 15 });
const arm = fc
  .record({ outcomes, lost: fc.integer({ min: 0, max: 6 }) })
  .map((one): Attrited => ({ outcomes: Float64Array.from(one.outcomes), randomised: one.outcomes.length + one.lost }));
const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const turned = (one: Attrited, scale: number, shift: number): Attrited => ({
  ...one,
  outcomes: one.outcomes.map((value) => value * scale + shift),
});

describe("for any two arms", () => {
  test("the bounds hold the difference in means between them", () => {
    fc.assert(
      fc.property(arm, arm, (treated, control) => {
        const { low, high } = leeBounds(treated, control)!;
        const difference = meanOf(treated.outcomes) - meanOf(control.outcomes);
        expect(low).toBeLessThan(difference + 1e-9);
        expect(high).toBeGreaterThan(difference - 1e-9);
      }),
    );
  });

  test("swapping the arms turns the bounds around", () => {
    fc.assert(
      fc.property(arm, arm, (treated, control) => {
        const one = leeBounds(treated, control)!;
        const other = leeBounds(control, treated)!;
        expect(other.low).toBeCloseTo(-one.high, 9);
        expect(other.high).toBeCloseTo(-one.low, 9);
        expect(other.lowSe ?? -1).toBeCloseTo(one.highSe ?? -1, 9);
        expect(other.trimmed).toBeCloseTo(one.trimmed, 12);
      }),
    );
  });

  test("units in another order, shifted and scaled, give the same bounds, scaled", () => {
    fc.assert(
      fc.property(arm, arm, fc.constantFrom(0.5, 3, -2), (treated, control, scale) => {
        const one = leeBounds(treated, control)!;
        const change = (side: Attrited) => turned({ ...side, outcomes: side.outcomes.toReversed() }, scale, 70);
        const other = leeBounds(change(treated), change(control))!;
        const ends = [one.low * scale, one.high * scale].sort((a, b) => a - b);
        expect(other.low).toBeCloseTo(ends[0]!, 8);
        expect(other.high).toBeCloseTo(ends[1]!, 8);
        const se = scale < 0 ? one.highSe : one.lowSe;
        expect(other.lowSe ?? -1).toBeCloseTo(se === null ? -1 : se * Math.abs(scale), 8);
      }),
    );
  });
});

describe("where it should fail", () => {
  const some = armOf([1, 2, 3]);

  test("an arm without an outcome has no bounds", () => {
    expect(leeBounds(armOf([null, null]), some)).toBeNull();
    expect(leeBounds(some, armOf([]))).toBeNull();
  });

  test("one unit has bounds and no standard error, and no interval", () => {
    const bounds = leeBounds(armOf([4]), armOf([1, 3]))!;
    expect(bounds).toMatchObject({ low: 2, high: 2, lowSe: null, highSe: null });
    expect(effectInterval(bounds, 0.95)).toBeNull();
    const trimmed = leeBounds(armOf([1, 2]), armOf([1, 2, null, null]))!;
    expect([trimmed.low, trimmed.high, trimmed.lowSe]).toEqual([-0.5, 0.5, null]);
  });

  test("outcomes that are all alike have bounds that coincide, without an interval", () => {
    const bounds = leeBounds(armOf([5, 5, 5, 5]), armOf([3, 3, 3, null]))!;
    expect(bounds).toMatchObject({ low: 2, high: 2, lowSe: 0, highSe: 0 });
    expect(effectInterval(bounds, 0.95)).toBeNull();
  });

  test("and so they do where the mean of what is alike is rounded", () => {
    const bounds = leeBounds(armOf([0.1, 0.1, 0.1]), armOf([0.1, 0.1, 0.1]))!;
    expect([bounds.lowSe, bounds.highSe, effectInterval(bounds, 0.95)]).toEqual([0, 0, null]);
  });
});
