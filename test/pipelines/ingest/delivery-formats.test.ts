import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { sheetOfRows, workbookFile } from "../../formats/xlsx/write-workbook.ts";
import { ingestOf } from "../staged-study.ts";
import { plainAnswers, readSurvey, refusedSurvey, surveyFolder } from "./read-survey.ts";

const names = ["who", "boss", "years", "t1", "t2", "t3", "p1", "p2"] as const;
type Value = string | number | null;
/** The rows of `plain`, as values. */
const rows: readonly (readonly Value[])[] = [
  ["a1", "A", 3, 1, 2, 3, 4, 5],
  ["a2", "A", 4.5, 5, 4, 3, 2, 1],
  ["b1", "B", null, 2, 8, null, 77, 2],
];
const quoted = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");

describe("a Qualtrics export", () => {
  const texts = ["Svarer", "Leder", "Antal år", "Min leder\nviser vej", "b, c", "c", "d", "e"];
  const file = (importId: (id: string) => string): string =>
    [
      ["Finished", ...names],
      ["Finished", ...texts],
      ["finished", ...names.map((_, index) => `QID${index}`)].map(importId),
      ...rows.map((row, index) => [index === 1 ? "0" : "1", ...row.map((value) => String(value ?? ""))]),
    ]
      .map(quoted)
      .join("\n");

  it.each([
    ["JSON", (id: string) => JSON.stringify({ ImportId: id })],
    ["what Python prints", (id: string) => `{'ImportId': '${id}', 'timeZone': 'Z'}`],
  ])("has its three header rows as %s, of which none is an answer", async (_, importId) => {
    const read = await readSurvey({ answers: file(importId) });
    expect([read.answers, read.counts, read.report.deliveries[0]!.format]).toEqual([
      plainAnswers,
      [[3, 0, 0]],
      "qualtrics",
    ]);
    const finished = await readSurvey({ answers: file(importId), listing: ", where: { Finished: 1 }" });
    expect(finished.counts).toEqual([[2, 0, 1]]);
  });

  const marked = (name: string, texts: readonly string[]): string =>
    file((id) => JSON.stringify({ ImportId: id }))
      .replaceAll(/"finished"/gi, `"${name}"`)
      .split("\n")
      .map((line, index) => (index < 4 ? line : line.replace(/^"."/, `"${texts[index - 4]}"`)))
      .join("\n");
  it.each([
    ["Finished", ["1", "0", "1"], "Finished: 1", 1],
    ["Finished", ["False", "True", "False"], 'Finished: "True"', 2],
    ["Status", ["0", "1", "8"], "Status: { not: [1, 8] }", 2],
    ["Status", ["IP Address", "Survey Preview", "IP Address"], 'Status: { not: "Survey Preview" }', 1],
    ["DistributionChannel", ["anonymous", "preview", "email"], 'DistributionChannel: { not: "preview" }', 1],
  ])("says how many rows %s marks %j, and what leaves them out", async (name, texts, where, rows) => {
    const answers = marked(name, texts);
    const read = await readSurvey({ answers });
    expect(read.report.warnings).toEqual([
      { code: "rows-unfinished", place: { file: "answers.csv", line: 1, column: name }, rows, where },
    ]);
    const left = await readSurvey({ answers, listing: `, where: { ${where} }` });
    expect([left.counts, left.warnings]).toEqual([[[3 - rows, 0, rows]], []]);
  });

  it.each([
    ["Finished", ["1", "1", "1"]],
    ["Status", ["0", "0", "IP Address"]],
    ["DistributionChannel", ["anonymous", "email", "gl"]],
  ])("says nothing where %s marks all of them as answers", async (name, texts) => {
    expect((await readSurvey({ answers: marked(name, texts) })).warnings).toEqual([]);
  });

  it("may be mapped by the vendor's ids", async () => {
    const listing = ", items: { t1: QID3, t2: QID4, t3: QID5, p1: QID6, p2: QID7 }";
    const read = await readSurvey({ answers: file((id) => JSON.stringify({ ImportId: id })), listing });
    expect(read.answers).toEqual(plainAnswers);
  });
});

describe("a SurveyXact export", () => {
  const structure = [
    "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText",
    ...names.slice(3).map((name) => `${name};${name};Closed;Single;Hvor ofte?;;`),
  ].join("\n");
  // The questionnaire counts backwards, and has a code of its own for those who do not know.
  const labels = names
    .slice(3)
    .flatMap((name) =>
      ["Altid", "Ofte", "Af og til", "Sjældent", "Aldrig", "Ved ikke"].map(
        (label, index) => `${name};${index + 1};${label}`,
      ),
    )
    .join("\n");
  const stato = ["stato_1", "stato_2", "stato_3", "stato_4", "stato_5"];
  const dataset = [
    ["who", "boss", ...names.slice(3), ...stato],
    ["a1", "A", 5, 4, 3, 2, 1, 0, 0, 0, 1, 0],
    ["b1", "B", 1, 6, "", 2, 2, 0, 0, 1, 0, 0],
  ]
    .map((row) => row.join(";"))
    .join("\n");

  it("has its labels map codes to those of the instrument, and don't know be one", async () => {
    const read = await readSurvey({
      answers: dataset,
      listing: ", codebook: [structure.csv, labels.csv], where: { stato_4: 1 }",
      files: { "structure.csv": structure, "labels.csv": labels },
      covariates: "[]",
    });
    expect(read.answers).toEqual(["1 2 3 4 5"]);
    const all = await readSurvey({
      answers: dataset,
      listing: ", codebook: [labels.csv, structure.csv]",
      files: { "structure.csv": structure, "labels.csv": labels },
      covariates: "[]",
    });
    expect(all.answers).toEqual(["1 2 3 4 5", "5 dont-know blank 4 4"]);
    expect(all.report.deliveries[0]!.format).toBe("surveyxact");
    expect(all.coercions).toEqual(["file-label 7 2", "missing-label 1 3"]);
  });

  it("is read again where only its labels have changed", async () => {
    const turned = labels.replaceAll(";1;Altid", ";1;Aldrig").replaceAll(";5;Aldrig", ";5;Altid");
    const listing = ", codebook: [structure.csv, labels.csv]";
    const files = { "structure.csv": structure, "labels.csv": labels };
    const folder = surveyFolder({ answers: dataset, listing, files, covariates: "[]" });
    const relabelled = async () => (await ingestOf(folder)).deliveries[0]!.coercions[0];
    expect(await relabelled()).toMatchObject({ kind: "file-label", count: 7 });
    writeFileSync(join(folder, "labels.csv"), turned);
    expect(await relabelled()).toMatchObject({ kind: "file-label", count: 4 });
  });

  it("with a code book that is none is refused", async () => {
    const parts = { answers: dataset, listing: ", codebook: notes.csv", covariates: "[]" };
    expect(await refusedSurvey({ ...parts, files: { "notes.csv": "a;b\n1;2\n" } })).toEqual(["codebook-unknown"]);
    expect(await refusedSurvey(parts)).toEqual(["file-missing"]);
  });

  it("is refused where one of the files of its code book says nothing: its codes may mean something else", async () => {
    const files = { "structure.csv": structure, "labels.csv": `${labels}\n${labels.split("\n")[0]} ikke\n` };
    const listing = ", codebook: [structure.csv, labels.csv]";
    expect(await refusedSurvey({ answers: dataset, listing, files, covariates: "[]" })).toEqual(["codebook-unknown"]);
  });

  it("is read by labels of which one stands twice", async () => {
    const listing = ", codebook: [structure.csv, labels.csv], where: { stato_4: 1 }";
    const twice = `${labels}\n${labels.split("\n")[1]}\n`;
    const files = { "structure.csv": structure, "labels.csv": twice };
    expect((await readSurvey({ answers: dataset, listing, files, covariates: "[]" })).answers).toEqual(["1 2 3 4 5"]);
  });
});

describe("a LimeSurvey export", () => {
  const file = [
    ["id", "submitdate", "lastpage", "startlanguage", "seed", ...names],
    ...rows.map((row, index) => [
      String(index + 1),
      index === 1 ? "" : "2024-03-02 10:00:00",
      "3",
      "da",
      "77",
      ...row.map((value) => String(value ?? "")),
    ]),
  ]
    .map(quoted)
    .join("\n");

  it("has its unfinished answers left out by what they lack", async () => {
    const read = await readSurvey({ answers: file, listing: ", where: { submitdate: answered }" });
    expect([read.answers, read.counts]).toEqual([[plainAnswers[0], plainAnswers[2]], [[2, 0, 1]]]);
    expect(read.report.deliveries[0]!.format).toBe("limesurvey");
  });
});

describe("a file that is no text", () => {
  it("of SPSS is read under any name, with its labels and missing codes", async () => {
    const labelled = [
      [1, "Altid"],
      [2, "Ofte"],
      [9, "Ved ikke"],
    ] as const;
    const made = {
      variables: names.map((name, index) => ({
        name: name.toUpperCase(),
        longName: name,
        ...(index < 2 ? { width: 2 } : {}),
        ...(name === "p1" ? { missing: { count: 1, values: [6] } } : {}),
      })),
      labels: [{ values: labelled, slots: [4, 5] }],
      cases: [
        ["a1", "A", 3, 1, 2, 3, 4, 5],
        ["b1", "B", null, 9, 1, null, 6, 2],
      ],
    };
    const read = await readSurvey({ answers: writeSystemFile(made) });
    expect(read.answers).toEqual(["5 4 3 4 5", "dont-know 5 blank blank 2"]);
    expect(read.covariates).toEqual([[3], [null]]);
    expect(read.report.deliveries[0]!.format).toBe("spss");
  });

  it("of a spreadsheet program is read under any name, from the sheet that is asked for", async () => {
    const sheets = [
      sheetOfRows("Kladde", [names, ["a1", "A", 3, 5, 5, 5, 5, 5]]),
      sheetOfRows("Svar", [names, ...rows]),
    ];
    const read = await readSurvey({ answers: Buffer.from(workbookFile({ sheets })), listing: ", sheet: Svar" });
    expect([read.answers, read.covariates]).toEqual([plainAnswers, [[3], [4.5], [null]]]);
    expect(read.report.deliveries[0]!.format).toBe("xlsx");
  });

  it("of a spreadsheet program sets rows apart by the row of the sheet", async () => {
    const wrong = [...rows, ["c1", "A", 1, 6, 2, 3, 4, 5]];
    const sheets = [sheetOfRows("Svar", [["Hus"], [], names, ...wrong])];
    const read = await readSurvey({ answers: Buffer.from(workbookFile({ sheets })), listing: ", header: 3" });
    expect([read.answers, read.quarantine]).toEqual([plainAnswers, ["7 t1 answer-out-of-range"]]);
  });

  const parquet = async (select: string): Promise<Buffer> => {
    const folder = mkdtempSync(join(tmpdir(), "spejl-parquet-"));
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    try {
      await connection.run(`COPY (${select}) TO '${join(folder, "a.parquet")}' (FORMAT parquet)`);
      return readFileSync(join(folder, "a.parquet"));
    } finally {
      connection.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true });
    }
  };
  const value = (one: Value): string => (one === null ? "NULL" : typeof one === "string" ? `'${one}'` : String(one));
  const table = `SELECT * FROM (VALUES ${rows.map((row) => `(${row.map(value).join(",")})`).join(",")}) t(${names.join(",")})`;

  it("of Parquet is read under any name, with floats and empty cells", async () => {
    for (const type of ["INTEGER", "DOUBLE", "VARCHAR", "UTINYINT", "DECIMAL(4,1)"]) {
      const cast = `SELECT * REPLACE (${names
        .slice(3)
        .map((name) => `${name}::${type} AS ${name}`)
        .join(", ")}) FROM (${table})`;
      const read = await readSurvey({ answers: await parquet(cast) });
      expect([type, read.answers, read.covariates]).toEqual([type, plainAnswers, [[3], [4.5], [null]]]);
      expect(read.report.deliveries[0]!.format).toBe("parquet");
    }
  });

  it("of Parquet is refused where an item's column holds lists", async () => {
    const nested = await parquet(`SELECT * REPLACE ([t1] AS t1) FROM (${table})`);
    expect(await refusedSurvey({ answers: nested })).toEqual(["column-nested t1"]);
    const damaged = Buffer.concat([(await parquet(table)).subarray(0, 60), Buffer.from("PAR1")]);
    expect(await refusedSurvey({ answers: damaged })).toEqual(["file-damaged"]);
  });

  it("of JSON lines is read under any name, with numbers, texts and nothing", async () => {
    const object = (row: readonly Value[], skipNull: boolean): string =>
      JSON.stringify(
        Object.fromEntries(
          names.map((name, index) => [name, row[index]] as const).filter(([, one]) => !skipNull || one !== null),
        ),
      );
    const read = await readSurvey({ answers: rows.map((row, index) => object(row, index === 2)).join("\n") });
    expect([read.answers, read.covariates]).toEqual([plainAnswers, [[3], [4.5], [null]]]);
    expect(read.report.deliveries[0]!.format).toBe("json-lines");
  });
});
