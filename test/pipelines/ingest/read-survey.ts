import { ingest } from "../../../pipelines/ingest/ingest.ts";
import { type Problem, Refusal } from "../../../src/errors.ts";
import { readStudy } from "../../../src/store/study-files.ts";
import { openVault, type Vault } from "../../../src/store/vault/open.ts";
import { missingKinds } from "../../../src/study/study.ts";
import { folderOf } from "../staged-study.ts";

/** What differs from a plain survey of five items, two leaders and one delivery. */
export interface SurveyParts {
  readonly answers: string | Buffer;
  /** Name of the delivered file. */
  readonly file?: string;
  /** What the listing of the delivery says besides, as in `, where: { year: 2020 }`. */
  readonly listing?: string;
  /** Columns of the delivery by what they mean. */
  readonly columns?: string;
  /** Null for a study without one. */
  readonly roster?: string | Buffer | null;
  /** What the listing of the roster says besides. */
  readonly rosterListing?: string;
  /** Further listings of deliveries, a line each. */
  readonly deliveries?: readonly string[];
  readonly covariates?: string;
  readonly stopAbove?: number;
  readonly plan?: string;
  readonly instrument?: string;
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

export const instrument = `instrument: house
answers:
  1: { da: Aldrig, en: Never }
  2: { da: Sjældent, en: Rarely }
  3: { da: Af og til, en: Sometimes }
  4: { da: Ofte, en: Often }
  5: { da: Altid, en: Always }
missing: { 8: dont-know, 77: not-asked }
scales:
  - { id: trust, name: { da: Tillid, en: Trust }, range: [1, 5], items: [{ id: t1 }, { id: t2 }, { id: t3 }] }
  - { id: pace, name: { da: Tempo, en: Pace }, range: [1, 5], items: [{ id: p1 }, { id: p2 }] }
`;

export const header = "who;boss;years;t1;t2;t3;p1;p2";
export const plain = `${header}\na1;A;3;1;2;3;4;5\na2;A;4,5;5;4;3;2;1\nb1;B;;2;8;;77;2\n`;
/** The answers, and the kinds of missing, that `plain` holds. */
export const plainAnswers = ["1 2 3 4 5", "5 4 3 2 1", "2 dont-know blank not-asked 2"];

const rosterEntry = ({ roster, rosterListing }: SurveyParts): string =>
  roster === null
    ? ""
    : `roster: { file: leaders.csv, columns: { leader: boss, area: area, employees: staff }${rosterListing ?? ""} }\n`;

const studyOf = ({ file, listing, columns, deliveries, covariates, stopAbove, plan, ...others }: SurveyParts) =>
  `study: house
title: { da: Hus, en: House }
language: da
${others.roster === null ? "" : "organisation: [area]\n"}waves:
  - { id: spring, from: 2024-03-01, to: 2024-03-31, baseline: true, name: { da: Forår, en: Spring } }
  - { id: autumn, from: 2024-10-01, to: 2024-10-31, name: { da: Efterår, en: Autumn } }
instrument: instrument.yaml
${rosterEntry(others)}deliveries:
  - { file: "${file ?? "answers.csv"}", wave: spring, rater: employee, columns: { ${columns ?? "respondent: who, leader: boss"} }${listing ?? ""} }
${(deliveries ?? []).map((one) => `  - ${one}\n`).join("")}covariates: ${covariates ?? "[{ id: years, from: employee, range: [0, 50] }]"}
${stopAbove === undefined ? "" : `stopAbove: ${stopAbove}\n`}analysis: ${plan ?? "{ primary: [trust] }"}
`;

export const surveyFolder = (parts: SurveyParts): string =>
  folderOf({
    "study.yaml": studyOf(parts),
    "instrument.yaml": parts.instrument ?? instrument,
    "leaders.csv": parts.roster ?? "boss;area;staff\nA;Nord;12\nB;Syd;9\n",
    [parts.file ?? "answers.csv"]: parts.answers,
    ...parts.files,
  });

type Row = Readonly<Record<string, unknown>>;

export const query = async (vault: Vault, sql: string): Promise<readonly Row[]> =>
  (await vault.connection.runAndReadAll(sql)).getRowObjectsJS();

const numbered = (row: Row, letter: string): readonly unknown[] =>
  Object.keys(row)
    .filter((name) => new RegExp(`^${letter}\\d+$`).test(name))
    .map((name) => row[name]);

/** Answers of an accepted row in the order of the items, and the kind of missing in the place of one. */
const answersOf = (row: Row): string => {
  const kinds = numbered(row, "k");
  return numbered(row, "a")
    .map((answer, index) => answer ?? missingKinds[Number(kinds[index]) - 1])
    .join(" ");
};

const place = ({ line, column }: { readonly line?: number; readonly column?: number | string | null }) =>
  [line, column].filter((one) => one !== undefined && one !== null).join(" ");
const told = (problem: Problem): string =>
  [problem.code, "place" in problem ? place(problem.place) : "", "nearest" in problem ? problem.nearest : ""]
    .filter((one) => one !== "")
    .join(" ");

/** Ingests a survey: what was counted, said and accepted, in words that are short to compare. */
export const readSurvey = async (parts: SurveyParts) => {
  const folder = surveyFolder(parts);
  const study = await readStudy(folder);
  using vault = await openVault(folder);
  const { report } = await ingest(vault, study, () => undefined);
  const rows = await query(vault, "SELECT * FROM responses ORDER BY delivery, line, leader");
  return {
    folder,
    report,
    counts: report.deliveries.map(({ accepted, rejected, skipped }) => [accepted, rejected, skipped]),
    quarantine: report.quarantine.map((row) =>
      [row.line, row.column, row.code, row.nearest].filter((one) => one !== undefined).join(" "),
    ),
    coercions: report.deliveries.flatMap(({ coercions }) =>
      coercions.map(({ kind, count, line }) => `${kind} ${count} ${line}`),
    ),
    warnings: report.warnings.map(told),
    answers: rows.map(answersOf),
    covariates: rows.map((row) => numbered(row, "c")),
    leaders: rows.map((row) => row["leader"]),
    respondents: rows.map((row) => row["respondent"]),
    weights: rows.map((row) => row["weight"]),
    roster: await query(vault, "SELECT * FROM roster ORDER BY leader"),
    rosterCovariates: (await query(vault, "SELECT covariates[1] AS c FROM roster_covariates ORDER BY leader")).map(
      (row) => row["c"],
    ),
    areas: (await query(vault, "SELECT unit FROM placements ORDER BY leader")).map((row) => row["unit"]),
  };
};

/** What an ingest refuses: codes, places and the nearest that may have been meant. */
export const refusedSurvey = async (parts: SurveyParts): Promise<readonly string[]> => {
  try {
    await readSurvey(parts);
  } catch (fault) {
    if (fault instanceof Refusal) return fault.problems.map(told);
    throw fault;
  }
  throw new Error("the survey was read");
};
