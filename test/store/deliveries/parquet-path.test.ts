import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { parquetOf } from "../../../pipelines/fuzz/parquet.ts";
import { sourceFile } from "../../../src/store/deliveries/copy.ts";
import { openDelivered } from "../../../src/store/deliveries/open.ts";
import { recordsOf } from "../../../src/store/deliveries/records.ts";
import { asItShows } from "../../../src/study/study.ts";

const written = async (unit: string) => {
  const bytes = await parquetOf({ header: ["id", "unit"], rows: [["1", unit]] }, "text");
  return bytes ?? expect.unreachable("no Parquet file was written");
};

/** The database takes such characters for patterns that name many files. */
it.each(["study [1]", "study *", "study?", "[a]*?[!b]"])("reads the one file in a folder named %s", async (name) => {
  const parent = mkdtempSync(join(tmpdir(), "spejl-parquet-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  for (const folder of [name, "study 1", "study 2", "study3", "study"]) {
    mkdirSync(join(parent, folder), { recursive: true });
    writeFileSync(join(parent, folder, "file.csv"), await written(folder));
  }
  const file = await openDelivered(await sourceFile("file.csv", join(parent, name, "file.csv")), asItShows, [], "en");
  const { records } = await recordsOf(file);
  expect(records.map(({ cells }) => cells)).toEqual([["1", name]]);
});
