import { type Problem, Refusal } from "../../src/errors.ts";
import type { Codebook } from "../../src/formats/codebook.ts";
import { completedAnswers, type PlacedCondition, relatedRows } from "../../src/formats/matching/completed.ts";
import { type ItemMatches, matchItems } from "../../src/formats/matching/items.ts";
import { answerDays, raterInName, waveOf } from "../../src/formats/matching/occasions.ts";
import { leaderColumns, type PersonColumn, respondentColumn } from "../../src/formats/matching/people.ts";
import { mappedName, type SurveyedColumn } from "../../src/formats/matching/surveyed.ts";
import { squeezedName } from "../../src/formats/personal.ts";
import type { DeliveredFile } from "../../src/store/deliveries/open.ts";
import { placedItems } from "../../src/study/items.ts";
import { withNearest } from "../../src/study/nearest.ts";
import type { Rater, Study } from "../../src/study/study.ts";
import { placeOfGiven, placesOfGiven } from "./given.ts";
import type { FoundColumn, Given, Note, Open, Proposal, Understanding } from "./proposal.ts";
import { type Survey, surveyFile } from "./survey.ts";
import { absentItems, codesOf, raterByWording, readableShare, wantedItems } from "./understand-items.ts";

/** What there is to understand a file with. */
export interface Context {
  readonly study: Study;
  readonly file: DeliveredFile;
  readonly codebook: Codebook | null;
  /** Ids of the study's leaders; null where nobody has listed them. */
  readonly roster: ReadonlySet<string> | null;
  readonly given: Given;
}

interface Part {
  readonly rater: Rater | null;
  readonly conditions: readonly PlacedCondition[];
}

const refuseWithoutItems = ({ study, file }: Context): never => {
  const names = file.columns.map(({ name }) => name).filter((name) => name !== "");
  const ids = placedItems(study.instrument).map(({ item }) => item.id);
  const near = ids.map((id) => withNearest(id, names)).find(({ nearest }) => nearest !== undefined) ?? {};
  const problem: Problem = { code: "import-no-item", place: { file: file.name }, items: ids, ...near };
  throw new Refusal(problem);
};

const raterOf = (
  { study, file, given }: Context,
  part: Part,
  survey: Survey,
  mayHold: readonly (SurveyedColumn | null)[],
  leader: PersonColumn | null,
): Proposal["rater"] => {
  if (part.rater !== null) return { rater: part.rater, by: "relationship" };
  if (given.rater !== null) return { rater: given.rater, by: "given" };
  const named = raterInName(file.name.split("/").at(-1) ?? "");
  if (named !== null) return { rater: named, by: "file-name" };
  const worded = raterByWording(study, mayHold);
  if (worded !== null) return { rater: worded, by: "wording" };
  if (leader === null || survey.rows < 3) return null;
  const { texts, filled } = survey.columns[leader.column] as SurveyedColumn;
  if (filled >= 2 * texts.size) return { rater: "employee", by: "rows-per-leader" };
  return texts.size === filled ? { rater: "self", by: "rows-per-leader" } : null;
};

const leaderOf = ({ file, given, roster }: Context, survey: Survey): readonly PersonColumn[] => {
  const place = placeOfGiven(file, given.leader);
  if (place === null) return leaderColumns(survey.columns, roster);
  const { texts, filled } = survey.columns[place] as SurveyedColumn;
  const listed = [...texts].reduce((sum, [text, rows]) => sum + (roster?.has(text) ? rows : 0), 0);
  return [{ column: place, by: "given", listed: roster === null || filled === 0 ? null : listed / filled }];
};

const covariatesOf = ({ study }: Context, rater: Rater | null, columns: Survey["columns"]) =>
  study.covariates.flatMap(({ id, from }) => {
    if (from !== rater) return [];
    const alike = [...columns.entries()].filter(
      ([, { described }]) => !described.personal && squeezedName(described.name) === squeezedName(id),
    );
    return alike.length === 1 ? [{ id, column: alike[0]![0] }] : [];
  });

const nullsAt = (columns: Survey["columns"], places: readonly (number | null)[]): readonly (SurveyedColumn | null)[] =>
  columns.map((column, k) => (column.described.personal || places.includes(k) ? null : column));

interface Pieces {
  readonly survey: Survey;
  readonly leader: PersonColumn | null;
  readonly respondent: number | null;
  readonly matches: ItemMatches;
}

const foundColumns = (
  context: Context,
  { survey: { columns }, leader, respondent, matches }: Pieces,
  codes: Proposal["codes"],
): readonly FoundColumn[] => {
  const one = (place: number) => {
    const column = columns[place] as SurveyedColumn;
    return { column: mappedName(column, columns), wording: column.described.wording };
  };
  const delivery = { codes: codes && Object.fromEntries(codes), blank: "blank" } as const;
  return [
    ...(leader === null
      ? []
      : [{ ...one(leader.column), means: "leader", kind: "leader" as const, by: leader.by, reads: leader.listed }]),
    ...(respondent === null
      ? []
      : [
          {
            ...one(respondent),
            means: "respondent",
            kind: "respondent" as const,
            by: context.given.respondent === null ? ("usual-name" as const) : ("given" as const),
            reads: null,
          },
        ]),
    ...matches.found.map(({ item, column, by }) => ({
      ...one(column),
      means: item,
      kind: "item" as const,
      by,
      reads: readableShare(context.study, delivery, item, columns[column] as SurveyedColumn),
    })),
  ];
};

const understandPart = async (context: Context, part: Part, others: number): Promise<Proposal> => {
  const { study, file, given, codebook } = context;
  const survey = await surveyFile(file, part.conditions);
  const { columns } = survey;
  const leaders = leaderOf(context, survey);
  const leader = leaders.length === 1 ? leaders[0]! : null;
  const conditionPlaces = part.conditions.map(({ column }) => column);
  const respondent =
    placeOfGiven(file, given.respondent) ?? respondentColumn(columns, survey.rows, leader?.column ?? null);
  const mayHold = nullsAt(columns, [...conditionPlaces, leader?.column ?? null, respondent]);
  const rater = raterOf(context, part, survey, mayHold, leader);
  const wanted = wantedItems(study, rater?.rater ?? null).filter(({ id }) => !given.notAsked.includes(id));
  const matches = matchItems(wanted, mayHold, placesOfGiven(file, given));
  if (matches.found.length === 0 && matches.open.length === 0) refuseWithoutItems(context);
  const absent = absentItems(study, matches, wanted, columns);
  const { codes, lacking, conflict } = codesOf(study, columns, matches.found, codebook);
  const found = foundColumns(context, { survey, leader, respondent, matches }, codes);
  const covariates = covariatesOf(context, rater?.rater ?? null, columns);
  const named = (place: number): string => mappedName(columns[place] as SurveyedColumn, columns);
  const days = answerDays(columns);
  const wave =
    given.wave === null
      ? waveOf(file.name.split("/").at(-1) ?? "", days, study.waves)
      : { wave: given.wave, by: "given" as const };
  const inScales = new Set(absent.scales);
  const wholeItems = placedItems(study.instrument)
    .filter(({ scale }) => inScales.has(scale.id))
    .map(({ item }) => item.id);
  const open: readonly Open[] = [
    ...(leader === null
      ? [{ what: "leader" as const, id: "leader", columns: leaders.map(({ column }) => named(column)) }]
      : []),
    ...(wave === null ? [{ what: "wave" as const, ids: study.waves.map(({ id }) => id) }] : []),
    ...(rater === null ? [{ what: "rater" as const, ids: ["employee", "self", "superior", "indicator"] }] : []),
    ...matches.open.map(({ item, columns: places }) => ({
      what: "item" as const,
      id: item,
      columns: places.map(named),
    })),
    ...absent.open.map((item) => ({ what: "item" as const, id: item, columns: [] })),
  ];
  const sorted = [...days.keys()].sort();
  const [from, to] = [sorted[0], sorted.at(-1)];
  const unread = found.filter(({ kind, reads }) => kind === "item" && reads !== null && reads < 1);
  const personal = columns.filter(({ described }) => described.personal).map(({ described }) => described.name);
  const isOutside = from !== undefined && to !== undefined && wave?.by !== "dates";
  const notes: readonly Note[] = [
    ...(survey.skipped > 0
      ? [{ note: "rows-skipped" as const, rows: survey.skipped, of: survey.rows + survey.skipped }]
      : []),
    ...absent.scales.map((scale) => ({ note: "scale-not-asked" as const, scale })),
    ...(absent.items.length > 0 ? [{ note: "items-not-asked" as const, items: absent.items }] : []),
    ...(conflict ? [{ note: "codes-conflict" as const }] : []),
    ...(lacking.size > 0 ? [{ note: "missing-lacking" as const, codes: Object.fromEntries(lacking) }] : []),
    ...(unread.length > 0 ? [{ note: "cells-unread" as const, columns: unread.map(({ column }) => column) }] : []),
    ...(isOutside ? [{ note: "dates-outside" as const, from, to, wave: wave?.wave ?? null }] : []),
    ...(personal.length > 0 ? [{ note: "personal" as const, columns: personal }] : []),
    ...(others > 0 ? [{ note: "relations-left" as const, relations: others }] : []),
  ];
  return {
    wave,
    rater,
    rows: survey.rows,
    open,
    notes,
    codes,
    found: [
      ...found,
      ...covariates.map(({ id, column }) => ({
        column: named(column),
        wording: columns[column]!.described.wording,
        means: id,
        kind: "covariate" as const,
        by: "name" as const,
        reads: null,
      })),
    ],
    columns: {
      ...(respondent === null ? {} : { respondent: named(respondent) }),
      ...(leader === null ? {} : { leader: named(leader.column) }),
      ...Object.fromEntries(
        covariates.filter(({ id, column }) => named(column) !== id).map(({ id, column }) => [id, named(column)]),
      ),
    },
    items: Object.fromEntries(
      matches.found
        .filter(({ item, column }) => named(column) !== item)
        .map(({ item, column }) => [item, named(column)]),
    ),
    notAsked: [...new Set([...wholeItems, ...absent.items, ...given.notAsked])],
    where: Object.fromEntries(part.conditions.map(({ column, condition }) => [named(column), condition])),
  };
};

/** Understands a file: which of its columns the study needs, whose answers they are, of which wave, and what is open. */
export const understand = async (context: Context): Promise<Understanding> => {
  const { file, given } = context;
  const { columns } = await surveyFile(file, []);
  const completed = completedAnswers(file.format, columns);
  const related = relatedRows(columns);
  const wanted = related.parts.filter(({ rater }) => given.rater === null || given.rater === rater);
  const parts: readonly Part[] =
    wanted.length > 0
      ? wanted.map(({ rater, condition }) => ({ rater, conditions: [...completed, condition] }))
      : [{ rater: null, conditions: completed }];
  const proposals: Proposal[] = [];
  for (const part of parts) proposals.push(await understandPart(context, part, related.others));
  return { format: file.format, encoding: file.encoding, fileColumns: columns, proposals };
};
