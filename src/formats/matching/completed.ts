import type { Condition, Format, Rater } from "../../study/study.ts";
import { squeezedName } from "../personal.ts";
import { isCalled, type SurveyedColumn } from "./surveyed.ts";

/** A condition on a column, by the column's place. */
export interface PlacedCondition {
  readonly column: number;
  readonly condition: Condition;
}

const finished = /^(1|true|sand|wahr|ja|yes)$/i;
/** Previews, tests and spam, as the vendor codes or words them. */
const notGenuine = /^(1|2|8|9|12|17)$|preview|forhåndsvisning|vorschau|test|spam/i;

const placeOf = (columns: readonly SurveyedColumn[], ...names: readonly string[]): number =>
  columns.findIndex((column) => isCalled(column, new Set(names)));

/** The columns in which Qualtrics marks what is no whole answer of a respondent. */
export const qualtricsMarks: ReadonlySet<string> = new Set(["finished", "status", "distributionchannel"]);
const preview = /preview|forhåndsvisning|vorschau|^test$/i;

const ofQualtrics = (columns: readonly SurveyedColumn[]): readonly PlacedCondition[] => {
  const [done, status] = [placeOf(columns, "finished"), placeOf(columns, "status")];
  const channel = placeOf(columns, "distributionchannel");
  const value = [...(columns[done]?.texts.keys() ?? [])].find((text) => finished.test(text));
  const bad = [...(columns[status]?.texts.keys() ?? [])].filter((text) => notGenuine.test(text)).sort();
  const shown = [...(columns[channel]?.texts.keys() ?? [])].filter((text) => preview.test(text)).sort();
  const notOf = (texts: readonly string[]): Condition => ({ not: texts.length === 1 ? texts[0]! : texts });
  return [
    ...(value === undefined ? [] : [{ column: done, condition: value }]),
    ...(bad.length === 0 ? [] : [{ column: status, condition: notOf(bad) }]),
    ...(shown.length === 0 || bad.length > 0 ? [] : [{ column: channel, condition: notOf(shown) }]),
  ];
};

/** Which rows are completed answers, as the survey system marks them. */
export const completedAnswers = (format: Format, columns: readonly SurveyedColumn[]): readonly PlacedCondition[] => {
  if (format === "qualtrics") return ofQualtrics(columns);
  const submitted = format === "limesurvey" ? placeOf(columns, "submitdate") : -1;
  if (submitted >= 0) return [{ column: submitted, condition: "answered" }];
  const done = placeOf(columns, "stato4");
  const isOneHot = done >= 0 && placeOf(columns, "stato1") >= 0 && columns[done]!.texts.has("1");
  return isOneHot ? [{ column: done, condition: "1" }] : [];
};

const relations: readonly (readonly [Rater, ReadonlySet<string>])[] = [
  ["self", new Set(["self", "selv", "selbst", "selbsteinschätzung", "egenvurdering"])],
  [
    "employee",
    new Set([
      ...["employee", "employees", "directreport", "directreports", "subordinate"],
      ...["medarbejder", "medarbejdere", "mitarbeiter"],
    ]),
  ],
  ["superior", new Set(["manager", "supervisor", "leder", "nærmesteleder", "chef"])],
];
const raterOf = (relation: string): Rater | null =>
  relations.find(([, words]) => words.has(squeezedName(relation)))?.[0] ?? null;

/** The rows of one rater in a file where each row says who rates whom. */
export interface RelatedRows {
  readonly rater: Rater;
  readonly condition: PlacedCondition;
}

/** In a form of all-round feedback: the rows of each rater, and the relations that are none of a study's. */
export const relatedRows = (
  columns: readonly SurveyedColumn[],
): { readonly parts: readonly RelatedRows[]; readonly others: number } => {
  const column = placeOf(columns, "relationship", "relation");
  const values = [...(columns[column]?.texts.keys() ?? [])].filter((text) => text !== "");
  const parts = relations.flatMap(([rater]): RelatedRows[] => {
    const own = values.filter((text) => raterOf(text) === rater).sort();
    if (own.length === 0) return [];
    return [{ rater, condition: { column, condition: own.length === 1 ? own[0]! : own } }];
  });
  const others = parts.length === 0 ? 0 : values.filter((text) => raterOf(text) === null).length;
  return { parts, others };
};
