import { describe, expect, it } from "vitest";
import { qualtricsHeader } from "../../../src/formats/qualtrics/qualtrics.ts";

const json = (id: string, more: object = {}): string => JSON.stringify({ ImportId: id, ...more });
const printed = (id: string): string => `{'ImportId': '${id}'}`;
const personalNames = (first: readonly (readonly string[])[]): readonly string[] =>
  qualtricsHeader(first)!.columns.flatMap(({ name, personal }) => (personal ? [name] : []));

const tags = ["StartDate", "IPAddress", "RecipientEmail", "ExternalReference", "Q1_1", "Q1_2"];
const german = [
  "Anfangsdatum",
  "IP-Adresse",
  "E-Mail",
  "Referenz",
  "Meine Führungskraft\r\n … - hat Ziele",
  "… - fragt",
];
const ids = ["startDate", "ipAddress", "recipientEmail", "externalDataReference", "QID1_1", "QID1_2"];
const answers = ["2026-01-05 08:00:00", "192.0.2.1", "", "r1", "4", "5"];

describe("a Qualtrics export", () => {
  it.each([
    ["JSON", ids.map((id) => json(id))],
    ["JSON with a time zone", ids.map((id) => json(id, { timeZone: "Z" }))],
    ["what Python prints", ids.map(printed)],
    ["what Python 2 prints", ids.map((id) => `{u'ImportId': u'${id}', u'timeZone': u'Z'}`)],
  ])("has three header records where the third has ImportIds as %s", (_, third) => {
    const found = qualtricsHeader([tags, german, third, answers])!;
    expect(found.headerRecords).toBe(3);
    expect(found.columns.map(({ name }) => name)).toEqual(tags);
    expect(found.columns.map(({ id }) => id)).toEqual(ids);
    expect(found.columns[4]!.wording).toBe("Meine Führungskraft … - hat Ziele");
  });

  it("keeps who answered and drops who it was, in every language of the texts", () => {
    expect(personalNames([tags, german, ids.map((id) => json(id))])).toEqual(["IPAddress", "RecipientEmail"]);
    const renamed = ["a", "b", "c", "d", "e", "f"];
    const panel = ["startDate", "ipAddress", "panel-RecipientEmail", "panel-ExternalDataReference", "QID1", "QID2"];
    expect(personalNames([renamed, german, panel.map(printed)])).toEqual(["b", "c"]);
    const places = ["Location-LocationLatitude", "locationLongitude", "recipientFirstName", "RECIPIENTLASTNAME"];
    expect(personalNames([["a", "b", "c", "d"], [], places.map((id) => json(id))])).toEqual(["a", "b", "c", "d"]);
  });

  it("has its header records also where an ImportId is damaged, and a column without one then", () => {
    for (const damaged of ["{'ImportId': 'a\\'}", '{"ImportId":"QI', "{'ImportId': 5"]) {
      const found = qualtricsHeader([tags, german, ids.map((id, k) => (k === 4 ? damaged : json(id))), answers])!;
      expect(found.headerRecords).toBe(3);
      expect(found.columns.map(({ id }) => id)).toEqual(ids.map((id, k) => (k === 4 ? null : id)));
    }
  });

  it("has columns without an ImportId, but no other cell in the third record", () => {
    const third = [json("startDate"), "", json("QID1")];
    expect(qualtricsHeader([["StartDate", "x", "Q1"], [], third])!.columns.map(({ id }) => id)).toEqual([
      "startDate",
      null,
      "QID1",
    ]);
    expect(qualtricsHeader([["StartDate", "x", "Q1"], [], [json("startDate"), "3", json("QID1")]])).toBeNull();
    expect(
      qualtricsHeader([
        ["a", "b"],
        ["1", "2"],
        ["", ""],
      ]),
    ).toBeNull();
    expect(qualtricsHeader([["a"], ["b"], ['{"ImportId":5}']])).toBeNull();
    expect(qualtricsHeader([["a"], ["b"], ['{"importance":"high"}']])).toBeNull();
  });

  it("has two header records where somebody deleted the texts", () => {
    const found = qualtricsHeader([
      ["StartDate", "Q1"],
      [json("startDate"), json("QID1")],
      ["2026-01-05", "3"],
    ])!;
    expect(found.headerRecords).toBe(2);
    expect(found.columns.map(({ id, wording }) => [id, wording])).toEqual([
      ["startDate", null],
      ["QID1", null],
    ]);
  });

  it("tells choices of one question apart, and takes for no id what stands twice", () => {
    const third = [json("QID1", { choiceId: "1" }), json("QID1", { choiceId: "2" }), json("QID2", { choiceId: "1" })];
    const names = ["Q1", "Q1", "Q2", "Q3", "Q3"];
    const { columns } = qualtricsHeader([names, [], [...third, json("QID3"), json("QID3")]])!;
    expect(columns.map(({ id }) => id)).toEqual(["QID1_1", "QID1_2", "QID2", null, null]);
  });
});

describe("an old Qualtrics export", () => {
  const texts = ["ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status"];
  const numbers = texts.map((_, k) => `V${k + 1}`);
  const answered = ["R_0abcDEF1", "Default Response Set", "", "r1", "", "192.0.2.1", "0", "4", ""];

  it("names its own columns V1, V2, … and says in the second record what they are", () => {
    const found = qualtricsHeader([[...numbers, "Q1", ""], [...texts, "My leader has\na vision", ""], answered])!;
    expect(found.headerRecords).toBe(2);
    expect(found.columns.at(-1)!.name).toBe("");
    expect(found.columns[7]).toMatchObject({ name: "Q1", id: null, wording: "My leader has a vision" });
    expect(found.columns[3]!.id).toBe("ExternalDataReference");
    expect(found.columns.flatMap(({ name, personal }) => (personal ? [name] : []))).toEqual(["V3", "V5", "V6"]);
  });

  it("may repeat their names, or go on to the answers at once", () => {
    expect(qualtricsHeader([[...texts, "Q1"], [...texts, "My leader has a vision"], answered])!.headerRecords).toBe(2);
    expect(qualtricsHeader([[...texts, "Q1"], answered])!.headerRecords).toBe(1);
  });

  it.each([
    [
      "text in the first row",
      [
        ["id", "leder", "kommentar"],
        ["r1", "L1", "God leder"],
      ],
    ],
    [
      "numbered columns",
      [
        ["V1", "V2", "V3", "V4", "V5"],
        ["r1", "L1", "Status", "IPAddress", "5"],
      ],
    ],
    [
      "some of the same names",
      [
        ["ResponseID", "Status", "StartDate", "q1"],
        ["r1", "1", "2026-01-05", "4"],
      ],
    ],
    [
      "columns whose names only begin as numbered ones do",
      [
        ["V1a", "V2a", "V3a", "V4a"],
        ["ResponseID", "ResponseSet", "IPAddress", "Status"],
      ],
    ],
    [
      "columns of higher numbers than any survey has",
      [
        ["V10001", "V10002", "V10003", "V10004"],
        ["ResponseID", "ResponseSet", "IPAddress", "Status"],
      ],
    ],
    [
      "four of the same names, but not that of the set of a response",
      [
        ["ResponseID", "Status", "StartDate", "EndDate", "q1"],
        ["r1", "1", "2026-01-05", "2026-01-05", "4"],
      ],
    ],
    [
      "four of the same names, but not that of a response",
      [
        ["ResponseSet", "Status", "StartDate", "EndDate", "q1"],
        ["r1", "1", "2026-01-05", "2026-01-05", "4"],
      ],
    ],
    [
      "three of its own columns",
      [
        ["V1", "V2", "V3", "V4"],
        ["ResponseID", "Status", "StartDate", "4"],
      ],
    ],
    [
      "a list of its columns",
      [
        ["a", "b", "c", "d"],
        ["ResponseID", "ResponseSet", "IPAddress", "Status"],
      ],
    ],
    ["no second row", [["id", "leder"]]],
    ["nothing at all", []],
  ])("is not seen in a file with %s", (_, first) => {
    expect(qualtricsHeader(first)).toBeNull();
  });
});

describe("a Qualtrics 360 export", () => {
  const names = ["SubjectUniqueIdentifier", "ParticipantUniqueIdentifier", "Relationship", "Unsolicited", "Q1"];
  const people = ["SubjectFirstName", "SubjectEmail", "Evaluator Last Name", "Participant Email"];

  it("keeps the keys and drops the names of who is rated and who rates", () => {
    const header = [...names, ...people];
    expect(personalNames([header, header, header.map((name) => json(name))])).toEqual(people);
    expect(personalNames([header, ["s1", "p1", "Manager", "", "4"]])).toEqual(people);
  });

  it("counts its header records by what they repeat", () => {
    expect(qualtricsHeader([names, names, ["s1", "p1", "Peer", "", "4"]])!.headerRecords).toBe(2);
    expect(qualtricsHeader([names, ["s1", "p1", "Peer", "", "4"]])!.headerRecords).toBe(1);
    expect(qualtricsHeader([names.slice(0, 2), ["s1", "p1"]])).toBeNull();
  });
});

describe("a made-up header", () => {
  it("is taken as it is, whatever its names", () => {
    const names = ["__proto__", "constructor", "toString"];
    const { columns } = qualtricsHeader([names, names, names.map((name) => json(name))])!;
    expect(columns.map(({ name, id, personal }) => [name, id, personal])).toEqual(
      names.map((name) => [name, name, false]),
    );
    expect(qualtricsHeader([["a"], [], ['{"__proto__":{"ImportId":"QID1"}}']])).toBeNull();
  });

  it("may be wide, and its cells long and nearly right", () => {
    const wide = Array.from({ length: 100_000 }, (_, k) => `Q${k}`);
    expect(qualtricsHeader([wide, wide, wide.map(printed)])!.columns.at(-1)!.id).toBe("Q99999");
    expect(qualtricsHeader([["a"], ["b"], [json("x".repeat(3000))]])).toBeNull();
    const nearly = [`{${"'a': 'b' ".repeat(200)}`, `{${" ".repeat(1900)}`, `{'ImportId': '${"\\'".repeat(900)}`];
    for (const cell of nearly) expect(qualtricsHeader([["a"], ["b"], [cell]])).toBeNull();
  });
});
