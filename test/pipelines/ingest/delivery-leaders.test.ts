import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkStudy } from "../../../pipelines/check.ts";
import { header, plain, plainAnswers, readSurvey, refusedSurvey } from "./read-survey.ts";

const rowsOf = (...leaders: readonly string[]): string =>
  [header, ...leaders.map((leader, index) => `r${index};${leader};1;1;2;3;4;5`)].join("\n");
const rosterOf = (...leaders: readonly string[]): string =>
  `boss;area;staff\n${leaders.map((leader) => `${leader};Nord;5\n`).join("")}`;

describe("a leader's id", () => {
  it.each([
    ["in composed letters", "S\u00f8r\u00e9n", "S\u00f8re\u0301n"],
    ["with a mark that nobody sees", "L1", "L\u200b1"],
    ["with spaces of other kinds", "Lise Bo", " Lise\u00a0 Bo\t"],
    ["that looks like a missing text", "NA", "NA"],
  ])("%s is the one of the roster", async (_, known, written) => {
    const read = await readSurvey({ answers: rowsOf(written), roster: rosterOf(known) });
    expect(read.leaders).toEqual([known]);
  });

  it.each([
    ["a", "A"],
    ["7", "007"],
    ["007", "7"],
    ["1001.0", "1001"],
    ["1001,00", "1001"],
    ["Lise B", "Lise Bo"],
    ["Total", undefined],
  ])("%s that the roster does not have is set apart, with the nearest", async (written, nearest) => {
    const roster = rosterOf("A", "007", "7".repeat(3), "1001", "Lise Bo").replace("007", nearest === "7" ? "7" : "007");
    const read = await readSurvey({ answers: rowsOf("A", written), roster });
    expect(read.leaders).toEqual(["A"]);
    expect(read.quarantine).toEqual([`3 boss leader-not-in-roster${nearest ? ` ${nearest}` : ""}`]);
  });

  it("is near none that differs by zeros within it", async () => {
    const read = await readSurvey({ answers: rowsOf("A", "20"), roster: rosterOf("A", "200000") });
    expect(read.quarantine).toEqual(["3 boss leader-not-in-roster"]);
  });

  it("that no row has right refuses the file, with the nearest", async () => {
    const refused = await refusedSurvey({ answers: rowsOf("1001.0", "1002.0"), roster: rosterOf("1001", "1002") });
    expect(refused).toEqual(["no-row-accepted 2 boss 1001"]);
  });

  it("that is empty or written as nothing is missing", async () => {
    const read = await readSurvey({ answers: rowsOf("", "A", "NA", "#N/A") });
    expect(read.quarantine).toEqual([2, 4, 5].map((line) => `${line} boss leader-missing`));
  });

  it("that is longer than any is none, though the roster may have it, and an id as long as any is one", async () => {
    const [longest, longer] = ["L".repeat(1000), "L".repeat(1001)];
    const roster = rosterOf("A", longest, longer);
    const read = await readSurvey({ answers: rowsOf("A", longest, longer), roster });
    expect(read.leaders).toEqual(["A", longest]);
    expect(read.quarantine).toEqual(["4 boss id-too-long", "4 boss id-too-long"]);
    const unlisted = await readSurvey({ answers: rowsOf("A", longest, longer), roster: null });
    expect([unlisted.leaders, unlisted.quarantine]).toEqual([["A", longest], ["4 boss id-too-long"]]);
  });

  it("of a row below the table is of nobody", async () => {
    const read = await readSurvey({ answers: `${plain}I alt;;;3;3;3;3;3\nGns.;Alle;3;3;3;3;3;3\n` });
    expect(read.answers).toEqual(plainAnswers);
    expect(read.quarantine).toEqual(["5 boss leader-missing", "6 boss leader-not-in-roster"]);
  });
});

describe("a respondent", () => {
  it.each(["NA", "null", "-", ""])("that is written as %j is nobody, and no row contradicts another", async (who) => {
    const read = await readSurvey({ answers: plain.replace(/^[ab]\d/gm, who) });
    expect(read.answers).toEqual(plainAnswers);
    expect(read.respondents).toEqual([null, null, null]);
    expect(read.coercions.filter((one) => one.startsWith("respondent"))).toEqual(
      who === "" ? [] : ["respondent-none 3 2"],
    );
  });

  it("that is an e-mail address is kept as a pseudonym that only the study's key makes", async () => {
    const address = (id: string): string => `${id}@kommune.example`;
    const read = await readSurvey({ answers: plain.replaceAll(/^([ab]\d)/gm, address("$1")) });
    expect(read.answers).toEqual(plainAnswers);
    for (const respondent of read.respondents) expect(respondent).toMatch(/^[\w-]{24}$/);
    expect(new Set(read.respondents).size).toBe(3);
    expect(read.respondents).not.toContain(hash("sha256", address("a1"), "base64url").slice(0, 24));
  });

  it("that answers twice and differently is set apart both times; alike counts once", async () => {
    const read = await readSurvey({ answers: `${plain}a1;A;3;5;5;5;5;5\n b1 ;B;;2;8;;77;2\n` });
    expect(read.quarantine).toEqual(["2 duplicate-conflict", "5 duplicate-conflict", "6 duplicate"]);
    expect(read.answers).toEqual(plainAnswers.slice(1));
  });

  it.each([3, 300, 999])(
    "has one pseudonym, with spaces around or without, in an id of %i characters",
    async (size) => {
      const id = `${"a".repeat(size - 1)}1`;
      const read = await readSurvey({
        answers: `${header}\n${id};A;1;1;2;3;4;5\n ${id} ;B;1;1;2;3;4;5\n${id}2;B;1;1;2;3;4;5\n`,
      });
      expect(read.respondents[1]).toBe(read.respondents[0]);
      expect(read.respondents[2]).not.toBe(read.respondents[0]);
    },
  );

  it("may answer about two leaders", async () => {
    const read = await readSurvey({ answers: `${plain}a1;B;3;5;5;5;5;5\n` });
    expect(read.leaders).toEqual(["A", "A", "B", "B"]);
    expect(read.respondents[3]).toBe(read.respondents[0]);
  });
});

describe("respondents of two waves", () => {
  const wave = (...ids: readonly string[]): string =>
    [header, ...ids.map((id, index) => `${id};${index % 2 ? "A" : "B"};1;1;2;3;4;5`)].join("\n");
  const waves = async (before: readonly string[], after: readonly string[], rater = "employee") => {
    const listing = `{ file: after.csv, wave: autumn, rater: ${rater}, columns: { respondent: who, leader: boss } }`;
    const read = await readSurvey({
      answers: wave(...before),
      deliveries: [listing],
      files: { "after.csv": wave(...after) },
    });
    expect((await checkStudy(read.folder)).warnings).toEqual(read.report.warnings);
    return read.report.warnings;
  };

  it.each([
    [["101", "102", "103"], ["101.0", "102.0", "103"], "after.csv", 2],
    [["0101", "102"], ["101", "102"], "answers.csv", 1],
    [["101,00", "7"], ["101", "9"], "answers.csv", 1],
  ])("whose ids %j and %j differ by zeros are counted", async (before, after, file, respondents) => {
    const other = file === "after.csv" ? "answers.csv" : "after.csv";
    expect(await waves(before, after)).toEqual([
      { code: "respondents-otherwise", place: { file, line: 1, column: "who" }, other, respondents },
    ]);
  });

  it("of which each wave writes the id in a form of its own are told from both sides", async () => {
    const found = await waves(["0101", "0102"], ["101.0", "102.0"]);
    expect(found.map((one) => ("respondents" in one ? one.respondents : one))).toEqual([2, 2]);
  });

  it.each([
    ["are written alike", ["0101", "10.0"], ["0101", "10.0", "7"]],
    ["are of two people in one wave", ["0101", "101"], ["101", "102"]],
    ["stand there too as they are", ["0101", "102"], ["0101", "101"]],
    ["differ by more than zeros", ["A01", "100"], ["A1", "10"]],
  ])("whose ids %s are not", async (_, before, after) => {
    expect(await waves(before, after)).toEqual([]);
  });

  it("that are other raters are not compared", async () => {
    expect(await waves(["101"], ["0101"], "superior")).toEqual([]);
  });
});

describe("a roster", () => {
  const staffed = (separator: string, ...staff: readonly string[]): string =>
    ["boss area staff", ...staff.map((count, index) => `${"ABCDE"[index]} Nord ${count}`)]
      .join("\n")
      .replaceAll(" ", separator);

  it.each([
    ["a comma between thousands", "\t", ["1,200", "12"], [1200, 12]],
    ["a point between thousands", ";", ["1.200", "12"], [1200, 12]],
    ["a point and a fraction of zeros", ",", ["1200.0", "12.0"], [1200, 12]],
    ["nothing", ";", ["", "12"], [null, 12]],
  ])("has headcounts with %s", async (_, separator, staff, employees) => {
    const read = await readSurvey({ answers: plain, roster: staffed(separator, ...staff) });
    expect(read.roster.map((row) => (row["employees"] === null ? null : Number(row["employees"])))).toEqual(employees);
  });

  it("has its rows whole with blank lines between them", async () => {
    const read = await readSurvey({ answers: plain, roster: "boss;area;staff\n\nA;Nord;12\r\n\r\n\nB;Syd;9\n" });
    expect(read.areas).toEqual(["Nord", "Syd"]);
    expect(read.quarantine).toEqual([]);
  });

  const dated = (...days: readonly string[]) => ({
    answers: plain,
    rosterListing: "",
    roster: `boss;area;staff;from\n${days.map((day, index) => `${"ABC"[index]};Nord;5;${day}\n`).join("")}`,
  });
  it.each([
    ["2024-04-03", "2024-04-03"],
    ["3/4/2024", "2024-04-03"],
    ["03.04.2024", "2024-04-03"],
    ["13-4-2024", "2024-04-13"],
  ])("has the day %s first", async (written, day) => {
    const read = await readSurvey(dated(written, ""));
    const days = read.roster.map((row) => row["from_date"] as Date | null);
    expect(days.map((one) => one?.toISOString().slice(0, 10) ?? null)).toEqual([day, null]);
  });

  it("whose dates show that the month stands first is refused", async () => {
    expect(await refusedSurvey(dated("3/4/2024", "3/14/2024"))).toEqual(["month-first 3 from"]);
  });

  it.each(["31/2/2024", "om lidt", "2024-13-01"])("keeps a leader whose day is %s, without the day", async (day) => {
    const read = await readSurvey(dated(day, "2014-04-03", day));
    expect(read.quarantine).toEqual([]);
    expect(read.answers).toEqual(plainAnswers);
    expect(read.report.warnings).toEqual([
      { code: "cells-emptied", place: { file: "leaders.csv", line: 2, column: "from" }, cells: 2, why: "unusable" },
    ]);
    expect(read.roster.map((row) => row["from_date"] === null)).toEqual([true, false, true]);
  });

  it.each(["mange", "-4", "2024-01-01"])(
    "keeps a leader whose headcount is %s, without the headcount",
    async (count) => {
      const read = await readSurvey({ answers: plain, roster: staffed(";", count, "12") });
      expect(read.answers).toEqual(plainAnswers);
      expect(read.roster.map((row) => row["employees"])).toEqual([null, 12n]);
      expect(read.warnings).toEqual(["cells-emptied 2 staff"]);
    },
  );

  it("says nothing of headcounts and background that are written as nothing", async () => {
    const read = await readSurvey({
      ...ofRoster("range: [0, 5]", "NA", "2"),
      roster: "boss;area;staff;size\nA;Nord;-;NA\nB;Nord;;2\n",
    });
    expect(read.warnings).toEqual([]);
    expect(read.rosterCovariates).toEqual([null, 2]);
  });

  const ofRoster = (more: string, ...cells: readonly string[]) => ({
    answers: plain,
    covariates: `[{ id: size, from: roster, ${more} }]`,
    roster: `boss;area;staff;size\n${cells.map((cell, index) => `${"AB"[index]};Nord;5;${cell}\n`).join("")}`,
  });
  it.each([
    ["range: [0, 5]", ["2.125", "1.5"], [2.125, 1.5]],
    ["range: [0, 5]", ["2.0", ""], [2, null]],
    ["range: [0, 9000]", ["1.200", "900,5"], [1200, 900.5]],
    ["range: [0, 9000]", ["1.200", "900.5"], [1.2, 900.5]],
    ["values: { 1: { da: By, en: Town }, 2: { da: Land, en: Country } }", ["2.0", "1"], [1, 0]],
    ["values: { 1: { da: By, en: Town }, 2: { da: Land, en: Country } }", ["land", "Town"], [1, 0]],
  ])("has background with %s as a delivery has it: %j", async (more, cells, values) => {
    const read = await readSurvey(ofRoster(more, ...cells));
    expect(read.rosterCovariates).toEqual(values);
  });

  it("has its numbers as the study says", async () => {
    const parts = ofRoster("range: [0, 9000]", "1.200", "900");
    expect(await refusedSurvey(parts)).toEqual(["numbers-ambiguous 2 size"]);
    expect((await readSurvey({ ...parts, rosterListing: ', decimal: "."' })).rosterCovariates).toEqual([1.2, 900]);
    const comma = { ...parts, roster: parts.roster.replaceAll(";", ",") };
    expect((await readSurvey(comma)).rosterCovariates).toEqual([1.2, 900]);
  });

  it.each([
    ["range: [0, 5]", "6"],
    ["range: [0, 5]", "stor"],
    ["values: { 1: { da: By, en: Town }, 2: { da: Land, en: Country } }", "7"],
  ])("keeps a leader whose background with %s is %s, without it", async (more, cell) => {
    const read = await readSurvey(ofRoster(more, cell, "2"));
    expect(read.report.roster).toMatchObject({ rows: 2, accepted: 2, rejected: 0, skipped: 0 });
    expect(read.answers).toEqual(plainAnswers);
    expect(read.rosterCovariates[0]).toBeNull();
    expect(read.warnings).toEqual(["cells-emptied 2 size"]);
    expect((await checkStudy(read.folder)).warnings).toEqual(read.report.warnings);
  });

  it("sets a row apart that names no leader", async () => {
    const read = await readSurvey({ answers: plain, roster: "boss;area;staff\nA;Nord;x\n;Nord;5\nB;Syd;9\n" });
    expect(read.quarantine).toEqual(["3 boss leader-missing"]);
    expect(read.warnings).toEqual(["cells-emptied 2 staff"]);
  });

  it("with units or leaders that differ by case or spaces only says so, and keeps them apart", async () => {
    const roster = "boss;area;staff\nA;Skole A;5\nB;SKOLE A;5\nC;skole  a;5\nD;SkoleA;5\nE;Skole A;5\nF;Skole B;5\n";
    const units = await readSurvey({ answers: plain, roster });
    expect(units.report.warnings).toEqual([
      { code: "names-alike", place: { file: "leaders.csv", line: 3, column: "area" }, names: 3 },
    ]);
    expect(new Set(units.areas).size).toBe(5);
    const leaders = await readSurvey({ answers: plain, roster: rosterOf("A", "B", "a", "AB") });
    expect(leaders.warnings).toEqual(["names-alike 4 boss"]);
    expect(leaders.roster.length).toBe(4);
  });

  it("that names a leader twice is refused where the two differ", async () => {
    expect(
      await refusedSurvey({ answers: plain, roster: rosterOf("A", "B", "A").replace(/A;Nord;5\n$/, "A;Syd;5\n") }),
    ).toEqual(["id-duplicate 4"]);
    const read = await readSurvey({ answers: plain, roster: rosterOf("A", "B", "A") });
    expect(read.quarantine).toEqual(["4 boss duplicate"]);
  });

  it("that is not there leaves ids that a spreadsheet has shortened to be asked about", async () => {
    const answers = plain.replaceAll(";A;", ";1,23E+15;");
    expect((await readSurvey({ answers, roster: null })).warnings).toEqual(["leaders-scientific 2"]);
  });
});
