import { describe, expect, test } from "vitest";
import { drawBlocks } from "../../../src/stats/draws/draw-task.ts";
import { blockStream } from "../../../src/stats/draws/random-streams.ts";
import { randomisationTask } from "../../../src/stats/draws/randomisation-test.ts";
import { membersOf, wildTask } from "../../../src/stats/draws/wild-bootstrap.ts";
import type { ModelRows } from "../../../src/stats/moments/model-rows.ts";
import { leastSquares } from "../../../src/stats/regression/least-squares.ts";

/** Threads run the built code only. */
const built = new URL("../../../dist/pipelines/estimate/draw-pool.js", import.meta.url).href;
const { openDrawPool } = (await import(built)) as typeof import("../../../pipelines/estimate/draw-pool.ts");

const leaders = 200;

/** One pseudo-row per leader: intercept, a number and, with `arms`, an indicator of the arm. */
function rowsOf(arms: readonly string[]): ModelRows {
  const stream = blockStream(5, 0);
  const columns = ["(intercept)", "x", ...arms];
  const x = new Float64Array(leaders * columns.length);
  const y = new Float64Array(leaders);
  for (let g = 0; g < leaders; g++) {
    const value = stream.next() / 2 ** 31;
    x.set([1, value, ...arms.map((_, arm) => Number(g % (arms.length + 1) === arm))], g * columns.length);
    y[g] = value + stream.next() / 2 ** 31;
  }
  const start = Int32Array.from({ length: leaders + 1 }, (_, g) => g);
  const counts = new Float64Array(leaders).fill(1);
  return { columns, start, x, y, counts, remainder: 0, observations: leaders, absorbed: 0 };
}

const fit = leastSquares(rowsOf(["a", "b", "c"]));
const contrasts = ["a", "b", "c"].map((arm) => Float64Array.from(fit.columns, (name) => Number(name === arm)));

const wild = wildTask(fit, contrasts, { seed: 3, draws: 9999, members: membersOf(fit), adjustment: 0 });
const randomised = randomisationTask(
  {
    rows: rowsOf([]),
    label: Int32Array.from({ length: leaders }, (_, g) => (g % 4) - 1),
    block: Int32Array.from({ length: leaders }, (_, g) => g % 7),
    arms: 3,
    carriers: ["(intercept)"],
  },
  { seed: 3, draws: 4000 },
);

describe.each([wild, randomised])("draws of a $kind task", (task) => {
  const here = drawBlocks(task);

  test.each([0, 1, 2, 3])("are the same to the last bit on %i threads", async (threads) => {
    const shares: number[] = [];
    await using pool = openDrawPool(threads, (share) => shares.push(share));
    for (const [block, numbers] of (await pool.draws(task)).entries()) expect(numbers).toEqual(here[block]);
    expect(shares).toEqual(here.map((_, block) => (block + 1) / here.length));
  });
});

test("a thread that crashes is a bug with its stack, and the pool still closes", async () => {
  await using pool = openDrawPool(2, () => undefined);
  const broken = { ...wild, directions: {} as Float64Array, slopes: {} as Float64Array };
  await expect(pool.draws(broken)).rejects.toThrow(/subarray is not a function/);
});

test("one pool serves one task after the other", async () => {
  await using pool = openDrawPool(2, () => undefined);
  const once = await pool.draws(wild);
  await pool.draws(randomised);
  expect(await pool.draws(wild)).toEqual(once);
});
