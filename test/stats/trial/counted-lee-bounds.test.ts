import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clusteredLeeBounds } from "../../../src/stats/trial/clustered-lee-bounds.ts";
import { type CountedArm, countedLeeBounds } from "../../../src/stats/trial/counted-lee-bounds.ts";
import { leeBounds } from "../../../src/stats/trial/lee-bounds.ts";

/** A cluster: how many of its units have the outcomes 0, 1, 2, …, and how many have none. */
interface Team {
  readonly counts: readonly number[];
  readonly lost: number;
}

const countedOf = (teams: readonly Team[]): CountedArm => {
  const entries = teams.flatMap(({ counts }, cluster) => counts.map((n, value) => [value, n, cluster] as const));
  return {
    outcomes: Float64Array.from(entries, ([value]) => value),
    counts: Float64Array.from(entries, ([, n]) => n),
    cluster: Int32Array.from(entries, ([, , cluster]) => cluster),
    randomised: Float64Array.from(teams, ({ counts, lost }) => counts.reduce((sum, n) => sum + n, lost)),
  };
};

const unitsOf = (teams: readonly Team[]) => {
  const measured = teams.flatMap(({ counts }, cluster) =>
    counts.flatMap((n, value) => Array.from({ length: n }, () => ({ value, cluster }))),
  );
  const lost = teams.flatMap((team, cluster) => Array.from({ length: team.lost }, () => cluster));
  return {
    outcomes: Float64Array.from(measured, ({ value }) => value),
    randomised: measured.length + lost.length,
    cluster: Int32Array.from(measured, ({ cluster }) => cluster),
    lost: Int32Array.from(lost),
  };
};

const team = fc.record({
  counts: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 5, maxLength: 5 }),
  lost: fc.integer({ min: 0, max: 6 }),
});
const arm = fc
  .array(team, { minLength: 2, maxLength: 6 })
  .filter((teams) => teams.every(({ counts, lost }) => counts.some((n) => n > 0) || lost > 0));

describe("counts of outcomes", () => {
  test("have the bounds of their units, whatever the ties", () => {
    fc.assert(
      fc.property(arm, arm, (treated, control) => {
        const found = countedLeeBounds(countedOf(treated), countedOf(control));
        const units = leeBounds(unitsOf(treated), unitsOf(control));
        if (units === null) return expect(found).toBeNull();
        expect(found!.low).toBeCloseTo(units.low, 10);
        expect(found!.high).toBeCloseTo(units.high, 10);
        expect(found!.trims).toBe(units.trims);
        expect(found!.trimmed).toBeCloseTo(units.trimmed, 12);
      }),
    );
  });

  test("split over several entries or one unit at a time change nothing", () => {
    fc.assert(
      fc.property(arm, arm, (treated, control) => {
        const found = countedLeeBounds(countedOf(treated), countedOf(control));
        const single = clusteredLeeBounds(unitsOf(treated), unitsOf(control));
        if (found === null || single === null) return expect(found).toBe(single);
        for (const end of ["lowSe", "highSe"] as const) {
          if (found[end] === null) expect(single[end]).toBeNull();
          else expect(single[end]).toBeCloseTo(found[end], 9);
        }
      }),
    );
  });

  test("turn with the arms and with the outcomes", () => {
    fc.assert(
      fc.property(arm, arm, (treated, control) => {
        const found = countedLeeBounds(countedOf(treated), countedOf(control));
        const swapped = countedLeeBounds(countedOf(control), countedOf(treated));
        if (found === null || swapped === null) return expect(found).toBe(swapped);
        expect(swapped.low).toBeCloseTo(-found.high, 10);
        expect(swapped.high).toBeCloseTo(-found.low, 10);
        expect(swapped.highSe ?? -1).toBeCloseTo(found.lowSe ?? -1, 9);
        expect(swapped.df).toBe(found.df);
      }),
    );
  });
});

test("the degrees of freedom are the clusters of the smaller arm less one, teams without any outcome included", () => {
  const [full, silent]: readonly Team[] = [
    { counts: [1, 2, 3], lost: 1 },
    { counts: [], lost: 5 },
  ];
  const found = countedLeeBounds(countedOf([full!, full!, full!, full!]), countedOf([full!, full!, silent!]))!;
  expect(found.df).toBe(2);
  expect(found.trims).toBe("treated");
});

test("where whole units go, the threshold lies halfway to the next: a standard error by hand", () => {
  const alone = (values: readonly (number | null)[]): CountedArm => {
    const measured = values.flatMap((value, cluster) => (value === null ? [] : [{ value, cluster }]));
    return {
      outcomes: Float64Array.from(measured, ({ value }) => value),
      counts: new Float64Array(measured.length).fill(1),
      cluster: Int32Array.from(measured, ({ cluster }) => cluster),
      randomised: new Float64Array(values.length).fill(1),
    };
  };
  // Of the control arm 3 and 6 are kept, 2 above a threshold of 2.5: influences −0.5, −0.5, −0.25 and 1.25. Of the
  // treated arm, whose share counts twice as much as its mean: 0, 1, −0.5 and −0.5. Both times 4/3.
  const found = countedLeeBounds(alone([5, 7, null, null]), alone([1, 2, 3, 6]))!;
  expect(found).toMatchObject({ low: 1.5, high: 4.5, trims: "control", trimmed: 0.5, df: 3 });
  expect(found.lowSe).toBeCloseTo(Math.sqrt((4 / 3) * (2.125 + 1.5)), 12);
});
