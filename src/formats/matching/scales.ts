import { foldText } from "../../study/fold.ts";
import type { MissingKind } from "../../study/study.ts";
import { plainColumn } from "../delivered.ts";
import { missingByLabel } from "../labels.ts";
import { numberIn } from "../numbers.ts";
import { areGraded, gradesOf } from "./ordered.ts";
import { safeId } from "./safe-id.ts";
import { splitWording } from "./similarity.ts";
import type { SurveyedColumn } from "./surveyed.ts";

export interface FoundItem {
  readonly id: string;
  /** Place of its column. */
  readonly column: number;
  readonly wording: string | null;
}

export interface FoundScale {
  readonly id: string;
  /** The question that its items share; null where they share a name only. */
  readonly name: string | null;
  readonly low: number;
  readonly high: number;
  /** Null where the file has numbers and no words for them: the range is then a guess from those that stand in it. */
  readonly answers: readonly { readonly value: number; readonly label: string }[] | null;
  readonly items: readonly FoundItem[];
}

export interface FoundMissing {
  readonly code: string;
  readonly kind: MissingKind;
  readonly label: string;
}

export interface FoundInstrument {
  readonly scales: readonly FoundScale[];
  readonly missing: readonly FoundMissing[];
  /** Columns that share answers which are not known to be grades. */
  readonly left: readonly number[];
}

type Answers = Pick<FoundScale, "answers" | "low" | "high">;

interface Candidate {
  readonly place: number;
  readonly column: SurveyedColumn;
  /** Columns with the same key have the same answers. */
  readonly key: string;
}

const fewest = 3;
const mostAnswers = 11;
const specialFrom = 88;

const realLabels = ({ described: { labels } }: SurveyedColumn) =>
  labels.filter(({ label }) => missingByLabel(label) === null);

const wholeNumbers = ({ texts }: SurveyedColumn): readonly number[] | null => {
  const values = [...texts.keys()].map((text) => numberIn(text, "."));
  const usual = values.filter((value) => value === null || (value >= 0 && value < specialFrom));
  const isWhole = usual.every((value) => value !== null && Number.isInteger(value) && value < mostAnswers);
  return isWhole && usual.length >= 2 ? (usual as number[]) : null;
};

const gradedTexts = ({ texts }: SurveyedColumn): readonly string[] | null =>
  texts.size > mostAnswers ? null : gradesOf([...texts.keys()].filter((text) => missingByLabel(text) === null));

const keyOf = (column: SurveyedColumn): string | null => {
  const labels = realLabels(column);
  if (labels.length > 0) return labels.length < fewest ? null : JSON.stringify(labels);
  if (column.described.labels.length > 0) return null;
  return wholeNumbers(column) ? "numbers" : gradedTexts(column) ? JSON.stringify(gradedTexts(column)) : null;
};

/**
 * `q4_1` is the first of `q4`; `Q7[SQ002]` of `Q7`; `tf1` of `tf`. A single letter (`Q1`, `Q2`) puts columns together
 * only where their answers have words of their own.
 */
const prefixOf = ({ described: { name, labels } }: SurveyedColumn): string | null => {
  const matrix = /^(.+?)[_.[-]+[A-Za-z]*\d+\]?$/.exec(name)?.[1];
  const series = /^(\p{L}+)\d+$/u.exec(name)?.[1];
  if (matrix !== undefined) return matrix;
  return series !== undefined && (series.length > 1 || labels.length > 0) ? series : null;
};

const groupOf = ({ column, key }: Candidate): string | null => {
  const { described } = column;
  const stem = described.wording === null ? null : splitWording(described.wording).stem;
  const prefix = prefixOf(column);
  return stem === null && prefix === null ? null : JSON.stringify([key, stem === null ? "" : foldText(stem), prefix]);
};

const byNumbers = (group: readonly Candidate[]): Answers | null => {
  const values = [...new Set(group.flatMap(({ column }) => wholeNumbers(column) ?? []))];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (values.length < fewest) return null;
  const ends = low < 1 ? [4, 6] : [5, 7];
  return { answers: null, low: Math.min(low, 1), high: ends.find((end) => high <= end) ?? 10 };
};

const byLabels = ({ column }: Candidate): Answers | null => {
  const labels = realLabels(column);
  if (!areGraded(labels.map(({ label }) => label))) return null;
  const values = labels.map(({ code }, k) => column.described.scores.get(code) ?? numberIn(code, ".") ?? k + 1);
  const steps = values.slice(1).map((value, k) => value - values[k]!);
  const isOrdered = steps.every((step) => step > 0) || steps.every((step) => step < 0);
  const used = isOrdered && values.every(Number.isInteger) ? values : labels.map((_, k) => k + 1);
  const answers = labels.map(({ label }, k) => ({ value: used[k]!, label })).sort((a, b) => a.value - b.value);
  return { answers, low: Math.min(...used), high: Math.max(...used) };
};

const answersOf = (group: readonly Candidate[]): Answers | null => {
  const first = group[0]!;
  if (realLabels(first.column).length > 0) return byLabels(first);
  if (first.key === "numbers") return byNumbers(group);
  const answers = (gradedTexts(first.column) ?? []).map((label, k) => ({ value: k + 1, label }));
  return { answers, low: 1, high: answers.length };
};

const scaleOf = (group: readonly Candidate[], answers: Answers, taken: Set<string>): FoundScale => {
  const prefixes = new Set(group.map(({ column }) => prefixOf(column)));
  const wording = group[0]!.column.described.wording;
  const stem = wording === null ? null : splitWording(wording).stem;
  const prefix = prefixes.size === 1 ? [...prefixes][0]! : null;
  const items = group.map(({ place, column: { described } }) => ({
    id: safeId(described.name, taken),
    column: place,
    wording: described.wording === null ? null : splitWording(described.wording).item,
  }));
  return { id: safeId(prefix ?? stem ?? "scale", taken), name: stem, ...answers, items };
};

const missingOf = (columns: readonly SurveyedColumn[], scales: readonly FoundScale[]): readonly FoundMissing[] => {
  const found = new Map<string, FoundMissing | null>();
  for (const { column } of scales.flatMap(({ items }) => items))
    for (const { code, label } of columns[column]!.described.labels) {
      const kind = missingByLabel(label);
      const value = numberIn(code, ".");
      const isAnswer = value !== null && scales.some(({ low, high }) => value >= low && value <= high);
      if (kind === null || isAnswer) continue;
      const known = found.get(code);
      found.set(code, known !== undefined && known?.kind !== kind ? null : { code, kind, label });
    }
  return [...found.values()].filter((one) => one !== null);
};

/**
 * An instrument from the columns of a file: scales of those that share a question (or the beginning of their names) and
 * the same three or more graded answers.
 *
 * @param columns those that may be items; null at the place of one that may not
 */
export const findInstrument = (columns: readonly (SurveyedColumn | null)[]): FoundInstrument => {
  const groups = new Map<string, Candidate[]>();
  for (const [place, column] of columns.entries()) {
    const key = column === null || column.described.personal ? null : keyOf(column);
    if (column === null || key === null) continue;
    const candidate = { place, column, key };
    const group = groupOf(candidate);
    if (group !== null) groups.set(group, [...(groups.get(group) ?? []), candidate]);
  }
  const taken = new Set<string>();
  const scales: FoundScale[] = [];
  const left: number[] = [];
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const answers = answersOf(group);
    if (answers) scales.push(scaleOf(group, answers, taken));
    else left.push(...group.map(({ place }) => place));
  }
  const all = columns.map((column) => column ?? emptyColumn);
  return { scales, missing: missingOf(all, scales), left };
};

const emptyColumn: SurveyedColumn = {
  described: plainColumn(""),
  texts: new Map(),
  filled: 0,
};
