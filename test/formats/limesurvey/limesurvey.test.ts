import { describe, expect, it } from "vitest";
import { type Problem, Refusal } from "../../../src/errors.ts";
import { explain } from "../../../src/explain/explain.ts";
import { describeColumns } from "../../../src/formats/codebook.ts";
import { isLimeSurvey, limesurveyCodebook, limesurveySystem } from "../../../src/formats/limesurvey/limesurvey.ts";

type Row = Readonly<Record<string, string | number>>;
const row = (one: Row): string =>
  `<row>${Object.entries(one)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join("")}</row>`;
const table = (name: string, rows: readonly Row[]): string =>
  `<${name}><fields><fieldname>qid</fieldname></fields><rows>${rows.map(row).join("\n")}</rows></${name}>`;
const survey = (tables: Readonly<Record<string, readonly Row[]>>, start = ""): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${start}<document><LimeSurveyDocType>Survey</LimeSurveyDocType>
  <DBVersion>638</DBVersion><languages><language>en</language></languages>
  ${Object.entries(tables)
    .map(([name, rows]) => table(name, rows))
    .join("\n")}</document>`;

const question = (qid: number, title: string, type: string, other = "N"): Row => ({
  ...{ qid, parent_qid: 0, title, type, other, question_order: qid, scale_id: 0 },
});
const part = (qid: number, parent: number, title: string, order: number, scale = 0): Row => ({
  ...{ qid, parent_qid: parent, title, type: "T", question_order: order, scale_id: scale },
});
const answer = (aid: number, qid: number, code: string, sortorder: number, value: number, scale = 0): Row => ({
  ...{ aid, qid, code, sortorder, assessment_value: value, scale_id: scale },
});
const said = (qid: number, text: string, language = "en"): Row => ({ qid, question: text, language });
const labelled = (aid: number, text: string, language = "en"): Row => ({ aid, answer: text, language });

const newer = survey({
  answers: [
    answer(2, 1, "AO02", 1, 0),
    answer(1, 1, "AO01", 0, 0),
    answer(3, 1, "AO03", 2, 0),
    answer(4, 1, "AO09", 3, 0),
  ],
  answer_l10ns: [
    ...[labelled(1, "Disagree"), labelled(2, "Neither"), labelled(3, "Agree"), labelled(4, "Don't know")],
    ...[
      labelled(1, "Uenig", "da"),
      labelled(2, "Hverken", "da"),
      labelled(3, "Enig", "da"),
      labelled(4, "Ved ikke", "da"),
    ],
  ],
  questions: [question(1, "Q1", "F")],
  subquestions: [part(12, 1, "SQ002", 1), part(11, 1, "SQ001", 0)],
  question_l10ns: [
    ...[said(1, "<p>My <b>lead</b>er&nbsp;…</p>"), said(11, "has a vision"), said(12, "listens")],
    ...[said(1, "<p>Min leder</p><script>if (a > b) {}</script>", "da"), said(11, "har en vision", "da")],
  ],
  surveys: [{ sid: 1, language: "en" }],
});

const older = survey({
  answers: [
    { qid: 1, code: "A1", answer: "Uenig", sortorder: 1, assessment_value: -2, language: "da", scale_id: 0 },
    { qid: 1, code: "A1", answer: "Disagree", sortorder: 1, assessment_value: -2, language: "en", scale_id: 0 },
    { qid: 1, code: "A2", answer: "Enig", sortorder: 2, assessment_value: 2, language: "da", scale_id: 0 },
    { qid: 1, code: "A2", answer: "Agree", sortorder: 2, assessment_value: 2, language: "en", scale_id: 0 },
  ],
  questions: [
    { ...question(1, "Q1", "L", "Y"), question: "Har lederen en vision?", language: "da" },
    { ...question(1, "Q1", "L", "Y"), question: "Has the leader a vision?", language: "en" },
  ],
  surveys: [{ sid: 1, language: "da" }],
});

const column = (xml: string, name: string, language = "en") =>
  limesurveyCodebook(xml, "survey.lss", language).columns.get(name);
const own = (xml: string): readonly string[] => {
  const names = limesurveyCodebook(xml, "survey.lss", "en").columns.values();
  return [...new Set([...names].flatMap(({ id }) => id ?? []))];
};
const problem = (xml: string): Problem => {
  try {
    limesurveyCodebook(xml, "survey.lss", "en");
  } catch (error) {
    if (error instanceof Refusal) return error.problems[0]!;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("a LimeSurvey structure", () => {
  it("gives each item its stem and its own text, in the language of the study or else of the survey", () => {
    expect(column(newer, "Q1[SQ001]")!.wording).toBe("My leader … - has a vision");
    expect(column(newer, "Q1[SQ001]", "da")!.wording).toBe("Min leder - har en vision");
    expect(column(newer, "Q1[SQ002]", "da")!.wording).toBe("Min leder - listens");
    expect(column(newer, "Q1[SQ001]", "nb")!.wording).toBe("My leader … - has a vision");
    expect(column(older, "Q1", "en")!.wording).toBe("Has the leader a vision?");
    expect(column(older, "Q1", "sv")!.wording).toBe("Har lederen en vision?");
    const inEnglish = older.replace(
      "<language><![CDATA[da]]></language></row></rows></surveys>",
      "<language>en</language></row></rows></surveys>",
    );
    expect(column(inEnglish, "Q1", "sv")!.wording).toBe("Has the leader a vision?");
  });

  it("joins the letters of a word that markup cuts, and parts words that only a line or a cell of markup parts", () => {
    const worded = (html: string) =>
      column(survey({ questions: [question(1, "Q1", "S")], question_l10ns: [said(1, html)] }), "Q1")!.wording;
    expect(worded('<p>My lea<b class="x">d</b>er lis<span style="color: red">t</span>ens</p>')).toBe(
      "My leader listens",
    );
    expect(worded("My leader<br>listens<br/>always")).toBe("My leader listens always");
    expect(worded("<table><tr><td>My leader</td><td>listens</td></tr></table>")).toBe("My leader listens");
    expect(worded("<blockquote>My</blockquote><article>leader</article>")).toBe("My leader");
  });

  it("takes a variant of the language before the survey's own", () => {
    const formal = newer.replaceAll("<![CDATA[da]]>", "<![CDATA[da-informal]]>");
    expect(column(formal, "Q1[SQ001]", "da")!.wording).toBe("Min leder - har en vision");
  });

  it("has the answers of the question in display order at each of its items", () => {
    expect(column(newer, "Q1[SQ002]", "da")!.labels).toEqual([
      { code: "AO01", label: "Uenig" },
      { code: "AO02", label: "Hverken" },
      { code: "AO03", label: "Enig" },
      { code: "AO09", label: "Ved ikke" },
    ]);
    expect(column(older, "Q1", "da")!.labels).toEqual([
      { code: "A1", label: "Uenig" },
      { code: "A2", label: "Enig" },
    ]);
  });

  it("values answers by their place where all are assessed alike, and gives don't know none", () => {
    const inOrder = { AO01: 1, AO02: 2, AO03: 3 };
    expect(Object.fromEntries(column(newer, "Q1[SQ001]")!.scores)).toEqual(inOrder);
  });

  it("values answers as the survey assesses them where it tells them apart", () => {
    expect(Object.fromEntries(column(older, "Q1")!.scores)).toEqual({ A1: -2, A2: 2 });
  });

  it("values answers by the numbers in front of their labels, however the numbers run", () => {
    const scores = (...labels: readonly string[]) => {
      const answers = labels.map((_, k) => answer(k + 1, 1, `TL${k + 1}`, k, 0));
      const texts = labels.map((text, k) => labelled(k + 1, text));
      const xml = survey({ answers, answer_l10ns: texts, questions: [question(1, "Q1", "L")] });
      return [...column(xml, "Q1")!.scores.values()];
    };
    expect(scores("3 - Very much", "2", "1 – Not at all", "Don't know")).toEqual([3, 2, 1]);
    expect(scores("-1", "0", "+1")).toEqual([-1, 0, 1]);
    expect(scores("3-5 times", "1-2 times", "0 times")).toEqual([1, 2, 3]);
    expect(scores("2 - Yes", "Perhaps", "1 - No")).toEqual([1, 2, 3]);
    expect(scores("2 - Yes", "2 - Perhaps")).toEqual([1, 2]);
    for (const sign of ["-", ":", ".", "=", ")"])
      expect(scores(`3${sign}Very much`, `2${sign} Some`, `1 ${sign}Nothing`)).toEqual([3, 2, 1]);
    expect(scores("3 Very much", "2 Some", "1 Nothing")).toEqual([1, 2, 3]);
  });

  it("leaves codes that are numbers as they are", () => {
    const tens = survey({
      answers: [answer(1, 1, "0", 0, 0), answer(2, 1, "10", 1, 0)],
      questions: [question(1, "Q1", "L")],
    });
    expect(column(tens, "Q1")!.scores.size).toBe(0);
  });

  it.each([
    ["brackets", "Q1[SQ001]"],
    ["underscores", "Q1_SQ001"],
    ["full text", "My leader … [has a vision]"],
    ["full text and underscores", "My_leader_…_[has_a_vision]"],
    ["code and text", "Q1[SQ001]. My leader … [has a vision]"],
    ["code and text, and underscores", "Q1[SQ001]._My_leader_…_[has_a_vision]"],
    ["code with underscores and text", "Q1_SQ001. My leader … [has a vision]"],
    ["code and text with underscores throughout", "Q1_SQ001._My_leader_…_[has_a_vision]"],
  ])("knows its columns by %s", (_, name) => {
    const [found] = describeColumns([name], limesurveyCodebook(newer, "survey.lss", "en"));
    expect(found).toMatchObject({ name, id: "Q1[SQ001]", wording: "My leader … - has a vision", personal: false });
  });

  it("knows abbreviated headings that fit one column only", () => {
    const long = survey({
      questions: [question(1, "Q1", "S"), question(2, "Q2", "S"), question(3, "Q3", "S"), question(4, "Q4", "S")],
      question_l10ns: [
        ...[said(1, "Hvor længe har du arbejdet her?"), said(2, "Hvor gammel er du nu?")],
        ...[said(3, "Hvor gammel er din leder?"), said(4, "Hvor gammel er din afdeling?")],
      ],
    });
    const book = limesurveyCodebook(long, "survey.lss", "en");
    const found = describeColumns(["Hvor længe har .. ", "Hvor gammel er .."], book);
    expect(found.map(({ id }) => id)).toEqual(["Q1", null]);
  });

  it("foretells the columns of each type of question", () => {
    const parts = [part(91, 1, "R1", 0), part(92, 1, "R2", 1), part(93, 1, "C1", 0, 1), part(94, 1, "C2", 1, 1)];
    const answers = [answer(1, 1, "A1", 0, 0), answer(2, 1, "A2", 1, 0), answer(3, 1, "B1", 0, 0, 1)];
    const of = (type: string, other = "N", subquestions: readonly Row[] = []) =>
      own(survey({ answers, questions: [question(1, "Q1", type, other)], subquestions }));
    expect(of("L")).toEqual(["Q1"]);
    expect(of("!", "Y")).toEqual(["Q1", "Q1[other]"]);
    expect(of("O")).toEqual(["Q1", "Q1[comment]"]);
    expect(of("M", "Y", parts.slice(0, 2))).toEqual(["Q1[R1]", "Q1[R2]", "Q1[other]"]);
    expect(of("P", "Y", parts.slice(0, 1))).toEqual(["Q1[R1]", "Q1[R1comment]", "Q1[other]", "Q1[othercomment]"]);
    expect(of("F", "N", parts.slice(0, 2))).toEqual(["Q1[R1]", "Q1[R2]"]);
    expect(of(":", "N", parts)).toEqual(["Q1[R1_C1]", "Q1[R1_C2]", "Q1[R2_C1]", "Q1[R2_C2]"]);
    expect(of("R")).toEqual(["Q1[1]", "Q1[2]"]);
    expect(of("|")).toEqual(["Q1", "Q1[filecount]"]);
  });

  it("gives each scale of a dual scale its own answers", () => {
    const dual = survey({
      answers: [answer(1, 1, "A1", 0, 0), answer(2, 1, "A2", 1, 0), answer(3, 1, "B1", 0, 0, 1)],
      answer_l10ns: [labelled(1, "Low"), labelled(2, "High"), labelled(3, "Only")],
      questions: [question(1, "Q1", "1")],
      subquestions: [part(11, 1, "SQ001", 0)],
    });
    expect(own(dual)).toEqual(["Q1[SQ001][1]", "Q1[SQ001][2]"]);
    expect(column(dual, "Q1_SQ001_0")!.labels.map(({ code }) => code)).toEqual(["A1", "A2"]);
    expect(column(dual, "Q1_SQ001_1")!.labels).toEqual([{ code: "B1", label: "Only" }]);
  });

  it("lets a question's own code go before another's with an underscore", () => {
    const parts = [part(11, 1, "A", 0)];
    const both = survey({ questions: [question(1, "Q1", "F"), question(2, "Q1_A", "S")], subquestions: parts });
    expect(column(both, "Q1_A")!.id).toBe("Q1_A");
  });

  it("names a question personal that asks for a name or an address in free text", () => {
    const codes = [question(1, "navn", "S"), question(2, "mobil", "L"), question(3, "Q3", "S")];
    const asked = survey({ answers: [answer(1, 2, "A1", 0, 0)], questions: codes });
    expect(["navn", "mobil", "Q3"].map((name) => column(asked, name)!.personal)).toEqual([true, false, false]);
  });

  it("reads the parts of a question from the table of questions, too", () => {
    const together = survey({ questions: [question(1, "Q1", "A"), part(11, 1, "SQ001", 0)] });
    expect(own(together)).toEqual(["Q1[SQ001]"]);
  });
});

describe("a LimeSurvey export of answers", () => {
  it("is known by columns that the system adds", () => {
    expect(isLimeSurvey(["id", "submitdate", "lastpage", "startlanguage", "Q1"])).toBe(true);
    expect(isLimeSurvey(["id", "submitdate", "lastpage", "leder"])).toBe(true);
    expect(isLimeSurvey(["id", "email", "token", "seed", "startdate"])).toBe(false);
    expect(isLimeSurvey(["submitdate", "submitdate", "submitdate"])).toBe(false);
    expect(isLimeSurvey(["submitdate", "lastpage", "leder", "Q1", "Q2"])).toBe(false);
    expect(isLimeSurvey([])).toBe(false);
  });

  it("loses who answered and keeps the key", () => {
    const header = ["id", "token", "ipaddr", "firstname", "lastname", "email", "refurl", "Q1[SQ001]"];
    for (const book of [limesurveySystem, limesurveyCodebook(newer, "survey.lss", "en")])
      expect(describeColumns(header, book).flatMap(({ name, personal }) => (personal ? [name] : []))).toEqual([
        "ipaddr",
        "firstname",
        "lastname",
        "email",
      ]);
  });
});

describe("a file that is no LimeSurvey structure", () => {
  it.each([
    ["lss-malformed", "no XML at all", "id;submitdate\n1;2"],
    ["lss-malformed", "an empty file", ""],
    ["lss-malformed", "a file cut off", newer.slice(0, 900)],
    ["lss-malformed", "an entity of its own", newer.replace("<![CDATA[Disagree]]>", "&lol;")],
    [
      "lss-doctype",
      "entities within entities",
      newer.replace("<document>", '<!DOCTYPE d [<!ENTITY a "aa">]><document>'),
    ],
    [
      "lss-doctype",
      "a DTD elsewhere",
      newer.replace("<document>", '<!DOCTYPE d SYSTEM "file:///etc/passwd"><document>'),
    ],
    ["lss-too-deep", "depth without end", `<document>${"<a>".repeat(100_000)}`],
    ["lss-other", "another document", "<document><rows/></document>"],
    ["lss-other", "a group of questions", newer.replace(">Survey<", ">Group<")],
  ])("is refused as %s: %s", (cause, _, xml) => {
    expect(problem(xml)).toEqual({ code: "file-damaged", place: { file: "survey.lss" }, format: "limesurvey", cause });
  });

  it.each(["lss-malformed", "lss-doctype", "lss-too-deep", "lss-other"])(
    "is explained in words of either language: %s",
    (cause) => {
      for (const language of ["da", "en"] as const) {
        const told = explain({ code: "file-damaged", place: { file: "x" }, format: "limesurvey", cause }, language);
        expect(told.message).not.toContain(cause);
      }
    },
  );

  it("is refused where rows times columns would be more than any survey has", () => {
    const parts = Array.from({ length: 1000 }, (_, k) => part(k + 2, 1, `S${k}`, k, k % 2));
    const made = survey({ questions: [question(1, "Q1", ":")], subquestions: parts });
    expect(problem(made)).toEqual({
      ...{ code: "limit-exceeded", place: { file: "survey.lss" }, what: "columns", limit: 10_000 },
    });
  });

  it("may be named after what every object has", () => {
    const poisoned = survey({ questions: [question(1, "__proto__", "S"), question(2, "constructor", "S")] });
    expect(own(poisoned)).toEqual(["__proto__", "constructor"]);
    expect(column(poisoned.replaceAll("question_order", "__proto__"), "__proto__")!.wording).toBeNull();
  });
});
