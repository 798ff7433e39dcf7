import { mappedName } from "../../src/formats/matching/surveyed.ts";
import { squeezedName } from "../../src/formats/personal.ts";
import type { Rater, Study } from "../../src/study/study.ts";
import { type Context, type CovariatesIn, columnAt, type Pieces } from "./pieces.ts";
import type { FoundColumn, Proposal } from "./proposal.ts";
import type { Survey } from "./survey.ts";
import { readableIn } from "./understand-items.ts";

/**
 * Covariates of a rater: in the column of their name, where spaces, hyphens and case make no difference, else in the one
 * that another delivery of the rater has them in.
 */
export const covariatesIn = (
  { covariates, deliveries }: Study,
  rater: Rater | null,
  { columns }: Survey,
): CovariatesIn => {
  const own = covariates.filter(({ from }) => from === rater);
  const placesOf = (names: readonly string[]): readonly number[] =>
    [...columns.entries()].flatMap(([place, { described }]) =>
      !described.personal && names.includes(squeezedName(described.name)) ? [place] : [],
    );
  const found = own.flatMap(({ id }): CovariatesIn["found"] => {
    const named = placesOf([squeezedName(id)]);
    if (named.length === 1) return [{ id, column: named[0]!, by: "name" }];
    const earlier = deliveries.flatMap((one) => (one.rater === rater ? (one.columns[id] ?? []) : []));
    const places = placesOf(earlier.map(squeezedName));
    return places.length === 1 ? [{ id, column: places[0]!, by: "earlier" }] : [];
  });
  return { found, absent: own.map(({ id }) => id).filter((id) => !found.some((one) => one.id === id)) };
};

const namesIn =
  ({ survey }: Pieces) =>
  (place: number): string =>
    mappedName(columnAt(survey, place), survey.columns);

/** Every column that is used: what it means, how it was found, and how much of it can be read. */
export const foundColumns = ({ study, given }: Context, pieces: Pieces): readonly FoundColumn[] => {
  const { survey, leader, respondent, matches, proposed, covariates } = pieces;
  const named = namesIn(pieces);
  const one = (place: number) => ({
    column: named(place),
    wording: columnAt(survey, place).described.wording,
  });
  const codes = proposed.codes && Object.fromEntries(proposed.codes);
  const found: FoundColumn[] = [];
  if (leader !== null)
    found.push({
      ...one(leader.column),
      means: "leader",
      kind: "leader",
      by: leader.by,
      reads: leader.listed,
      unexplained: [],
    });
  if (respondent !== null) {
    const by = given.respondent === null ? "usual-name" : "given";
    found.push({ ...one(respondent), means: "respondent", kind: "respondent", by, reads: null, unexplained: [] });
  }
  for (const { item, column, by } of matches.found) {
    const readable = readableIn(study, { codes, blank: "blank" }, item, columnAt(survey, column));
    found.push({ ...one(column), means: item, kind: "item", by, ...readable });
  }
  for (const { id, column, by } of covariates.found)
    found.push({ ...one(column), means: id, kind: "covariate", by, reads: null, unexplained: [] });
  return found;
};

/** The mappings of a delivery: what a column is named after itself is left out. */
export const mappingsOf = (pieces: Pieces): Pick<Proposal, "columns" | "items"> => {
  const { leader, respondent, matches, covariates } = pieces;
  const named = namesIn(pieces);
  const renamed = (pairs: readonly (readonly [string, number])[]): Record<string, string> =>
    Object.fromEntries(pairs.flatMap(([id, place]) => (named(place) === id ? [] : [[id, named(place)]])));
  return {
    columns: {
      ...(respondent === null ? {} : { respondent: named(respondent) }),
      ...(leader === null ? {} : { leader: named(leader.column) }),
      ...renamed(covariates.found.map(({ id, column }) => [id, column])),
    },
    items: renamed(matches.found.map(({ item, column }) => [item, column])),
  };
};
