import { basename } from "node:path";
import type { Language, Problem } from "../../src/errors.ts";
import { Refusal } from "../../src/errors.ts";
import { resemblesAnswers } from "../../src/formats/headerless.ts";
import { limesurveySystem } from "../../src/formats/limesurvey/limesurvey.ts";
import { completedAnswers, relatedRows } from "../../src/formats/matching/completed.ts";
import { answerDays, raterInName } from "../../src/formats/matching/occasions.ts";
import { leaderColumns, respondentColumn } from "../../src/formats/matching/people.ts";
import { type FoundInstrument, findInstrument } from "../../src/formats/matching/scales.ts";
import { mappedName, type SurveyedColumn } from "../../src/formats/matching/surveyed.ts";
import { squeezedName } from "../../src/formats/personal.ts";
import type { SourceFile } from "../../src/store/deliveries/copy.ts";
import { withNearest } from "../../src/study/nearest.ts";
import type { Rater } from "../../src/study/study.ts";
import { openAnswers, vendorFiles } from "./files.ts";
import { surveyFile } from "./survey.ts";

/** A file of answers, as far as it tells what a study of it could be. */
export interface FirstReading {
  readonly source: SourceFile;
  readonly rater: Rater;
  /** Whether each row says who rates whom, so that the file is a delivery for each rater. */
  readonly isRelated: boolean;
  /** The leader's column by the name that a study file maps; null where none is known. */
  readonly leader: string | null;
  /** Ids in that column. */
  readonly leaders: readonly string[];
  readonly days: readonly string[];
  readonly found: FoundInstrument;
  /** Names of the columns whose answers are not known to be grades. */
  readonly left: readonly string[];
}

const systemNames: ReadonlySet<string> = new Set([
  ...limesurveySystem.columns.keys(),
  ...["startdate", "enddate", "status", "progress", "duration", "durationinseconds", "finished", "recordeddate"],
  ...["distributionchannel", "userlanguage", "stato1", "stato2", "stato3", "stato4", "stato5", "relationship"],
]);

const isSystem = ({ described }: SurveyedColumn): boolean =>
  [described.name, described.id ?? ""].some((name) => systemNames.has(squeezedName(name)));

const placeOfLeader = (source: SourceFile, columns: readonly SurveyedColumn[], named: string | null): number | null => {
  if (named === null) {
    const likely = leaderColumns(columns, null);
    return likely.length === 1 ? likely[0]!.column : null;
  }
  const place = columns.findIndex(({ described }) => described.name === named || described.id === named);
  const names = columns.map(({ described }) => described.name);
  if (place < 0 && resemblesAnswers(names))
    throw new Refusal({ code: "header-absent", place: { file: source.name, line: 1 }, expected: [named] });
  const problem: Problem = {
    code: "column-absent",
    place: { file: source.name, column: named },
    available: names.filter((name) => name !== ""),
    ...withNearest(named, names),
  };
  if (place < 0) throw new Refusal(problem);
  return place;
};

const raterOf = (source: SourceFile, leader: SurveyedColumn | null, given: Rater | null): Rater => {
  const named = given ?? raterInName(basename(source.path));
  if (named !== null) return named;
  return leader !== null && leader.filled >= 3 && leader.texts.size === leader.filled ? "self" : "employee";
};

const readFirst = async (
  source: SourceFile,
  codebook: readonly SourceFile[],
  options: { readonly language: Language; readonly leader: string | null; readonly rater: Rater | null },
): Promise<FirstReading> => {
  const file = await openAnswers(source, codebook, options.language);
  const all = await surveyFile(file, []);
  const { columns, rows } = await surveyFile(file, completedAnswers(file.format, all.columns));
  const leader = placeOfLeader(source, columns, options.leader);
  const respondent = respondentColumn(columns, rows, leader);
  const mayHold = columns.map((column, k) => (k === leader || k === respondent || isSystem(column) ? null : column));
  const found = findInstrument(mayHold);
  const isRelated = relatedRows(columns).parts.length > 0;
  const leaderColumn = leader === null ? null : columns[leader]!;
  return {
    source,
    isRelated,
    rater: isRelated ? "employee" : raterOf(source, leaderColumn, options.rater),
    leader: leaderColumn && mappedName(leaderColumn, columns),
    leaders: leaderColumn ? [...leaderColumn.texts.keys()] : [],
    days: [...answerDays(columns).keys()].sort(),
    found,
    left: found.left.map((place) => columns[place]!.described.name),
  };
};

/** Reads a vendor's files as the beginning of a study. Refuses files without answers, or without a scale among them. */
export const readFirstFiles = async (
  paths: readonly string[],
  options: { readonly language: Language; readonly leader: string | null; readonly rater: Rater | null },
): Promise<{ readonly readings: readonly FirstReading[]; readonly codebook: readonly SourceFile[] }> => {
  const { answers, codebook } = await vendorFiles(paths);
  if (answers.length === 0) throw new Refusal({ code: "import-files", place: { file: paths[0] ?? "" }, answers: [] });
  const readings: FirstReading[] = [];
  for (const source of answers) readings.push(await readFirst(source, codebook, options));
  if (readings.every(({ found }) => found.scales.length === 0))
    throw new Refusal({ code: "scales-unseen", place: { file: answers[0]!.name } });
  return { readings, codebook };
};
