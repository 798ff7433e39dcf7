import { cp, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { explain } from "../../src/explain/explain.ts";
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

it("says how to install danfo.js where it is absent", async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), "spejl-frame-"));
  await writeFile(join(elsewhere, "package.json"), '{ "type": "module" }');
  for (const file of ["tables/frame.js", "errors.js"]) await cp(`dist/src/${file}`, join(elsewhere, file));
  const { toDataFrame: alone } = await import(pathToFileURL(join(elsewhere, "tables/frame.js")).href);
  await expect(alone({ mean: [1] })).rejects.toMatchObject({
    problems: [{ code: "package-missing", name: "danfojs" }],
  });
  expect(explain({ code: "package-missing", name: "danfojs" }, "en").hint).toContain("npm i danfojs");
});
