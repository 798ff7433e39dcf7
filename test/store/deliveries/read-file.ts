import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { sourceFile } from "../../../src/store/deliveries/copy.ts";
import type { DeliveredFile } from "../../../src/store/deliveries/delivered-table.ts";
import { openDelivered } from "../../../src/store/deliveries/open.ts";
import { asItShows, type ReadingOptions } from "../../../src/study/study.ts";

/** Opens a file of these bytes as a study would that says no more of how to read it than this. */
export const openBytes = async (
  bytes: string | Uint8Array,
  said: Partial<ReadingOptions> = {},
): Promise<DeliveredFile> => {
  const folder = mkdtempSync(join(tmpdir(), "spejl-file-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "file.csv");
  writeFileSync(path, bytes);
  return openDelivered(await sourceFile("file.csv", path), { ...asItShows, ...said }, [], "en");
};
