import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { Refusal } from "../../../src/errors.ts";
import { sourceFile } from "../../../src/store/deliveries/copy.ts";
import { openDelivered } from "../../../src/store/deliveries/open.ts";
import { asItShows, type ReadingOptions } from "../../../src/study/study.ts";
import { sheetOfRows, workbookFile } from "../../formats/xlsx/write-workbook.ts";
import { folderOf } from "../../pipelines/staged-study.ts";

const opened = async (bytes: Buffer, name: string, options: Partial<ReadingOptions> = {}) => {
  const folder = folderOf({ [name]: bytes });
  return openDelivered(await sourceFile(name, join(folder, name)), { ...asItShows, ...options }, [], "da");
};
const textOf = async (text: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of text) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
};
const refused = async (bytes: Buffer, name: string, options: Partial<ReadingOptions> = {}) => {
  try {
    await opened(bytes, name, options);
  } catch (fault) {
    if (fault instanceof Refusal) return fault.problems;
    throw fault;
  }
  throw new Error("the file was opened");
};

const csv = Buffer.from("id;q1\nr1;3\n");
const compound = (stream: string): Buffer =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    // Its directory may stand beyond the first megabyte.
    Buffer.alloc(3 << 20),
    Buffer.from(stream, "utf16le"),
  ]);
const workbook = Buffer.from(
  workbookFile({
    sheets: [
      sheetOfRows("Svar", [
        ["id", "q1"],
        ["r1", 3],
      ]),
    ],
  }),
);
const systemFile = writeSystemFile({
  variables: [{ name: "id", width: 2 }, { name: "q1" }],
  cases: [["r1", 3]],
});

const parquetFile = async (): Promise<string> => {
  const folder = folderOf({});
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT 'r1' AS id, 3 AS q1) TO '${join(folder, "a.txt")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return join(folder, "a.txt");
};

describe("a code book of SurveyXact", () => {
  it("is read as such though its words have markup", async () => {
    const structure = [
      "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText",
      "q1;q1;Closed;Single;Min <b>leder</b> lytter;;",
    ].join("\n");
    const folder = folderOf({ "svar.csv": csv, "structure.csv": structure });
    const sourceOf = (name: string) => sourceFile(name, join(folder, name));
    const file = await openDelivered(await sourceOf("svar.csv"), asItShows, [await sourceOf("structure.csv")], "da");
    expect(file.columns.map(({ wording }) => wording)).toEqual([null, "Min <b>leder</b> lytter"]);
  });
});

describe("a delivered file", () => {
  it.each([
    ["csv", csv, "a.xlsx"],
    ["csv", csv, "a.sav"],
    ["xlsx", workbook, "a.csv"],
    ["spss", systemFile, "a.csv"],
    ["json-lines", Buffer.from('{"id":"r1","q1":3}\n'), "a.csv"],
  ])("is %s by its content, whatever it is called", async (format, bytes, name) => {
    const file = await opened(bytes, name);
    expect([file.format, file.columns.map((column) => column.name.toLowerCase())]).toEqual([format, ["id", "q1"]]);
    expect((await textOf(file.text())).trim().split(file.dialect.separator)).toEqual(["r1", "3"]);
  });

  it("of SPSS that declares no code page that is known is read as Western Windows, which is said", async () => {
    const made = { variables: [{ name: "by", width: 8 }], cases: [["Århus"]], encoding: null };
    const guessed = await opened(writeSystemFile({ ...made, codePage: 2 }), "a.sav");
    expect((await textOf(guessed.text())).trim()).toBe("Århus");
    expect(guessed.warnings()).toEqual([{ code: "code-page-guessed", place: { file: "a.sav" } }]);
    expect((await opened(writeSystemFile({ ...made, codePage: 1252 }), "a.sav")).warnings()).toEqual([]);
  });

  it("of SPSS says in which column cells were emptied, how many and why", async () => {
    const made = {
      variables: [
        { name: "id", width: 2 },
        { name: "dag", format: 20 },
      ],
      cases: [
        ["r1", -1],
        ["r2", -1],
      ],
    };
    const file = await opened(writeSystemFile(made), "a.sav");
    expect(await textOf(file.text())).toBe("r1\x1f\nr2\x1f\n");
    const column = file.columns[1]!.name;
    expect(file.warnings()).toEqual([
      { code: "cells-emptied", place: { file: "a.sav", column }, cells: 2, why: "out-of-range" },
    ]);
  });

  it("is Parquet by its content", async () => {
    const path = await parquetFile();
    const file = await openDelivered(await sourceFile("a.txt", path), asItShows, [], "da");
    expect([file.format, file.columns.map(({ name }) => name), await textOf(file.text())]).toEqual([
      "parquet",
      ["id", "q1"],
      "r1\x1f3\n",
    ]);
  });

  it("of Parquet whose list of columns is damaged is refused by its name when it is opened", async () => {
    const path = await parquetFile();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, bytes.length - 60, bytes.length - 8));
    await expect(openDelivered(await sourceFile("a.txt", path), asItShows, [], "da")).rejects.toMatchObject({
      problems: [{ code: "file-damaged", place: { file: "a.txt" }, format: "parquet" }],
    });
  });

  it("of Parquet whose pages are damaged is refused by its name when they are read", async () => {
    const path = await parquetFile();
    writeFileSync(path, readFileSync(path).fill(0xff, 4, 40));
    const file = await openDelivered(await sourceFile("a.txt", path), asItShows, [], "da");
    await expect(textOf(file.text())).rejects.toMatchObject({
      problems: [{ code: "file-damaged", place: { file: "a.txt" }, format: "parquet" }],
    });
  });

  it.each([
    ["gzip", gzipSync(csv)],
    ["html", Buffer.from("<html><table><tr><td>id</td></tr></table></html>")],
    ["pdf", Buffer.from("%PDF-1.7\n")],
    ["encrypted-workbook", compound("EncryptedPackage")],
    ["old-workbook", compound("Workbook")],
  ])("that is %s holds no table to read, whatever it is called and said to be", async (what, bytes) => {
    const problem = { code: "not-a-table", what };
    expect(await refused(bytes, "a.csv")).toEqual([{ ...problem, place: { file: "a.csv" } }]);
    expect(await refused(bytes, "a.xlsx", { format: "csv" })).toEqual([{ ...problem, place: { file: "a.xlsx" } }]);
  });

  it("says where its header and its first record stand, and gives the records after it as often as asked", async () => {
    const file = await opened(Buffer.from('\n\n"i\nd";q1\r\n\r\nr1;3\r\n'), "a.csv");
    expect([file.headerLine, file.firstLine, file.columns.map(({ name }) => name)]).toEqual([3, 5, ["i d", "q1"]]);
    for (let time = 0; time < 2; time += 1) expect((await textOf(file.text())).trim()).toBe("r1;3");
  });

  it("that is longer than what is looked at first keeps every byte", async () => {
    const rows = Array.from({ length: 300_000 }, (_, index) => `r${index};Ærø\n`).join("");
    const file = await opened(Buffer.from(`id;q1\n${rows}`), "a.csv");
    expect((await textOf(file.text())) === rows).toBe(true);
  });
});
