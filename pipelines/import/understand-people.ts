import { raterInName } from "../../src/formats/matching/occasions.ts";
import { leaderColumns, type PersonColumn, respondentColumn } from "../../src/formats/matching/people.ts";
import type { SurveyedColumn } from "../../src/formats/matching/surveyed.ts";
import { placeOfGiven } from "./given.ts";
import { type Context, columnAt, type Part, type People } from "./pieces.ts";
import type { Survey } from "./survey.ts";
import { raterByWording } from "./understand-items.ts";

const leadersIn = ({ file, given, roster }: Context, survey: Survey): readonly PersonColumn[] => {
  const place = placeOfGiven(file, given.leader);
  if (place === null) return leaderColumns(survey.columns, roster);
  const { texts, filled } = columnAt(survey, place);
  const listed = [...texts].reduce((sum, [text, rows]) => sum + (roster?.has(text) ? rows : 0), 0);
  return [{ column: place, by: "given", listed: roster === null || filled === 0 ? null : listed / filled }];
};

const byRows = (survey: Survey, leader: PersonColumn | null): People["rater"] => {
  if (leader === null || survey.rows < 3) return null;
  const { texts, filled } = columnAt(survey, leader.column);
  if (filled >= 2 * texts.size) return { rater: "employee", by: "rows-per-leader" };
  return texts.size === filled ? { rater: "self", by: "rows-per-leader" } : null;
};

const raterIn = (
  { study, file, given }: Context,
  part: Part,
  survey: Survey,
  mayHold: readonly (SurveyedColumn | null)[],
  leader: PersonColumn | null,
): People["rater"] => {
  if (part.rater !== null) return { rater: part.rater, by: "relationship" };
  if (given.rater !== null) return { rater: given.rater, by: "given" };
  const named = raterInName(file.name.split("/").at(-1) ?? "");
  if (named !== null) return { rater: named, by: "file-name" };
  const worded = raterByWording(study, mayHold);
  return worded === null ? byRows(survey, leader) : { rater: worded, by: "wording" };
};

/** Columns that may hold items: not what identifies a person, says which rows are meant, or who answers about whom. */
export const itemColumns = (
  { columns }: Survey,
  places: readonly (number | null)[],
): readonly (SurveyedColumn | null)[] =>
  columns.map((column, k) => (column.described.personal || places.includes(k) ? null : column));

/** Who answers about whom, and the columns that are left for items. */
export const peopleIn = (
  context: Context,
  part: Part,
  survey: Survey,
): People & { readonly mayHold: readonly (SurveyedColumn | null)[] } => {
  const leaders = leadersIn(context, survey);
  const leader = leaders.length === 1 ? leaders[0]! : null;
  const respondent =
    placeOfGiven(context.file, context.given.respondent) ??
    respondentColumn(survey.columns, survey.rows, leader?.column ?? null);
  const conditions = part.conditions.map(({ column }) => column);
  const mayHold = itemColumns(survey, [...conditions, leader?.column ?? null, respondent]);
  return { leaders, leader, respondent, mayHold, rater: raterIn(context, part, survey, mayHold, leader) };
};
