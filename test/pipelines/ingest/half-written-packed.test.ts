import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Table } from "../../../pipelines/fuzz/made-study.ts";
import { parquetOf } from "../../../pipelines/fuzz/parquet.ts";
import { writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { ingest } from "../../../pipelines/ingest/ingest.ts";
import { Refusal } from "../../../src/errors.ts";
import { exitCode } from "../../../src/explain/explain.ts";
import { readStudy } from "../../../src/store/study-files.ts";
import { openVault } from "../../../src/store/vault/open.ts";
import { sheetOfRows, workbookFile } from "../../formats/xlsx/write-workbook.ts";
import { smallStudy } from "../small-study.ts";
import { rowsOf } from "../staged-study.ts";

const header = ["respondent", "leader", "s1", "s2"];
const rows = Array.from({ length: 96 }, (_, k) => [
  `p${k}`,
  `L${1 + (k % 16)}`,
  String(1 + (k % 3)),
  String(1 + ((k * 5) % 3)),
]);
const table: Table = { header, rows };

const variables = header.map((longName, k) => ({ name: `V${k}`, longName, width: k < 2 ? 12 : 0 }));
const cases = rows.map(([respondent, leader, one, two]) => [respondent!, leader!, Number(one), Number(two)]);
const systemFile = (compression: "none" | "codes" | "blocks"): Buffer =>
  writeSystemFile({ compression, blockSize: 512, variables, cases });

const files: Readonly<Record<string, () => Promise<Uint8Array | null>>> = {
  "a workbook": async () => workbookFile({ sheets: [sheetOfRows("Svar", [header, ...rows])] }),
  "an SPSS file": async () => systemFile("none"),
  "an SPSS file of codes": async () => systemFile("codes"),
  "an SPSS file of blocks": async () => systemFile("blocks"),
  "a Parquet file": () => parquetOf(table, "typed"),
};

describe.each(Object.entries(files))("%s that is still being written", (_, write) => {
  it("is refused whole at each hundredth of its bytes, and what was taken before stays", async () => {
    const whole = Buffer.from((await write())!);
    const folder = smallStudy({ "after.csv": whole });
    const study = await readStudy(folder);
    using vault = await openVault(folder);
    const accepted = async () =>
      (await ingest(vault, study, () => undefined)).report.deliveries.map(({ accepted }) => accepted);
    const held = () => Promise.all(["responses", "staged_rows", "quarantine"].map((table) => rowsOf(vault, table)));
    expect(await accepted()).toEqual([96, 96]);
    const before = await held();
    const outcomes = new Map<string, number>();
    for (let share = 0; share < 100; share += 1) {
      writeFileSync(join(folder, "after.csv"), whole.subarray(0, Math.floor((whole.length * share) / 100)));
      const outcome = await accepted().then(
        () => "taken",
        (fault: unknown) => {
          if (!(fault instanceof Refusal)) throw fault;
          return `refused: ${Math.max(...fault.problems.map(exitCode))}`;
        },
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes]).toEqual([["refused: 3", 100]]);
    expect(await held()).toEqual(before);
    writeFileSync(join(folder, "after.csv"), whole);
    expect(await accepted()).toEqual([96, 96]);
  }, 120_000);
});
