import { expect, it } from "vitest";
import { toDataFrame } from "../../src/tables/frame.ts";

it("makes a frame that groups, and leaves its source alone", async () => {
  const columns = { arm: ["a", "b", "a"], mean: [1, 5, 2] };
  const frame = await toDataFrame(columns);
  const means = frame.groupby(["arm"]).col(["mean"]).mean();
  expect(means.values).toEqual([
    ["a", 1.5],
    ["b", 5],
  ]);
  expect(columns).toEqual({ arm: ["a", "b", "a"], mean: [1, 5, 2] });
});
