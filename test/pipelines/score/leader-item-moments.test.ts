import { expect, it } from "vitest";
import { leaders } from "../made-survey.ts";
import { madeStages } from "../staged-study.ts";

const of = (row: Readonly<Record<string, unknown>>): string =>
  [row["wave"], row["rater"], (row["answered"] as readonly unknown[]).join("")].join(" ");

const totals = (rows: readonly Readonly<Record<string, unknown>>[]) => {
  const sums = new Map<string, number[]>();
  for (const row of rows) {
    const own = [row["n"], ...(row["sums"] as readonly unknown[]), ...(row["products"] as readonly unknown[])].map(
      Number,
    );
    sums.set(
      of(row),
      own.map((value, k) => value + (sums.get(of(row))?.[k] ?? 0)),
    );
  }
  return sums;
};

it("the leaders' item moments add up to those of all", async () => {
  const { tables } = await madeStages();
  const own = tables.leader_item_moments.filter(({ scale }) => scale === "clarity");
  const all = tables.item_moments.filter(({ scale }) => scale === "clarity");
  expect(new Set(own.map(({ leader }) => leader)).size).toBe(leaders.length);
  expect(own.length).toBeGreaterThan(3 * all.length);
  const [found, wanted] = [totals(own), totals(all)];
  expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
  // A leader's sum is rounded once, to 53 of its bits; the largest product is the square of half the steps.
  const largest = (5_354_228_880 / 2) ** 2;
  for (const [key, values] of wanted)
    for (const [k, value] of values.entries())
      expect(Math.abs(found.get(key)![k]! - value), key).toBeLessThan(1e-15 * largest * values[0]!);
});

it("an indicator has no answers by leader", async () => {
  const { tables } = await madeStages();
  expect(new Set(tables.leader_item_moments.map(({ rater }) => rater))).toEqual(new Set(["self", "employee"]));
});
