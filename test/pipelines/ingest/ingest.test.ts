import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { csvOf, employees, type Line, surveyFiles } from "../made-survey.ts";
import { folderOf, ingestOf, stagesOf } from "../staged-study.ts";

const instrument = `instrument: tiny
answers: { 1: { da: Nej, en: "No" }, 3: { da: Måske, en: "Yes" } }
missing: { 2: prefer-not-to-say, 8: dont-know }
scales:
  - { id: one, name: { da: En, en: One }, range: [1, 3], items: [{ id: q1 }, { id: q2 }] }
`;
const studyOf = (deliveries: string): string => `study: tiny
title: { da: Lille, en: Tiny }
language: en
waves: [{ id: only, from: 2020-01-01, to: 2020-01-31, name: { da: Eneste, en: Only } }]
instrument: instrument.yaml
deliveries:
${deliveries}
analysis: { primary: [one] }
`;
const tiny = (file: string | Buffer, more: Readonly<Record<string, string>> = {}) => ({
  "study.yaml": studyOf(
    ["a.csv", ...Object.keys(more)].map((name) => `  - { file: ${name}, wave: only, rater: employee }`).join("\n"),
  ),
  "instrument.yaml": instrument,
  "a.csv": file,
  ...more,
});
const header = "respondent,leader,q1,q2";
const places = (report: Awaited<ReturnType<typeof ingestOf>>) =>
  report.quarantine.map(({ file, line, column, code }) => [file, line, column ?? null, code]);

describe("ingest", () => {
  it("gives physical lines where records span several", async () => {
    const file = `"respon\ndent",leader,q1,q2\r\nr1,L1,1,"2\n"\r\n\r\nr2,L1,1\r\nr3,L1,9,1\n"r\n4",L1,1,1\nr5,"L1",3,4`;
    const study = studyOf('  - { file: a.csv, wave: only, rater: employee, columns: { respondent: "respon\\ndent" } }');
    const report = await ingestOf(folderOf({ ...tiny(file), "study.yaml": study }));
    expect(places(report)).toEqual([
      ["a.csv", 6, null, "too-few-cells"],
      ["a.csv", 7, "q1", "answer-out-of-range"],
      ["a.csv", 10, "q2", "answer-out-of-range"],
    ]);
    expect(report.deliveries[0]).toMatchObject({ rows: 5, accepted: 2, rejected: 3 });
  });

  it("sets apart what is delivered about a unit that the roster does not have, and about none", async () => {
    const report = await ingestOf(folderOf({ ...surveyFiles, "absence.csv": "unit;days\nU1;2,1\nU9;3\n;4\n" }));
    expect(places(report).filter(([file]) => file === "absence.csv")).toEqual([
      ["absence.csv", 3, "unit", "unit-unknown"],
      ["absence.csv", 4, "unit", "unit-unknown"],
    ]);
  });

  it("takes a code of missing as an answer where it lies in the range", async () => {
    const { tables } = await stagesOf(folderOf(tiny(`${header}\nr1,L1,2,8\nr2,L1,1,3\n`)));
    const counts = tables.answer_counts.map((row) => [row["item"], row["answer"], Number(row["n"])]);
    expect(counts).toEqual([
      ["q1", 1, 1],
      ["q1", 2, 1],
      ["q2", 3, 1],
    ]);
  });

  it("counts copies once and believes neither of two that differ, across files", async () => {
    const b = `${header}\nr1,L1,1,2\nr2,L1,3,3\nr4,L1,1,1\n`;
    const report = await ingestOf(
      folderOf(tiny(`${header}\nr1,L1,1,2\nr2,L1,1,1\nr3,L1,2,2\nr3,L2,2,2\nr3,L1,2,2\n`, { "b.csv": b })),
    );
    expect(places(report)).toEqual([
      ["a.csv", 3, null, "duplicate-conflict"],
      ["a.csv", 6, null, "duplicate"],
      ["b.csv", 2, null, "duplicate"],
      ["b.csv", 3, null, "duplicate-conflict"],
    ]);
    expect(report.deliveries.map(({ accepted }) => accepted)).toEqual([3, 1]);
  });

  it("reads labels, decimal commas and cells with space around, and says so", async () => {
    const folder = folderOf(tiny("respondent;leader;q1;q2\nr1;L1; 1;YES\nr2; L1 ;2,0;  \nr3;L1;måske ;3\n"));
    const report = await ingestOf(folder);
    expect(report.deliveries[0]).toMatchObject({
      ...{ rows: 3, accepted: 3 },
      coercions: [
        { kind: "decimal-comma", count: 1, line: 3, column: "q1" },
        { kind: "trimmed", count: 4, line: 2, column: "q1" },
        { kind: "label", count: 2, line: 2, column: "q2" },
        { kind: "whole-as-decimal", count: 1, line: 3, column: "q1" },
      ],
    });
  });

  it.each(["utf-8", "windows-1252", "utf-16le", "utf-16be"])("reads %s", async (encoding) => {
    const text = `respondent;leader;q1;q2\nr1;L1;Måske;2\nr2;L1;Yes;1\n`;
    const bytes = iconv.encode(text, encoding, { addBOM: encoding.startsWith("utf-16") });
    const { ingested, tables } = await stagesOf(folderOf(tiny(bytes)));
    expect(ingested.deliveries[0]).toMatchObject({ encoding, rows: 2, accepted: 2 });
    expect(tables.answer_counts.map((row) => row["answer"]).sort()).toEqual([1, 2, 3]);
  });

  it("knows the same response again, whatever else the delivery brings", async () => {
    const folder = folderOf(surveyFiles);
    const first = await stagesOf(folder);
    const again = await stagesOf(folder);
    expect(again.tables).toEqual(first.tables);
    expect(again.ingested.deliveries.every(({ accepted, unchanged }) => unchanged === accepted)).toBe(true);
    const changed = employees.map(
      (line, index): Line => (index === 3 ? { ...line, c1: line["c1"] === "1" ? "2" : "1" } : line),
    );
    writeFileSync(join(folder, "employees.csv"), csvOf([...changed].reverse()));
    const then = await ingestOf(folder);
    expect(then.deliveries.map(({ accepted, unchanged }) => accepted - unchanged)).toEqual([1, 0, 0, 0, 0]);
  });

  it("counts what a corrected file changes, brings and leaves out", async () => {
    const folder = folderOf(tiny(`${header}\nr1,L1,1,2\nr2,L1,1,3\nr3,L1,1,1\n`));
    await ingestOf(folder);
    writeFileSync(join(folder, "a.csv"), `${header}\nr4,L1,3,3\nr3,L1,1,1\nr2,L1,2,3\n`);
    const [corrected] = (await ingestOf(folder)).deliveries;
    expect(corrected).toMatchObject({ accepted: 3, unchanged: 1, changed: 1, removed: 1 });
    const [again] = (await ingestOf(folder)).deliveries;
    expect(again).toMatchObject({ accepted: 3, unchanged: 3, changed: 0, removed: 0 });
  });

  it("needs neither labels nor codes of missing", async () => {
    const bare = instrument
      .split("\n")
      .filter((line) => !/^(answers|missing)/.test(line))
      .join("\n");
    const folder = folderOf({ ...tiny(`${header}\nr1,L1,1,\nr2,L1,yes,2\n`), "instrument.yaml": bare });
    expect(places(await ingestOf(folder))).toEqual([["a.csv", 3, "q1", "answer-not-a-number"]]);
  });

  it("leaves the tables as they were when a file is refused", async () => {
    const folder = folderOf(tiny(`${header}\nr1,L1,1,2\nr2,L1,1,3\n`));
    const before = await stagesOf(folder);
    writeFileSync(join(folder, "a.csv"), "respondent,leader,q1\nr1,L1,1\n");
    await expect(ingestOf(folder)).rejects.toThrow();
    writeFileSync(join(folder, "a.csv"), `${header}\nr1,L1,7,7\n`);
    await expect(ingestOf(folder)).rejects.toThrow();
    writeFileSync(join(folder, "a.csv"), `${header}\nr1,L1,1,2\nr2,L1,1,3\n`);
    const after = await stagesOf(folder);
    expect(after.tables).toEqual(before.tables);
    expect(after.ingested.deliveries[0]).toMatchObject({ accepted: 2, unchanged: 2 });
  });

  it("leaves to other deliveries what its filter leaves out", async () => {
    const report = await ingestOf(folderOf(surveyFiles));
    const of = (year: string) => employees.filter((line) => line["year"] === year).length;
    expect(report.deliveries.slice(0, 2).map(({ rows, accepted, skipped }) => [rows, accepted, skipped])).toEqual([
      [employees.length, of("2020"), of("2021")],
      [employees.length, of("2021"), of("2020")],
    ]);
  });

  it("accepts or refuses every row, each for the reason that a reader would give", async () => {
    const cell = fc.constantFrom("1", "2", "3", "8", "", " 1", "1,5", "2,0", "0", "4", "yes", "No", "x", "nan");
    const id = fc.constantFrom("r1", "r2", "r3", "r4", "r5", "r6", "r7", "r 8", "");
    const row = fc.record({ id, leader: fc.constantFrom("L1", "L2", "", "L/3"), q1: cell, q2: cell });
    const answer = (text: string): number | null | undefined => {
      const trimmed = text.trim();
      const value = { yes: 3, no: 1 }[trimmed.toLowerCase()] ?? Number(trimmed.replace(",", "."));
      if (trimmed === "" || trimmed === "8") return null;
      return Number.isInteger(value) && value >= 1 && value <= 3 ? value : undefined;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        const good = { id: "sure", leader: "L1", q1: "1", q2: "1" };
        const lines = [good, ...rows].map((each) => [each.id, each.leader, each.q1, each.q2]);
        const report = await ingestOf(
          folderOf(tiny(`${header.replaceAll(",", ";")}\n${lines.map((l) => l.join(";")).join("\n")}\n`)),
        );
        const sound = lines.filter(
          ([, leader, q1, q2]) => leader !== "" && [q1, q2].every((text) => answer(text!) !== undefined),
        );
        const named = new Map<string, Set<string>>();
        for (const [respondent, leader, q1, q2] of sound.filter(([respondent]) => respondent !== "")) {
          const contents = named.get(`${respondent} ${leader}`) ?? new Set();
          named.set(
            `${respondent} ${leader}`,
            contents.add(JSON.stringify([q1, q2].map((text) => [answer(text!), text!.trim() === "8"]))),
          );
        }
        const kept = [...named.values()].filter((contents) => contents.size === 1).length;
        const accepted = sound.filter(([respondent]) => respondent === "").length + kept;
        const delivery = report.deliveries[0]!;
        expect(delivery.rows).toBe(lines.length);
        expect(delivery.accepted).toBe(accepted);
        expect(delivery.rejected).toBe(lines.length - accepted);
        expect(report.quarantine.length).toBe(delivery.rejected);
      }),
      { numRuns: 12 },
    );
  });
});
