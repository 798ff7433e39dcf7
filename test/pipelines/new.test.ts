import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkStudy } from "../../pipelines/check.ts";
import { newStudy } from "../../pipelines/new.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spejl-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("writes a study that fits its own files", async () => {
  const directory = join(folder, "mine", "first");
  const files = await newStudy(directory);
  expect(files).toContain(join(directory, "study.yaml"));
  for (const file of files) expect((await readFile(file, "utf8")).length).toBeGreaterThan(0);
  const { study, problems, warnings } = await checkStudy(directory);
  expect(problems).toEqual([]);
  expect(warnings.map(({ code }) => code)).toEqual(["no-leaders"]);
  expect(study.plan.primary).toEqual([{ scale: "vision", rater: "employee" }]);
});

it("takes an empty folder, and touches no other", async () => {
  await newStudy(folder);
  await expect(newStudy(folder)).rejects.toMatchObject({ problems: [{ code: "folder-occupied" }] });
  const file = join(folder, "study.yaml");
  await expect(newStudy(file)).rejects.toMatchObject({ problems: [{ code: "folder-occupied" }] });
});

it("leaves nothing half-written", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  await expect(newStudy(join(file, "below"))).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["file"]);
});
