import { expect, it } from "vitest";
import { fuzzCells } from "../../../pipelines/fuzz/fuzz-cells.ts";
import { fuzzStudies } from "../../../pipelines/fuzz/fuzz-studies.ts";

const seed = Number(process.env["SEED"] ?? 20180601);

it("keeps every promise over hostile files", async () => {
  const { findings, files, outcomes } = await fuzzStudies(seed, 0, 60);
  expect(findings).toEqual([]);
  expect(files).toBeGreaterThan(100);
  expect(outcomes["accepted"]).toBeGreaterThan(10);
  expect(Object.keys(outcomes).length).toBeGreaterThan(5);
}, 300_000);

it("keeps every promise over hostile cells", () => {
  expect(fuzzCells(seed, 20_000)).toEqual([]);
}, 120_000);
