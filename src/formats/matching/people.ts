import { isCalled, type SurveyedColumn } from "./surveyed.ts";

/** How a column of leaders or respondents was found. */
export type PersonFoundBy = "given" | "usual-name" | "roster";

export interface PersonColumn {
  readonly column: number;
  readonly by: PersonFoundBy;
  /** Share of its filled cells that are ids of the roster; null where there is no roster. */
  readonly listed: number | null;
}

const leaderNames: ReadonlySet<string> = new Set([
  ...["leder", "lederid", "ledernr", "ledernummer", "lederkode", "lederensid", "nærmesteleder", "chef", "chefid"],
  ...["leader", "leaderid", "leadercode", "manager", "managerid", "supervisor", "supervisorid", "boss"],
  ...["subjectuniqueidentifier", "subjectid", "evaluateeid"],
]);
const referenceNames: ReadonlySet<string> = new Set(["externalreference", "externaldatareference", "externalid"]);
const respondentNames: readonly ReadonlySet<string>[] = [
  new Set(["participantuniqueidentifier", "participantid", "evaluatorid"]),
  new Set(["respondent", "respondentid", "respondentnr", "medarbejderid", "medarbejdernr", "employeeid"]),
  referenceNames,
  new Set(["token"]),
  new Set(["responseid", "recordid", "svarid", "besvarelse", "besvarelsesid"]),
  new Set(["id", "nr", "løbenr", "løbenummer"]),
];

const listedShare = ({ texts, filled }: SurveyedColumn, roster: ReadonlySet<string>): number => {
  const known = [...texts].reduce((sum, [text, rows]) => sum + (roster.has(text) ? rows : 0), 0);
  return filled === 0 ? 0 : known / filled;
};

/** Small numbers are ids of many a roster by chance: a column of another name must name a good part of the leaders. */
const plausible = { usual: 0.5, other: 0.9, ofLeaders: 0.5, distinct: 8 } as const;

const distinctListed = ({ texts }: SurveyedColumn, roster: ReadonlySet<string>): number =>
  [...texts.keys()].filter((text) => roster.has(text)).length;

const mayName = (column: SurveyedColumn): boolean =>
  !column.described.personal && column.described.labels.length === 0 && column.filled > 0;

/** Columns that may say who is rated, the likeliest first; more than one where nothing decides. */
export const leaderColumns = (
  columns: readonly SurveyedColumn[],
  roster: ReadonlySet<string> | null,
): readonly PersonColumn[] => {
  const places = [...columns.entries()].filter(([, column]) => mayName(column));
  const usual = places.filter(([, column]) => isCalled(column, leaderNames));
  if (roster === null) {
    const repeats = ([, { texts, filled }]: readonly [number, SurveyedColumn]): boolean => texts.size <= filled / 2;
    const references = places.filter((one) => isCalled(one[1], referenceNames) && repeats(one));
    return (usual.length > 0 ? usual : references).map(([column]) => ({ column, by: "usual-name", listed: null }));
  }
  const measured = places.map(([column, one]) => ({
    column,
    one,
    isUsual: usual.some(([place]) => place === column) || isCalled(one, referenceNames),
    listed: listedShare(one, roster),
  }));
  const good = measured.filter(({ one, isUsual, listed }) => {
    if (isUsual) return listed >= plausible.usual;
    const named = distinctListed(one, roster);
    return (
      listed >= plausible.other &&
      named >= Math.max(Math.min(plausible.distinct, roster.size), plausible.ofLeaders * roster.size)
    );
  });
  const named = good.filter(({ isUsual }) => isUsual);
  const chosen = (named.length > 0 ? named : good).toSorted((a, b) => b.listed - a.listed);
  const best = chosen.filter(({ listed }) => listed === chosen[0]?.listed);
  return best.map(({ column, isUsual, listed }) => ({ column, by: isUsual ? "usual-name" : "roster", listed }));
};

const mostlyUnique = ({ texts, filled }: SurveyedColumn, rows: number): boolean =>
  filled >= 0.95 * rows && texts.size >= 0.9 * filled;

/** The column that says who answers: of the usual name that stays longest from wave to wave, with an id of each row's own. */
export const respondentColumn = (
  columns: readonly SurveyedColumn[],
  rows: number,
  leader: number | null,
): number | null => {
  for (const names of respondentNames) {
    const place = columns.findIndex(
      (column, k) => k !== leader && mayName(column) && isCalled(column, names) && mostlyUnique(column, rows),
    );
    if (place >= 0) return place;
  }
  return null;
};

/** Columns that put rows together as a leader's column does, whatever they are called: a few texts that repeat. */
export const groupingColumns = (columns: readonly SurveyedColumn[]): readonly number[] =>
  [...columns.entries()].flatMap(([place, column]) => {
    const { texts, filled } = column;
    return mayName(column) && texts.size >= 3 && texts.size <= filled / 3 ? [place] : [];
  });
