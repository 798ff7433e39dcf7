import { describe, expect, it } from "vitest";
import { type Chance, chanceOf } from "../../../pipelines/fuzz/chance.ts";
import type { HostileFile } from "../../../pipelines/fuzz/hostile-study.ts";
import { limesurvey } from "../../../pipelines/fuzz/limesurvey.ts";
import { makeStudy, type Table } from "../../../pipelines/fuzz/made-study.ts";
import { brokenPromises } from "../../../pipelines/fuzz/promises.ts";
import { qualtrics } from "../../../pipelines/fuzz/qualtrics.ts";
import { runStudy } from "../../../pipelines/fuzz/run-study.ts";
import { spss } from "../../../pipelines/fuzz/spss.ts";
import { surveyxact } from "../../../pipelines/fuzz/surveyxact.ts";

const csvOf = ({ header, rows }: Table): Buffer =>
  Buffer.from(
    [header, ...rows].map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";")}\n`).join(""),
  );

interface Form {
  readonly name: string;
  readonly same: boolean;
  readonly made: Buffer;
  readonly beside: Readonly<Record<string, Buffer>>;
}

const ofVendor =
  (vendor: typeof qualtrics) =>
  (table: Table, chance: Chance): Form => {
    const { name, same, table: made, beside } = vendor(table, chance);
    const books = Object.entries(beside);
    return {
      name,
      same: same && books.every(([, book]) => book.same),
      made: csvOf(made),
      beside: Object.fromEntries(books.map(([end, book]) => [end, book.made])),
    };
  };
const forms = {
  qualtrics: ofVendor(qualtrics),
  surveyxact: ofVendor(surveyxact),
  limesurvey: ofVendor(limesurvey),
  spss: (table: Table, chance: Chance): Form => ({ ...spss(table, chance), beside: {} }),
} as const;

/** The first form by lot in which nothing is wrong. */
const wholeForm = (form: (table: Table, chance: Chance) => Form, table: Table): Form => {
  for (let k = 0; ; k += 1) {
    const made = form(table, chanceOf(7, k));
    if (made.same) return made;
  }
};

describe("a made study gives the same answers as its text does", () => {
  it.each(Object.entries(forms))("as %s", async (format, form) => {
    const made = makeStudy(chanceOf(11, 3));
    const plain = (table: Table, bytes: Buffer): HostileFile => ({
      ...{ name: "", made: bytes, same: true, strays: 0, records: table.rows.length },
    });
    const table = made.tables["employees.csv"]!;
    const whole = wholeForm(form, table);
    const files: Record<string, HostileFile> = Object.fromEntries(
      Object.entries(made.tables).map(([name, one]) => [name, plain(one, csvOf(one))]),
    );
    files["employees.csv"] = plain(table, whole.made);
    for (const [end, book] of Object.entries(whole.beside)) files[end] = { ...plain(table, book), records: null };
    const books = Object.keys(whole.beside);
    const listed = books.length > 0 ? `file: employees.csv, codebook: [${books.join(", ")}],` : "file: employees.csv,";
    const study = made.study.replace("file: employees.csv,", listed);
    const hostile = { index: 0, made: { ...made, study }, files };
    const outcome = await runStudy(hostile);
    expect(brokenPromises(hostile, outcome)).toEqual([]);
    expect(outcome.report?.deliveries[0]).toMatchObject({ file: "employees.csv", format, rows: table.rows.length });
  });
});
