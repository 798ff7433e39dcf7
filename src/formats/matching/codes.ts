import { foldText } from "../../study/fold.ts";
import type { MissingKind } from "../../study/study.ts";
import type { AnswerRules } from "../answers.ts";
import type { ValueLabel } from "../delivered.ts";
import { labelFit } from "../file-labels.ts";
import { type ScoredItem, scoresFor } from "../file-scores.ts";
import { missingByLabel } from "../labels.ts";
import { numberIn } from "../numbers.ts";

/** What an item's column writes, and how the instrument words its answers. */
export interface CodedColumn extends ScoredItem, Pick<AnswerRules, "missing"> {
  readonly texts: ReadonlyMap<string, number>;
}

type Meaning = number | MissingKind;

export interface ProposedCodes {
  /** Null where the file's codes are the instrument's. */
  readonly codes: ReadonlyMap<string, Meaning> | null;
  /** Kinds of missing that the file has a code for and the instrument has not. */
  readonly lacking: ReadonlyMap<string, MissingKind>;
  /** Whether one code means different things in two columns, or none can be told, so that the run has to say. */
  readonly conflict: boolean;
}

const isIn = (value: number, { low, high }: CodedColumn): boolean => value >= low && value <= high;

/** What survey systems write where a question was shown and left open. */
const seenUnanswered = "-99";

const meaningOf = ({ code, label }: ValueLabel, column: CodedColumn): Meaning | null => {
  const folded = foldText(label);
  const byLabel = column.labels.get(folded) ?? column.missingLabels.get(folded) ?? missingByLabel(label);
  if (byLabel !== null && byLabel !== undefined) return byLabel;
  const value = column.fileScores.get(code) ?? numberIn(code, ".");
  if (column.fileScores.has(code) && value !== null && isIn(value, column)) return value;
  const own = column.missing.get(code);
  if (own !== undefined) return own;
  return value !== null && isIn(value, column) ? value : null;
};

/** Whole answers of the range, which a file without labels writes as they are. */
const identities = ({ low, high }: CodedColumn): readonly (readonly [string, Meaning])[] =>
  Array.from({ length: Math.min(101, high - low + 1) }, (_, k) => [String(low + k), low + k]);

/** The labelled codes, and where their labels are the instrument's, those of the range that have none: often only the ends have. */
const explainedIn = (column: CodedColumn): readonly (readonly [string, Meaning])[] => {
  const labelled = column.fileLabels.flatMap((one): (readonly [string, Meaning])[] => {
    const meaning = meaningOf(one, column);
    return meaning === null ? [] : [[one.code, meaning]];
  });
  if (labelled.length === 0 || column.fileScores.size > 0 || labelFit(column) !== "alike") return labelled;
  const codes = new Set(column.fileLabels.map(({ code }) => numberIn(code, ".")));
  return [...labelled, ...identities(column).filter(([, value]) => !codes.has(value as number))];
};

const meaningsOf = (column: CodedColumn): readonly (readonly [string, Meaning])[] => {
  const labelled = explainedIn(column);
  if (!column.texts.has(seenUnanswered) || column.fileLabels.some(({ code }) => code === seenUnanswered))
    return labelled;
  if (column.missing.has(seenUnanswered)) return labelled;
  return [...(labelled.length > 0 ? labelled : identities(column)), [seenUnanswered, "blank"]];
};

const byCode = ([one]: readonly [string, Meaning], [other]: readonly [string, Meaning]): number =>
  Number(one) - Number(other) || 0;

/** What a delivery has to say of its codes, so that its columns are read as the instrument means them. */
export const proposeCodes = (columns: readonly CodedColumn[]): ProposedCodes => {
  const codes = new Map<string, Meaning>();
  const lacking = new Map<string, MissingKind>();
  let [conflict, needed] = [false, false];
  for (const column of columns) {
    const fileScores = scoresFor(column);
    if (fileScores === null) conflict = true;
    for (const [code, meaning] of fileScores === null ? [] : meaningsOf({ ...column, fileScores })) {
      if (codes.has(code) && codes.get(code) !== meaning) conflict = true;
      codes.set(code, meaning);
      const own = typeof meaning === "number" ? numberIn(code, ".") : column.missing.get(code);
      if (own === meaning) continue;
      needed = true;
      if (typeof meaning !== "number" && numberIn(code, ".") !== null) lacking.set(code, meaning);
    }
  }
  return { codes: needed && !conflict ? new Map([...codes].sort(byCode)) : null, lacking, conflict };
};
