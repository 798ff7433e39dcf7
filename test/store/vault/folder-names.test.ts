import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openVault } from "../../../src/store/vault/open.ts";

const studyFolder = (name: string): string => {
  const parent = mkdtempSync(join(tmpdir(), "spejl-folder-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  mkdirSync(join(parent, name));
  return join(parent, name);
};

it("refuses a folder whose name the database cannot write to", async () => {
  const folder = studyFolder("why?");
  await expect(openVault(folder)).rejects.toMatchObject({
    problems: [{ code: "file-unreadable", place: { file: folder }, cause: "question-mark" }],
  });
});

it.each(["år [2] *", "it's #1; 100%"])("keeps a study in a folder that is named %s", async (name) => {
  const folder = studyFolder(name);
  for (const _ of ["made", "opened again"]) {
    using vault = await openVault(folder);
    await vault.connection.run("create table if not exists kept as select 1 as one");
  }
});
