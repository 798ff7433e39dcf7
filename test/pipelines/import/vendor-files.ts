import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of its own that goes with the test, with these files in it. */
export const folderWith = (files: Readonly<Record<string, string | Buffer>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "spejl-import-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
};

export const leaderIds = Array.from({ length: 12 }, (_, k) => `L${101 + k}`);
const employees = 8;

/** Answers from 1 to 5 that differ by leader and respondent in a fixed way; the items of a respondent go together. */
const answer = (leader: number, respondent: number, item: number): number => {
  const level = 1 + ((leader + respondent * 2) % 5);
  return Math.min(5, level + Number((leader + respondent + item) % 3 === 0));
};

export const people = leaderIds.flatMap((leader, k) =>
  Array.from({ length: employees }, (_, r) => ({ leader, k, r, id: `R_${leader}_${r}` })),
);

const wordings = {
  vision1: {
    employee: "Min leder gør visionen for vores arbejde tydelig for os",
    self: "Jeg gør visionen for vores arbejde tydelig for mine medarbejdere",
  },
  vision2: {
    employee: "Min leder viser, hvordan min indsats bidrager til målet",
    self: "Jeg viser, hvordan den enkeltes indsats bidrager til målet",
  },
  reward1: {
    employee: "Min leder roser mig, når jeg gør mit arbejde godt",
    self: "Jeg roser mine medarbejdere, når de gør deres arbejde godt",
  },
  reward2: {
    employee: "Min leder siger det, når noget lykkes for mig",
    self: "Jeg siger det, når noget lykkes for mine medarbejdere",
  },
} as const;

export const wordingOf = (item: keyof typeof wordings, rater: "employee" | "self" = "employee"): string =>
  wordings[item][rater];
export const items = Object.keys(wordings) as (keyof typeof wordings)[];

const itemLine = (id: keyof typeof wordings): string =>
  `      - { id: ${id}, employee: "${wordings[id].employee}", self: "${wordings[id].self}" }\n`;

export const instrument = `instrument: made
answers: { 1: Helt uenig, 2: Uenig, 3: Hverken enig eller uenig, 4: Enig, 5: Helt enig }
scales:
  - id: vision
    range: [1, 5]
    items:
${itemLine("vision1")}${itemLine("vision2")}  - id: reward
    range: [1, 5]
    items:
${itemLine("reward1")}${itemLine("reward2")}`;

export const studyText = `# The study of the tests.
study: made      # kept as it is
language: da
waves:
  - { id: foer,  from: 2020-01-01, to: 2020-01-31, name: { da: Før, en: Before } }
  - { id: efter, from: 2021-01-01, to: 2021-01-31, name: { da: Efter, en: After } }
instrument: instrument.yaml
roster:
  file: roster.csv
  columns: { leader: id }

deliveries: []   # none yet

# The end.
analysis: { primary: [vision] }
`;

/** A study of twelve leaders that has no deliveries yet. */
export const madeStudy = (): Readonly<Record<string, string>> => ({
  "study/study.yaml": studyText,
  "study/instrument.yaml": instrument,
  "study/roster.csv": ["id", ...leaderIds, ""].join("\n"),
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");

/** An export of Qualtrics: numeric values, three header rows; one answer more that is not finished and one preview. */
export const qualtrics = (day: string, names: readonly string[] = ["Q4_1", "Q4_2", "Q5_1", "Q5_2"]): string => {
  const header = [
    "StartDate",
    "EndDate",
    "Status",
    "IPAddress",
    "Finished",
    "ResponseId",
    "RecipientEmail",
    "leder_id",
    ...names,
  ];
  const stem = "Hvor enig er du i følgende";
  const texts = ["Start", "End", "Response type", "IP", "Finished", "Response", "Email", "leder_id"];
  const ids = ["startDate", "endDate", "status", "ipAddress", "finished", "_recordId", "recipientEmail", "leder_id"];
  const row = (id: string, leader: string, status: string, finished: string, answers: readonly number[]) => [
    ...[`${day} 08:00:00`, `${day} 08:05:00`, status, "10.0.0.1", finished, id, "x@example.org", leader],
    ...answers.map(String),
  ];
  const rows = people.map(({ id, leader, k, r }) =>
    row(id, leader, "0", "1", [answer(k, r, 0), answer(k, r, 1), answer(k, r, 2), answer(k, r, 3)]),
  );
  return csv([
    header,
    [...texts, ...items.map((item) => `${stem} - ${wordings[item].employee}`)],
    [...ids, "QID4_1", "QID4_2", "QID5_1", "QID5_2"].map((id) => JSON.stringify({ ImportId: id })),
    ...rows,
    row("R_half", leaderIds[0]!, "0", "0", [5, 5, 5, 5]),
    row("R_preview", leaderIds[0]!, "1", "1", [5, 5, 5, 5]),
  ]);
};

const sxLabels = ["Helt uenig", "Uenig", "Hverken enig eller uenig", "Enig", "Helt enig"];

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

export interface SurveyxactOptions {
  readonly leaderColumn: string;
  /** Adds `Ved ikke` under code 6, and gives it as the first answer to the first question. */
  readonly dontKnow: boolean;
}

/** The three files of a SurveyXact export in Windows-1252; every tenth respondent has not finished. */
export const surveyxact = ({ leaderColumn, dontKnow }: SurveyxactOptions): Readonly<Record<string, Buffer>> => {
  const names = ["s_1", "s_2", "s_3", "s_4"];
  const rows = people.map(({ leader, k, r }, place) => [
    ...names.map((_, item) => String(dontKnow && place === 0 && item === 0 ? 6 : answer(k, r, item))),
    ...[String(1 + (r % 2)), leader, `${leader}-${r}@example.org`, "0", "0"],
    ...(place % 10 === 9 ? ["1", "0", "0"] : ["0", "1", "0"]),
  ]);
  const header = [...names, "koen", leaderColumn, "email", "stato_1", "stato_2", "stato_3", "stato_4", "stato_5"];
  const question = (name: string, type: string, text: string) => [name, name, type, "Single", text, "", ""];
  const structure = [
    ["questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText"],
    ...names.map((name, k) => question(name, "Closed", `Hvor enig er du? - ${wordings[items[k]!].employee} `)),
    question("koen", "Closed", "Hvad er dit køn?"),
    question(leaderColumn, "Open", `Kontaktoplysninger - ${leaderColumn}`),
    question("email", "Open", "Kontaktoplysninger - email"),
  ];
  const labels = names.flatMap((name) => [
    ...sxLabels.map((label, k) => [name, String(k + 1), label]),
    ...(dontKnow ? [[name, "6", "Ved ikke "]] : []),
  ]);
  const gender = [
    ["koen", "1", "Kvinde"],
    ["koen", "2", "Mand"],
  ];
  return {
    "export/dataset.csv": latin1(csv([header, ...rows])),
    "export/structure.csv": latin1(csv(structure)),
    "export/labels.csv": latin1(csv([...labels, ...gender])),
  };
};

const table = (name: string, rows: readonly Readonly<Record<string, string>>[]): string => {
  const fields = Object.keys(rows[0] ?? {});
  const row = (one: Readonly<Record<string, string>>): string =>
    `<row>${fields.map((field) => `<${field}><![CDATA[${one[field]}]]></${field}>`).join("")}</row>`;
  return `<${name}><fields>${fields.map((field) => `<fieldname>${field}</fieldname>`).join("")}</fields><rows>${rows.map(row).join("")}</rows></${name}>`;
};

/** An export of LimeSurvey with answer codes `A1` to `A5`, and its structure; one answer was not submitted. */
export const limesurvey = (): Readonly<Record<string, string>> => {
  const question = { sid: "1", gid: "1", type: "F", help: "", other: "N", mandatory: "N", question_order: "1" };
  const own = { ...question, language: "da", same_default: "0", relevance: "1", scale_id: "0" };
  const lss = `<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>145</DBVersion><languages><language>da</language></languages>${[
    table("questions", [{ ...own, qid: "4", parent_qid: "0", title: "Q4", question: "Hvor enig er du?" }]),
    table(
      "subquestions",
      items.map((item, k) => ({
        ...own,
        type: "T",
        qid: String(10 + k),
        parent_qid: "4",
        title: `SQ00${k + 1}`,
        question: wordings[item].employee,
      })),
    ),
    table(
      "answers",
      sxLabels.map((label, k) => ({
        ...{ qid: "4", code: `A${k + 1}`, answer: label, sortorder: String(k + 1) },
        ...{ assessment_value: "0", language: "da", scale_id: "0" },
      })),
    ),
  ].join("")}</document>`;
  const header = [
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "token",
    "leder",
    "Q4[SQ001]",
    "Q4[SQ002]",
    "Q4[SQ003]",
    "Q4[SQ004]",
  ];
  const rows = people.map(({ leader, k, r }, place) => [
    ...[String(place + 1), place === 5 ? "" : "2021-01-15 10:00:00", "2", "da", `t${place}`, leader],
    ...items.map((_, item) => `A${answer(k, r, item)}`),
  ]);
  return { "export/results.csv": csv([header, ...rows]), "export/survey.lss": lss };
};

/** A form of all-round feedback: leaders, their employees, one superior each, and peers. */
export const allRound = (): string => {
  const header = [
    "StartDate",
    "Finished",
    "SubjectUniqueIdentifier",
    "ParticipantUniqueIdentifier",
    "Relationship",
    "Unsolicited",
  ];
  const of = (leader: string, k: number, relation: string, r: number) => [
    ...["2020-01-10 09:00:00", "1", leader, `${relation}${leader}${r}`, relation, "0"],
    ...items.map((_, item) => String(answer(k, r, item))),
  ];
  const rows = leaderIds.flatMap((leader, k) => [
    of(leader, k, "Self", 0),
    ...Array.from({ length: 6 }, (_, r) => of(leader, k, "Direct Report", r)),
    of(leader, k, "Manager", 1),
    of(leader, k, "Peer", 2),
  ]);
  const all = [...header, ...items];
  return csv([all, all, all.map((name) => JSON.stringify({ ImportId: name })), ...rows]);
};
