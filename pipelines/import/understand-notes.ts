import { groupingColumns } from "../../src/formats/matching/people.ts";
import { mappedName } from "../../src/formats/matching/surveyed.ts";
import { type Context, columnAt, type Pieces } from "./pieces.ts";
import type { FoundColumn, Note, Open } from "./proposal.ts";

/** What has to be said before the rows can be a delivery. */
export const openOf = ({ study }: Context, pieces: Pieces): readonly Open[] => {
  const { survey, leaders, leader, wave, rater, matches, absent, respondent } = pieces;
  const named = (place: number): string => mappedName(columnAt(survey, place), survey.columns);
  const taken = [...matches.found.map(({ column }) => column), ...pieces.part.conditions.map(({ column }) => column)];
  const mayLead = (): readonly number[] =>
    leaders.length > 0
      ? leaders.map(({ column }) => column)
      : groupingColumns(survey.columns).filter((place) => place !== respondent && !taken.includes(place));
  const open: Open[] = [];
  if (leader === null) open.push({ what: "leader", id: "leader", columns: mayLead().map(named) });
  if (wave === null) open.push({ what: "wave", ids: study.waves.map(({ id }) => id) });
  if (rater === null) open.push({ what: "rater", ids: ["employee", "self", "superior", "indicator"] });
  for (const { item, columns } of matches.open) open.push({ what: "item", id: item, columns: columns.map(named) });
  for (const item of absent.open) open.push({ what: "item", id: item, columns: [] });
  return open;
};

/** Codes that a file labels in part: one note for the columns that lack the same. */
const unexplained = (found: readonly FoundColumn[]): readonly Note[] => {
  const lacking = found.filter((one) => one.unexplained.length > 0);
  return [...new Set(lacking.map((one) => one.unexplained.join()))].map((codes) => ({
    note: "codes-unexplained",
    columns: lacking.filter((one) => one.unexplained.join() === codes).map(({ column }) => column),
    codes: codes.split(","),
  }));
};

const outside = ({ days, wave }: Pieces): readonly Note[] => {
  const sorted = [...days.keys()].sort();
  const [from, to] = [sorted[0], sorted.at(-1)];
  if (from === undefined || to === undefined || wave?.by === "dates") return [];
  return [{ note: "dates-outside", from, to, wave: wave?.wave ?? null }];
};

/** What a reader should know of the rows and columns that are left out or cannot all be read. */
export const notesOf = (pieces: Pieces, found: readonly FoundColumn[], otherRelations: number): readonly Note[] => {
  const { survey, absent, proposed } = pieces;
  const notes: Note[] = [];
  if (survey.skipped > 0) notes.push({ note: "rows-skipped", rows: survey.skipped, of: survey.rows + survey.skipped });
  for (const scale of absent.scales) notes.push({ note: "scale-not-asked", scale });
  if (absent.items.length > 0) notes.push({ note: "items-not-asked", items: absent.items });
  if (pieces.covariates.absent.length > 0)
    notes.push({ note: "covariates-absent", covariates: pieces.covariates.absent });
  if (proposed.conflict) notes.push({ note: "codes-conflict" });
  if (proposed.lacking.size > 0) notes.push({ note: "missing-lacking", codes: Object.fromEntries(proposed.lacking) });
  const unread = found.filter(({ kind, reads }) => kind === "item" && reads !== null && reads < 1);
  if (unread.length > 0) notes.push({ note: "cells-unread", columns: unread.map(({ column }) => column) });
  notes.push(...unexplained(found));
  notes.push(...outside(pieces));
  const personal = survey.columns.flatMap(({ described }) => (described.personal ? [described.name] : []));
  if (personal.length > 0) notes.push({ note: "personal", columns: personal });
  if (otherRelations > 0) notes.push({ note: "relations-left", relations: otherRelations });
  return notes;
};
