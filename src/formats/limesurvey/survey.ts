import type { LssRow, LssTables } from "./tables.ts";
import { groupRows, type LssText, lssField, lssNumber, rowInLanguage, type Worded, worded } from "./texts.ts";

/** A row or a column of a question that has several. */
export interface LssPart extends LssText {
  readonly code: string;
}

/** An answer that can be chosen. */
export interface LssAnswer {
  readonly code: string;
  readonly label: string;
  readonly assessment: number;
}

/** What a question has on its first and on its second scale; most have one scale only. */
export interface Scales<T> {
  readonly first: readonly T[];
  readonly second: readonly T[];
}

/** A question of a survey, in one language. */
export interface LssQuestion extends LssPart {
  readonly type: string;
  /** Whether respondents may answer in words of their own. */
  readonly other: boolean;
  readonly parts: Scales<LssPart>;
  readonly answers: Scales<LssAnswer>;
}

const partOf = ({ row, text, heading }: Worded): LssPart => ({ code: lssField(row, "title"), text, heading });
const answerOf = ({ row, text }: Worded): LssAnswer => ({
  code: lssField(row, "code"),
  label: text,
  assessment: lssNumber(row, "assessment_value"),
});

const scales = <T>(rows: readonly Worded[], order: string, of: (row: Worded) => T): Scales<T> => {
  const sorted = rows.toSorted((a, b) => lssNumber(a.row, order) - lssNumber(b.row, order));
  const on = (scale: number) => sorted.filter(({ row }) => lssNumber(row, "scale_id") === scale).map(of);
  return { first: on(0), second: on(1) };
};

const baseLanguage = (tables: LssTables): string => {
  const survey = tables.rows("surveys")[0];
  return (survey && lssField(survey, "language")) || (tables.languages[0] ?? "");
};

const isPart = (row: LssRow): boolean => lssNumber(row, "parent_qid") !== 0;

/** Questions of a survey with their rows and answers in display order, in a language or else in the survey's own. */
export const lssQuestions = (tables: LssTables, language: string): readonly LssQuestion[] => {
  const choose = rowInLanguage(language, baseLanguage(tables));
  const all = worded(
    {
      rows: [...tables.rows("questions"), ...tables.rows("subquestions")],
      key: (row) => lssField(row, "qid"),
      texts: tables.rows("question_l10ns"),
      link: "qid",
      field: "question",
    },
    choose,
  );
  const answers = worded(
    {
      rows: tables.rows("answers"),
      key: (row) => ["qid", "scale_id", "code"].map((name) => lssField(row, name)).join("\n"),
      texts: tables.rows("answer_l10ns"),
      link: "aid",
      field: "answer",
    },
    choose,
  );
  const ofQuestion = groupRows(answers, ({ row }) => lssField(row, "qid"));
  const parts = groupRows(
    all.filter(({ row }) => isPart(row)),
    ({ row }) => lssField(row, "parent_qid"),
  );
  return all
    .filter(({ row }) => !isPart(row))
    .map((question) => {
      const id = lssField(question.row, "qid");
      return {
        ...partOf(question),
        type: lssField(question.row, "type"),
        other: lssField(question.row, "other") === "Y",
        parts: scales(parts.get(id) ?? [], "question_order", partOf),
        answers: scales(ofQuestion.get(id) ?? [], "sortorder", answerOf),
      };
    });
};
