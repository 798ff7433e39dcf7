import type { QuarantineCode } from "../errors.ts";
import { foldText, tidyText } from "../study/fold.ts";
import type { MissingKind, Text } from "../study/study.ts";
import type { MissingRange, ValueLabel } from "./delivered.ts";
import { missingByLabel } from "./labels.ts";
import { type DecimalMark, isDate, markOf, numberIn } from "./numbers.ts";

/** What is changed or read into a cell, and counted. */
export const coercions = [
  "decimal-comma",
  "trimmed",
  "label",
  "recoded",
  "file-label",
  "file-score",
  "missing-label",
  "missing-in-file",
  "missing-text",
  "whole-as-decimal",
  "covariate-blanked",
  "covariate-date",
  "respondent-none",
  "cells-beyond",
] as const;
export type Coercion = (typeof coercions)[number];

/** How the cells of an item's column are to be understood. */
export interface AnswerRules {
  /** Lowest and highest answer. */
  readonly low: number;
  readonly high: number;
  /** Answer by folded label. */
  readonly labels: ReadonlyMap<string, number>;
  /** Whether answers are codes, of which none is a fraction. */
  readonly coded: boolean;
  /** Kind of missing by code, as it is written. */
  readonly missing: ReadonlyMap<string, MissingKind>;
  /** Kind of missing by folded label. */
  readonly missingLabels: ReadonlyMap<string, MissingKind>;
  /** Answer or kind of missing by folded code of this delivery; null where it writes the instrument's own. */
  readonly codes: ReadonlyMap<string, number | MissingKind> | null;
  /** The file's own labels and missing codes. */
  readonly fileLabels: readonly ValueLabel[];
  /** Answer by code, where the survey values its codes otherwise than by their numbers. */
  readonly fileScores: ReadonlyMap<string, number>;
  /** Whether the file's labels or values translate its codes, so that a code without either says nothing. */
  readonly onlyLabelled: boolean;
  readonly fileMissing: readonly MissingRange[];
  /** What an empty cell means. */
  readonly blank: MissingKind;
  /** The column's decimal mark; null before all of its cells are known. */
  readonly decimal: DecimalMark | null;
  /** The mark that is taken where both readings are in the range. */
  readonly likely: DecimalMark;
}

/** What the text of a cell says. */
export interface AnswerReading {
  readonly answer: number | null;
  readonly missing: MissingKind | null;
  readonly fault: QuarantineCode | null;
  readonly coercions: readonly Coercion[];
}

/** How missing values are written where nobody declared it; compared in lower case. */
const missingTexts = new Set(["na", "n/a", "#n/a", "null", "none", "nan", "<na>", "-", ".", "missing"]);

/** Whether a text is one of the usual ways to write that there is nothing. */
export const isMissingText = (text: string): boolean => missingTexts.has(text.toLowerCase());

/** The number that a text is; of two readings the one in the range, else the likely one. */
export const likelyNumber = (
  text: string,
  { decimal, likely, low, high }: Pick<AnswerRules, "decimal" | "likely" | "low" | "high">,
): number | null => {
  if (decimal !== null) return numberIn(text, decimal);
  const mark = markOf(text);
  if (mark === null) return null;
  if (mark !== "either") return numberIn(text, mark === "none" ? "." : mark);
  const fits = ([".", ","] as const).filter((one) => {
    const value = numberIn(text, one) ?? Number.NaN;
    return value >= low && value <= high;
  });
  return numberIn(text, fits.length === 1 ? (fits[0] as DecimalMark) : likely);
};

/** Answers by folded label, from labels by code in both languages. */
export const labelMap = (answers: readonly { readonly code: string; readonly label: Text }[]): Map<string, number> =>
  new Map(
    answers.flatMap(({ code, label }) => [label.da, label.en].map((text) => [foldText(text), Number(code)] as const)),
  );

const answered = (answer: number, ...why: readonly Coercion[]): AnswerReading => ({
  answer,
  missing: null,
  fault: null,
  coercions: why,
});
const absent = (missing: MissingKind, ...why: readonly Coercion[]): AnswerReading => ({
  answer: null,
  missing,
  fault: null,
  coercions: why,
});
const faulty = (fault: QuarantineCode): AnswerReading => ({ answer: null, missing: null, fault, coercions: [] });

/** Missing code that equals a number: 6.0 is code 6. */
const missingNumber = (rules: AnswerRules, value: number): MissingKind | undefined => {
  for (const [code, kind] of rules.missing) if (Number(code) === value && code.trim() !== "") return kind;
  return undefined;
};

const codeOf = (rules: AnswerRules, text: string): number | MissingKind | undefined => {
  const { codes } = rules;
  if (codes === null) return undefined;
  const found = codes.get(foldText(text));
  if (found !== undefined) return found;
  const value = likelyNumber(text, rules);
  return value === null ? undefined : codes.get(String(value));
};

const labelOfCode = (rules: AnswerRules, text: string, value: number | null): ValueLabel | undefined =>
  rules.fileLabels.find(
    ({ code }) => code === text || (value !== null && code.trim() !== "" && Number(code) === value),
  );

/** A file's label without the code that it repeats (`1 - Agree`, `Agree (1)`) and a full stop at its end. */
export const bareLabel = (label: string): string =>
  foldText(label)
    .replace(/^-?\d+ ?[.:=)-] ?/, "")
    .replace(/ ?\(-?\d+\)$/, "")
    .replace(/\.$/, "");

/** What the file itself says a code stands for: an answer of the instrument, or a kind of missing. */
const byFileLabel = (rules: AnswerRules, label: string, value: number | null): AnswerReading | null => {
  const folded = foldText(label);
  const answer = rules.labels.get(folded) ?? rules.labels.get(bareLabel(label));
  if (answer !== undefined) return answer === value ? answered(answer) : answered(answer, "file-label");
  const kind = rules.missingLabels.get(folded) ?? missingByLabel(label);
  return kind === null ? null : absent(kind, "missing-label");
};

/** What the survey values a code at; a value outside the range may still be that of a missing code. */
const byFileScore = (rules: AnswerRules, code: string): AnswerReading | null => {
  const score = rules.fileScores.get(code);
  if (score === undefined) return null;
  const kind = rules.missing.get(code);
  const isIn = score >= rules.low && score <= rules.high;
  if (!isIn) return kind === undefined ? faulty("answer-out-of-range") : absent(kind);
  if (rules.coded && !Number.isInteger(score)) return faulty("answer-fraction");
  return score === numberIn(code, ".") ? answered(score) : answered(score, "file-score");
};

const ofNumber = (rules: AnswerRules, text: string, value: number): AnswerReading => {
  const why: Coercion[] = [];
  if (/[.,]/.test(text)) {
    if (numberIn(text, ".") !== value) why.push("decimal-comma");
    if (rules.coded && Number.isInteger(value)) why.push("whole-as-decimal");
  }
  if (value >= rules.low && value <= rules.high && rules.onlyLabelled && labelOfCode(rules, text, value) === undefined)
    return faulty("answer-unlabelled");
  if (value >= rules.low && value <= rules.high)
    return rules.coded && !Number.isInteger(value) ? faulty("answer-fraction") : answered(value, ...why);
  const kind = missingNumber(rules, value);
  if (kind !== undefined) return absent(kind, ...why);
  return faulty("answer-out-of-range");
};

/** The answer whose label the file writes in place of its code. */
const ofFileText = (rules: AnswerRules, folded: string): AnswerReading | null => {
  const code = rules.fileLabels.find(({ label }) => foldText(label) === folded)?.code;
  if (code === undefined) return null;
  const number = numberIn(code, ".");
  const reading = byFileScore(rules, code) ?? (number === null ? null : ofNumber(rules, String(number), number));
  return reading?.fault === null ? { ...reading, coercions: ["file-label"] } : reading;
};

const recoded = (rules: AnswerRules, answer: number): AnswerReading => {
  if (!(answer >= rules.low && answer <= rules.high)) return faulty("answer-out-of-range");
  return rules.coded && !Number.isInteger(answer) ? faulty("answer-fraction") : answered(answer, "recoded");
};

const inFileMissing = (rules: AnswerRules, value: number): boolean =>
  rules.fileMissing.some(({ low, high }) => value >= low && value <= high);

const ofText = (rules: AnswerRules, text: string): AnswerReading => {
  if (text === "") return absent(rules.blank);
  const declared = codeOf(rules, text);
  if (typeof declared === "number") return recoded(rules, declared);
  if (declared !== undefined) return absent(declared, "recoded");
  const folded = foldText(text);
  const label = rules.labels.get(folded);
  if (label !== undefined && likelyNumber(text, rules) === null) return answered(label, "label");
  const value = likelyNumber(text, rules);
  const own = labelOfCode(rules, text, value);
  const byFile = own && (byFileLabel(rules, own.label, value) ?? byFileScore(rules, own.code));
  if (byFile) return byFile;
  if (value !== null && inFileMissing(rules, value))
    return absent(missingNumber(rules, value) ?? "blank", "missing-in-file");
  if (value !== null) {
    const missing = missingNumber(rules, value);
    if (rules.codes !== null) return missing === undefined ? faulty("answer-not-declared") : absent(missing);
    return ofNumber(rules, text, value);
  }
  const byWords = isMissingText(text) ? null : missingByLabel(text);
  const kind = rules.missing.get(text) ?? rules.missingLabels.get(folded) ?? byWords;
  if (kind !== null) return absent(kind, ...(rules.missing.has(text) ? [] : (["missing-label"] as const)));
  const byText = ofFileText(rules, folded);
  if (byText !== null) return byText;
  if (isMissingText(text))
    return rules.missing.size === 0 ? absent(rules.blank, "missing-text") : faulty("answer-missing-text");
  return faulty(isDate(text) ? "answer-date" : "answer-not-a-number");
};

/** What a cell of an item's column says; the rules in the order in which they are tried are those of docs/studies.md. */
export const readAnswer = (rules: AnswerRules, cell: string): AnswerReading => {
  const text = tidyText(cell);
  const reading = ofText(rules, text);
  return text === cell || cell === "" ? reading : { ...reading, coercions: ["trimmed", ...reading.coercions] };
};
