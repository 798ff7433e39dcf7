import { Refusal } from "../../src/errors.ts";
import { completedAnswers, relatedRows } from "../../src/formats/matching/completed.ts";
import { matchItems } from "../../src/formats/matching/items.ts";
import { answerDays, waveOf } from "../../src/formats/matching/occasions.ts";
import { mappedName } from "../../src/formats/matching/surveyed.ts";
import { placedItems } from "../../src/study/items.ts";
import { withNearest } from "../../src/study/nearest.ts";
import { placesOfGiven } from "./given.ts";
import { type Context, columnAt, type Part, type Pieces } from "./pieces.ts";
import type { Proposal, Understanding } from "./proposal.ts";
import { surveyFile } from "./survey.ts";
import { covariatesIn, foundColumns, mappingsOf } from "./understand-columns.ts";
import { absentItems, codesOf, wantedItems } from "./understand-items.ts";
import { notesOf, openOf } from "./understand-notes.ts";
import { peopleIn } from "./understand-people.ts";

const refuseWithoutItems = ({ study, file }: Context): never => {
  const names = file.columns.map(({ name }) => name).filter((name) => name !== "");
  const items = placedItems(study.instrument).map(({ item }) => item.id);
  const near = items.map((id) => withNearest(id, names)).find(({ nearest }) => nearest !== undefined) ?? {};
  throw new Refusal({ code: "import-no-item", place: { file: file.name }, items, ...near });
};

const waveIn = ({ study, file, given }: Context, days: Pieces["days"]): Proposal["wave"] =>
  given.wave === null
    ? waveOf(file.name.split("/").at(-1) ?? "", days, study.waves)
    : { wave: given.wave, by: "given" };

const piecesOf = async (context: Context, part: Part): Promise<Pieces> => {
  const { study, file, given } = context;
  const survey = await surveyFile(file, part.conditions);
  const { mayHold, ...people } = peopleIn(context, part, survey);
  const rater = people.rater?.rater ?? null;
  const wanted = wantedItems(study, rater).filter(({ id }) => !given.notAsked.includes(id));
  const matches = matchItems(wanted, mayHold, placesOfGiven(file, given));
  if (matches.found.length === 0 && matches.open.length === 0) refuseWithoutItems(context);
  const days = answerDays(survey.columns);
  return {
    ...people,
    part,
    survey,
    days,
    wanted,
    matches,
    wave: waveIn(context, days),
    absent: absentItems(study, matches, wanted, survey.columns),
    proposed: codesOf(study, survey.columns, matches.found),
    covariates: covariatesIn(study, rater, survey),
  };
};

const proposalOf = (context: Context, pieces: Pieces, otherRelations: number): Proposal => {
  const { study, given } = context;
  const { survey, absent, part, proposed } = pieces;
  const found = foundColumns(context, pieces);
  const inAbsent = placedItems(study.instrument).filter(({ scale }) => absent.scales.includes(scale.id));
  const notAsked = new Set([...inAbsent.map(({ item }) => item.id), ...absent.items, ...given.notAsked]);
  const named = (place: number): string => mappedName(columnAt(survey, place), survey.columns);
  return {
    wave: pieces.wave,
    rater: pieces.rater,
    found,
    open: openOf(context, pieces),
    notes: notesOf(pieces, found, otherRelations),
    rows: survey.rows,
    ...mappingsOf(pieces),
    notAsked: [...notAsked],
    codes: proposed.codes,
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
  for (const part of parts) proposals.push(proposalOf(context, await piecesOf(context, part), related.others));
  return { format: file.format, encoding: file.encoding, fileColumns: columns, proposals };
};
