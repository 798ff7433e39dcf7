import { describe, expect, it } from "vitest";
import { itemSums } from "../../../pipelines/ingest/suspicion/item-sums.ts";
import { readStudy } from "../../../src/store/study-files.ts";
import { instrument, plain, surveyFolder } from "./read-survey.ts";

const reversed = instrument.replace("{ id: t2 }", "{ id: t2, reversed: true }");

/** What is found in two scales of three and two items, of which the second is reversed; a missing answer is -1. */
const fitsOf = async (rows: readonly (readonly number[])[], read = Array(5).fill(true)) => {
  const house = await readStudy(surveyFolder({ answers: plain, instrument: reversed }));
  const sums = itemSums(house.instrument, read);
  for (const row of rows) sums.add(Float64Array.from(row));
  return sums.fits().map(({ position, n, others, correlation }) => [position, n, others, correlation] as const);
};

/** Pearson's correlation as a textbook has it. */
const pearson = (x: readonly number[], y: readonly number[]): number => {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const cross = (a: readonly number[], ma: number, b: readonly number[], mb: number) =>
    a.reduce((sum, value, k) => sum + (value - ma) * (b[k]! - mb), 0);
  return cross(x, mx, y, my) / Math.sqrt(cross(x, mx, x, mx) * cross(y, my, y, my));
};

const rows = [
  [1, 5, 2, 4, 5],
  [2, 3, 2, 1, 2],
  [5, 1, 4, 3, 3],
  [3, 4, 5, 2, 1],
  [4, 2, 3, 5, 5],
];

describe("how an item goes with the others of its scale", () => {
  it("is its correlation with their sum, of which the reversed are turned", async () => {
    const turned = rows.map(([t1, t2, t3, p1, p2]) => [t1!, 6 - t2!, t3!, p1!, p2!]);
    const of = (item: number, ...others: readonly number[]) =>
      pearson(
        turned.map((row) => row[item]!),
        turned.map((row) => others.reduce((sum, other) => sum + row[other]!, 0)),
      );
    const expected = [of(0, 1, 2), of(1, 0, 2), of(2, 0, 1), of(3, 4), of(4, 3)];
    const found = await fitsOf(rows);
    expect(found.map(([position, n, others]) => [position, n, others])).toEqual([
      ...[1, 2, 3].map((position) => [position, 5, 2]),
      ...[4, 5].map((position) => [position, 5, 1]),
    ]);
    for (const [k, [, , , correlation]] of found.entries()) expect(correlation).toBeCloseTo(expected[k]!, 12);
  });

  it("is told from records that answer all of the scale within its range, and from the items that are read", async () => {
    const more = [...rows, [1, -1, 3, 4, 4], [6, 1, 3, 4, 4], [0, 1, 3, 4, 4]];
    expect((await fitsOf(more)).map(([, n]) => n)).toEqual([5, 5, 5, 8, 8]);
    expect((await fitsOf(more)).slice(0, 3)).toEqual((await fitsOf(rows)).slice(0, 3));
    const read = [true, false, true, true, false];
    expect((await fitsOf(rows, read)).map(([position, , others]) => [position, others])).toEqual([
      [1, 1],
      [3, 1],
    ]);
  });

  it("is nothing where an item, or all the others, never vary, fractions included", async () => {
    const constant = rows.map(([, t2, t3, p1]) => [1.1, t2!, t3!, p1!, 3.7]);
    const found = (await fitsOf(constant)).map(([, , , correlation]) => correlation);
    expect([found[0], found[3], found[4]]).toEqual([null, null, null]);
    expect(found[1]).toBeCloseTo(found[2]!, 12);
    expect((await fitsOf([])).map(([, , , correlation]) => correlation)).toEqual(Array(5).fill(null));
  });
});
