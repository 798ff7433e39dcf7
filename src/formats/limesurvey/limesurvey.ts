import { Refusal } from "../../errors.ts";
import { type Codebook, type CodebookColumn, uncoded } from "../codebook.ts";
import { namesPerson, squeezedName } from "../personal.ts";
import { questionColumns, type SurveyColumn } from "./columns.ts";
import { scoresOf } from "./scores.ts";
import { type LssAnswer, lssQuestions } from "./survey.ts";
import { lssTables } from "./tables.ts";

const marks: ReadonlySet<string> = new Set(["submitdate", "lastpage", "startlanguage"]);
const systemNames: readonly string[] = [
  ...["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "refurl"],
  ...["ipaddr", "firstname", "lastname", "email"],
];
const enough = { marks: 2, names: 3 } as const;

/** Whether a header has columns that LimeSurvey adds to every response, under their codes. */
export const isLimeSurvey = (header: readonly string[]): boolean => {
  const names = [...new Set(header.map(squeezedName))];
  const count = (known: (name: string) => boolean) => names.filter(known).length;
  return (
    count((name) => marks.has(name)) >= enough.marks && count((name) => systemNames.includes(name)) >= enough.names
  );
};

/** What is known of a file of answers whose survey structure was not delivered. */
export const limesurveySystem: Codebook = {
  columns: new Map(systemNames.map((name) => [name, { ...uncoded, personal: namesPerson(name) }])),
};

type Coded = Pick<CodebookColumn, "labels" | "scores">;

/** Answers of one question are those of all its columns; they are listed and valued once. */
const coder = () => {
  const known = new Map<readonly LssAnswer[], Coded>();
  return (answers: readonly LssAnswer[]): Coded => {
    const coded = known.get(answers) ?? {
      labels: answers.map(({ code, label }) => ({ code, label })),
      scores: scoresOf(answers),
    };
    known.set(answers, coded);
    return coded;
  };
};

/** LimeSurvey's own width of an abbreviated heading. */
const abbreviated = 15;
const longestHeading = 1000;

const shortened = (text: string): string => {
  const letters = [...text];
  return letters.length > abbreviated ? `${letters.slice(0, abbreviated).join("")}.. ` : text;
};
const asHeading = ([question = "", ...parts]: readonly string[]): string =>
  `${question} ${parts.map((part) => `[${part}]`).join("")}`.trim();

/** The code with underscores; headings in full text, abbreviated, and after the code, with spaces or with underscores. */
const otherNames = ({ code, underscored, heading }: SurveyColumn): readonly string[] => {
  if (heading === null || heading.join("").length > longestHeading) return [underscored];
  const full = asHeading(heading);
  const texts = [full, asHeading(heading.map(shortened)), `${code}. ${full}`, `${underscored}. ${full}`];
  return [underscored, ...texts.flatMap((text) => [text, text.replaceAll(" ", "_")])];
};

const most = 10_000;

const surveyColumns = (xml: string, file: string, language: string): readonly SurveyColumn[] => {
  const found: SurveyColumn[] = [];
  for (const question of lssQuestions(lssTables(xml, file), language))
    for (const column of questionColumns(question)) {
      if (found.length === most)
        throw new Refusal({ code: "limit-exceeded", place: { file }, what: "columns", limit: most });
      found.push(column);
    }
  return found;
};

/** Adds what a column may be called beside its code, unless two columns may be called so. */
const addOtherNames = (columns: Map<string, CodebookColumn>, survey: readonly SurveyColumn[]): void => {
  const called = new Map<string, CodebookColumn | null>();
  for (const column of survey) {
    const described = columns.get(column.code)!;
    for (const name of otherNames(column)) {
      const isShared = called.has(name) && called.get(name) !== described;
      called.set(name, isShared ? null : described);
    }
  }
  for (const [name, described] of called) if (described !== null && !columns.has(name)) columns.set(name, described);
};

/**
 * What a LimeSurvey structure file (`.lss`) says of each column of the answers, under every name that an export may
 * give it. The id is the code in brackets, such as `Q1[SQ001]`.
 *
 * @param language of the wording and labels, such as `da`; the survey's own where it does not have that one
 */
export const limesurveyCodebook = (xml: string, file: string, language: string): Codebook => {
  const survey = surveyColumns(xml, file, language);
  const coded = coder();
  const columns = new Map(limesurveySystem.columns);
  for (const { code, wording, answers } of survey) {
    const described: CodebookColumn = {
      id: code,
      wording: wording === "" ? null : wording,
      personal: answers.length === 0 && namesPerson(code),
      ...coded(answers),
    };
    columns.set(code, described);
  }
  addOtherNames(columns, survey);
  return { columns };
};
