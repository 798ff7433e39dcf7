import { execFileSync } from "node:child_process";
import { cp, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Problem } from "../../src/errors.ts";
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
  const code = `const { toDataFrame } = await import("./tables/frame.js");
    await toDataFrame({ mean: [1] }).catch(({ problems }) => console.log(JSON.stringify(problems)));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: elsewhere });
  const [problem] = JSON.parse(printed.toString()) as readonly Problem[];
  expect(explain(problem!, "en").hint).toBe("Install it: npm i danfojs.");
});
