import type { LssAnswer, LssPart, LssQuestion } from "./survey.ts";

/** A column of the file of answers, as the survey's structure foretells it. */
export interface SurveyColumn {
  /** Between the question's code and each further part the file writes brackets, or underscores. */
  readonly code: string;
  readonly underscored: string;
  readonly wording: string;
  /** The question as a heading in full text; null where LimeSurvey adds words of its own to it. */
  readonly heading: readonly string[] | null;
  readonly answers: readonly LssAnswer[];
}

const noAnswers: readonly LssAnswer[] = [];

const whole = (question: LssQuestion, answers: readonly LssAnswer[]): SurveyColumn => ({
  code: question.code,
  underscored: question.code,
  wording: question.text,
  heading: [question.heading],
  answers,
});

/** A column that the system adds beside a question or one of its parts, such as `[other]`. */
const beside = (question: LssQuestion, suffix: string, answers: readonly LssAnswer[]): SurveyColumn => ({
  code: `${question.code}[${suffix}]`,
  underscored: `${question.code}_${suffix}`,
  wording: question.text,
  heading: null,
  answers,
});

const stemAndItem = (stem: string, items: readonly string[]): string =>
  [stem, ...items].filter((text) => text !== "").join(" - ");

const ofParts = (question: LssQuestion, parts: readonly LssPart[], answers: readonly LssAnswer[]): SurveyColumn => {
  const code = parts.map((part) => part.code).join("_");
  return {
    ...beside(question, code, answers),
    wording: stemAndItem(
      question.text,
      parts.map((part) => part.text),
    ),
    heading: [question.heading, ...parts.map((part) => part.heading)],
  };
};

/** In brackets the two scales are 1 and 2, after underscores 0 and 1. */
const dualScale = (question: LssQuestion, part: LssPart, scale: 0 | 1): SurveyColumn => {
  const column = ofParts(question, [part], scale === 0 ? question.answers.first : question.answers.second);
  return {
    ...column,
    code: `${column.code}[${scale + 1}]`,
    underscored: `${column.underscored}_${scale}`,
    heading: null,
  };
};

const other = (question: LssQuestion, suffixes: readonly string[]): readonly SurveyColumn[] =>
  question.other ? suffixes.map((suffix) => beside(question, suffix, noAnswers)) : [];

/** The columns of a question by its type, under the letter by which LimeSurvey stores it. */
export const questionColumns = (question: LssQuestion): Iterable<SurveyColumn> => {
  const { parts, answers } = question;
  switch (question.type) {
    case "L":
    case "!":
      return [whole(question, answers.first), ...other(question, ["other"])];
    case "O":
      return [whole(question, answers.first), beside(question, "comment", noAnswers)];
    case "|":
      return [whole(question, noAnswers), beside(question, "filecount", noAnswers)];
    case "R":
      return answers.first.map((_, k) => beside(question, String(k + 1), answers.first));
    case "1":
      return parts.first.flatMap((part) => [dualScale(question, part, 0), dualScale(question, part, 1)]);
    case ":":
    case ";":
      return pairs(question);
    case "P":
      return [
        ...parts.first.flatMap((part) => [
          ofParts(question, [part], noAnswers),
          { ...ofParts(question, [{ ...part, code: `${part.code}comment` }], noAnswers), heading: null },
        ]),
        ...other(question, ["other", "othercomment"]),
      ];
    default:
      return parts.first.length === 0
        ? [whole(question, answers.first)]
        : [...parts.first.map((part) => ofParts(question, [part], answers.first)), ...other(question, ["other"])];
  }
};

/** One at a time, because rows times columns of a made-up survey can be more than memory holds. */
function* pairs(question: LssQuestion): Iterable<SurveyColumn> {
  for (const row of question.parts.first)
    for (const column of question.parts.second) yield ofParts(question, [row, column], noAnswers);
}
