import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import type { Refusal } from "../../../src/errors.ts";
import { header, plain, plainAnswers, readSurvey, refusedSurvey, type SurveyParts } from "./read-survey.ts";

const comma = plain.replaceAll(",", ".").replaceAll(";", ",");
const tab = (text: string): string => text.replaceAll(";", "\t");
const withNote = (...notes: readonly string[]): string =>
  plain
    .trim()
    .split("\n")
    .map((line, index) => `${line};${["note", ...notes][index]}`)
    .join("\n");
const many = Array.from({ length: 10_000 }, (_, index) => `extra${index}`);
const beside = (names: readonly string[], cell: string): string =>
  plain
    .trim()
    .split("\n")
    .map((line, index) => [line, ...(index === 0 ? names : names.map(() => cell))].join(";"))
    .join("\n");

describe("the same answers", () => {
  const guises: readonly (readonly [string, string | Buffer, Partial<SurveyParts>?])[] = [
    ["as they are", plain],
    ["without a last line end", plain.trimEnd()],
    ["with two marks of UTF-8", `\uFEFF\uFEFF${plain}`],
    ["in UTF-16 with a mark", iconv.encode(plain, "utf-16le", { addBOM: true })],
    ["in UTF-16 of the other order", iconv.encode(plain, "utf-16be", { addBOM: true })],
    ["with old, new and mixed line ends", plain.replace("\n", "\r").replace("\n", "\r\n")],
    ["with old line ends alone", plain.replaceAll("\n", "\r")],
    ["with blank lines between", plain.replaceAll("\n", "\n\r\n\n")],
    ["with commas between", comma],
    ["with every cell in quotation marks", comma.replace(/[^,\n]+/g, '"$&"')],
    ["with tabs between", tab(plain)],
    ["with bars between", plain.replaceAll(";", "|")],
    ["with a separator on the first line", `\uFEFFsep=;\r\n${plain}`],
    ["with a given separator", plain.replaceAll(";", "^"), { listing: ', separator: "^"' }],
    ["with spaces and marks in the header", plain.replace("boss;years", " boss\u00a0; \u200byears")],
    ["under a name of another kind", plain, { file: "answers.txt" }],
    ["under a name without a kind", plain, { file: "svar" }],
    ["under a name with spaces and letters", plain, { file: "svar før (1).csv" }],
    [
      "with columns in another order",
      plain.replace(/^(\w*;\w*;)(.*)$/gm, "$1$2").replace(/^([^;]*);([^;]*)/gm, "$2;$1"),
    ],
    ["beside two columns of one name that nobody maps", beside(["note", "note"], "x")],
    ["beside columns without a name", beside(["", ""], "x")],
    ["beside columns of dangerous names", beside(["__proto__", "constructor", "toString", "a' DROP TABLE x --"], "1")],
    ["beside ten thousand columns", beside(many, "1")],
    ["below a header of 70 kB", beside(["x".repeat(70_000)], "1")],
    ["below a quoted header of 70 kB", beside([`"${"x, y; ".repeat(10_000)}"`], '"1"')],
    ["beside questions with commas", beside(["Er du glad, rask, fri, fro, from?"], "1")],
    ["with the header on the third line", `Hus\n"Udtræk; marts"\n${plain}`, { listing: ", header: 3" }],
    ["with commas, and the header below a title", `Hus\n\n${comma}`, { listing: ", header: 3" }],
    [
      "with old line ends, and the header below a title",
      `Hus\n\n${plain}`.replaceAll("\n", "\r"),
      { listing: ", header: 3" },
    ],
  ];
  const complete = guises.map(([name, answers, more = {}]) => [name, answers, more] as const);
  it.each(complete)("are read %s", async (_, answers, more) => {
    const read = await readSurvey({ answers, ...more });
    expect(read.answers).toEqual(plainAnswers);
    expect(read.covariates).toEqual([[3], [4.5], [null]]);
    expect(read.counts).toEqual([[3, 0, 0]]);
    expect(read.warnings).toEqual([]);
  });

  it("are read in UTF-16 without a mark, which is said", async () => {
    const read = await readSurvey({ answers: iconv.encode(plain, "utf-16le", { addBOM: false }) });
    expect(read.answers).toEqual(plainAnswers);
    expect(read.warnings).toEqual(["mark-missing 1"]);
  });

  it("are read through headers of a group, and through one whose letters are composed otherwise", async () => {
    const answers = plain.replace("t1", "skema/t1").replace("t2", "spo\u0308rgsma\u030al").replace("boss", "bo ss");
    const listing = ', items: { t1: "skema/t1", t2: "sp\u00f6rgsm\u00e5l" }';
    expect((await readSurvey({ answers, listing, columns: "respondent: who, leader: bo ss" })).answers).toEqual(
      plainAnswers,
    );
  });

  it("are read where cells beyond the header are empty, which is counted", async () => {
    const read = await readSurvey({ answers: plain.replaceAll("\n", ";;\n").replace(";;\n", "\n") });
    expect(read.answers).toEqual(plainAnswers);
    expect(read.coercions).toContain("cells-beyond 3 2");
  });
});

describe("quotation marks", () => {
  it.each([
    ["inside cells are ordinary", withNote('13" skærm', 'hun sagde "nej"', "x")],
    ["in the header are ordinary", beside(['13" skærm'], "x")],
    ["stand around separators and line ends", withNote('"nej; tak\nmåske"', '"a ""b"""', '""')],
    ["are ordinary between tabs", tab(withNote('"hun gik', 'sagde "nej"', '"'))],
  ])("%s", async (_, answers) => {
    const read = await readSurvey({ answers });
    expect([read.answers, read.counts, read.warnings]).toEqual([plainAnswers, [[3, 0, 0]], []]);
  });

  it("that are never closed lose nobody, and are said with their line", async () => {
    const read = await readSurvey({ answers: withNote("x", '"aldrig lukket', "y") });
    expect([read.answers, read.warnings]).toEqual([plainAnswers, ["quote-stray 3"]]);
  });

  it("that close on another line inside a cell lose nobody", async () => {
    const read = await readSurvey({ answers: withNote('"åben', "x", 'luk" igen') });
    expect([read.answers, read.warnings]).toEqual([plainAnswers, ["quote-stray 2"]]);
  });

  it("with text after them set a row apart, and only it", async () => {
    const read = await readSurvey({ answers: withNote("x", '"nej" sagde hun', "y") });
    expect([read.quarantine, read.counts]).toEqual([["3 quotes-malformed"], [[2, 1, 0]]]);
  });

  it("that swallow whole lines are said with how many", async () => {
    const rows = Array.from({ length: 5 }, (_, index) => `c${index};A;1;1;2;3;4;5;ok\n`).join("");
    const answers = `${header};note\nx1;A;1;1;2;3;4;5;"åben\n${rows}x2;B;1;1;2;3;4;5;lukket"\ny1;B;1;1;2;3;4;5;ok\n`;
    const read = await readSurvey({ answers });
    expect([read.counts, read.warnings]).toEqual([[[2, 0, 0]], ["lines-swallowed 2"]]);
    expect(read.report.warnings[0]).toMatchObject({ lines: 5 });
  });

  it("first met far down leave all rows before them", async () => {
    const rows = Array.from(
      { length: 25_000 },
      (_, index) => `r${index};A;1;1;2;3;4;5;${index === 24_000 ? '"en; to"' : "ja"}`,
    );
    const read = await readSurvey({ answers: [`${header};skærm 13"`, ...rows].join("\n") });
    expect(read.counts).toEqual([[25_000, 0, 0]]);
  });

  it("around whole lines are refused, for the lines are one cell each", async () => {
    expect(await refusedSurvey({ answers: plain.trim().replace(/^.*$/gm, '"$&"') })).toEqual(["lines-quoted 1"]);
  });
});

describe("letters", () => {
  const roster = (...areas: readonly Buffer[]): Buffer =>
    Buffer.concat([
      Buffer.from("boss;area;staff\n"),
      ...areas.flatMap((area, index) => [Buffer.from(`${"AB"[index]};`), area, Buffer.from(";5\n")]),
    ]);
  const utf8 = Buffer.from("Ærø");
  const latin = iconv.encode("Ærø", "windows-1252");

  it.each([
    ["are those of Windows-1252", roster(latin, latin), ["Ærø", "Ærø"], []],
    ["of two encodings are one, which is said", roster(utf8, latin), ["Ærø", "Ærø"], ["encodings-mixed 3"]],
    ["that were encoded twice are said", roster(Buffer.from("ÃÆrÃ¸"), utf8), ["ÃÆrÃ¸", "Ærø"], ["letters-doubled 2"]],
    [
      "that were lost before are said",
      roster(utf8, Buffer.from("\uFFFDr\uFFFD")),
      ["Ærø", "\uFFFDr\uFFFD"],
      ["letters-lost 3"],
    ],
  ])("%s", async (_, file, areas, warnings) => {
    const read = await readSurvey({ answers: plain, roster: file });
    expect([read.areas, read.warnings]).toEqual([areas, warnings]);
  });

  it("of an answer are read in Windows-1252", async () => {
    const answers = iconv.encode(plain.replace("a1;A;3;1", "a1;A;3;Sjældent"), "windows-1252");
    expect((await readSurvey({ answers })).answers[0]).toBe("2 2 3 4 5");
  });
});

describe("a file is refused", () => {
  it.each([
    ["with a header alone", `${header}\n`, ["no-answers 1"]],
    ["with line ends alone", "\n\r\n\n", ["file-empty"]],
    ["with nothing", "", ["file-empty"]],
    ["with a NUL byte", plain.replace("b1", "b\0"), ["file-binary 4"]],
    ["with a cell of more than a megabyte", plain.replace("b1", "b".repeat(1 << 21)), ["line-too-long 4"]],
    ["that is gzip", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]), ["not-a-table"]],
    ["that is a web page", "<!doctype html><title>Log ind</title>", ["not-a-table"]],
    ["whose header stands further down", `Hus;;;;;;;\n${plain}`, ["header-elsewhere 2"]],
  ])("%s", async (_, answers, problems) => {
    expect(await refusedSurvey({ answers })).toEqual(problems);
  });

  it("with one column, once for each that it lacks", async () => {
    const problems = await refusedSurvey({ answers: "who\nr1\n", columns: "respondent: who, leader: boss" });
    expect(problems).toEqual(["boss", "t1", "t2", "t3"].map((column) => `column-absent 1 ${column}`));
  });

  it.each([
    ["of codes", "r1;A;3;1;2;3;4;5\nr2;A;4,5;5;4;3;2;1\n"],
    [
      "of answers in words, from an address",
      "anna@x.dk;A;;Enig;Uenig;Aldrig;Ofte;Altid\nr2;A;;Enig;Enig;Enig;Enig;Enig\n",
    ],
    ["of answers in words", "A;Aldrig;Aldrig;Ofte;Ofte;Aldrig;Ofte;Ofte\n"],
  ])("without a header, and nothing that %s a person gave is said", async (_, answers) => {
    const refusal: unknown = await readSurvey({ answers }).catch((fault: unknown) => fault);
    expect(refusal).toMatchObject({ problems: [{ code: "header-absent", place: { line: 1 } }] });
    const { problems } = refusal as Refusal;
    expect(problems).toMatchObject([{ expected: ["boss", "who", "t1", "t2", "t3"] }]);
    expect(JSON.stringify(problems)).not.toMatch(/anna|4,5|Aldrig/);
  });

  it("whose columns have other names, with the names that it has", async () => {
    const renamed = plain.replace(header, "nr;leder;alder;s1;s2;s3;s4;s5");
    const refusal: unknown = await readSurvey({ answers: renamed }).catch((fault: unknown) => fault);
    const [first] = (refusal as Refusal).problems;
    expect(first).toMatchObject({
      code: "column-absent",
      available: ["nr", "leder", "alder", "s1", "s2", "s3", "s4", "s5"],
    });
  });

  it("that is not there, and a folder", async () => {
    const refused = await refusedSurvey({
      answers: plain,
      deliveries: ["{ file: other.csv, wave: autumn, rater: employee }", "{ file: ., wave: autumn, rater: self }"],
    });
    expect(refused).toEqual(["file-missing", "file-unreadable"]);
  });
});
