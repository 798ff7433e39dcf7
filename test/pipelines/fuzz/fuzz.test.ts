import { describe, expect, it } from "vitest";
import { brokenByCell } from "../../../pipelines/fuzz/cell-promises.ts";
import { fuzzCells } from "../../../pipelines/fuzz/fuzz-cells.ts";
import { fuzzStudies } from "../../../pipelines/fuzz/fuzz-studies.ts";
import { hostileStudy } from "../../../pipelines/fuzz/hostile-study.ts";
import { brokenPromises } from "../../../pipelines/fuzz/promises.ts";
import { type Outcome, runStudy } from "../../../pipelines/fuzz/run-study.ts";

const seed = Number(process.env["SEED"] ?? 20180601);

it("keeps every promise over hostile files", async () => {
  const { findings, files, outcomes } = await fuzzStudies(seed, 0, 100);
  expect(findings).toEqual([]);
  expect(files).toBeGreaterThan(150);
  expect(outcomes["accepted"]).toBeGreaterThan(20);
  expect(Object.keys(outcomes).length).toBeGreaterThan(5);
}, 240_000);

it("keeps every promise over hostile cells", () => {
  expect(fuzzCells(seed, 20_000)).toEqual([]);
});
