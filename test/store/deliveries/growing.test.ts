import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { type CopiedFile, copyFile, refuseChanging } from "../../../src/store/deliveries/copy.ts";

const copied = async (): Promise<readonly [string, CopiedFile]> => {
  const folder = mkdtempSync(join(tmpdir(), "spejl-growing-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "a.csv");
  writeFileSync(path, "leader,q1\nA,1\n");
  return [path, await copyFile("a.csv", path, join(folder, "copy"))];
};

it("a file that stays as it is may be read", async () => {
  const [, copy] = await copied();
  await expect(refuseChanging(copy)).resolves.toBeUndefined();
});

it("a file that grew, or was written anew with as many bytes, is still being written", async () => {
  const [grown, first] = await copied();
  appendFileSync(grown, "B,2\n");
  await expect(refuseChanging(first)).rejects.toThrow("file-changing");
  const [rewritten, second] = await copied();
  utimesSync(rewritten, new Date(), new Date(Date.now() + 2000));
  await expect(refuseChanging(second)).rejects.toThrow("file-changing");
});
