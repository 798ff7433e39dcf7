import { foldText } from "../../study/fold.ts";
import type { MissingKind } from "../../study/study.ts";
import type { ValueLabel } from "../delivered.ts";
import { missingByLabel } from "../labels.ts";
import { numberIn } from "../numbers.ts";

/** What an item's column writes, and how the instrument words its answers. */
export interface CodedColumn {
  readonly labels: readonly ValueLabel[];
  /** Value of a code, where the survey gives one. */
  readonly scores: ReadonlyMap<string, number>;
  readonly texts: ReadonlyMap<string, number>;
  /** Answer by folded label of the instrument. */
  readonly answers: ReadonlyMap<string, number>;
  readonly missingLabels: ReadonlyMap<string, MissingKind>;
  /** The instrument's own codes of what is no answer. */
  readonly missing: ReadonlyMap<string, MissingKind>;
  readonly low: number;
  readonly high: number;
}

type Meaning = number | MissingKind;

export interface ProposedCodes {
  /** Null where the file's codes are the instrument's. */
  readonly codes: ReadonlyMap<string, Meaning> | null;
  /** Kinds of missing that the file has a code for and the instrument has not. */
  readonly lacking: ReadonlyMap<string, MissingKind>;
  /** Whether one code means different things in two columns, so that only their labels can tell. */
  readonly conflict: boolean;
}

/** What survey systems write where a question was shown and left open. */
const seenUnanswered = "-99";

const inRange = (value: number, { low, high }: CodedColumn): boolean => value >= low && value <= high;

const meaningOf = ({ code, label }: ValueLabel, column: CodedColumn): Meaning | null => {
  const folded = foldText(label);
  const byLabel = column.answers.get(folded) ?? column.missingLabels.get(folded) ?? missingByLabel(label);
  if (byLabel !== null && byLabel !== undefined) return byLabel;
  const score = column.scores.get(code);
  if (score !== undefined && inRange(score, column)) return score;
  const own = column.missing.get(code);
  if (own !== undefined) return own;
  const value = numberIn(code, ".");
  return value !== null && inRange(value, column) ? value : null;
};

/** Whole answers of the range, which a file without labels writes as they are. */
const identities = ({ low, high }: CodedColumn): readonly (readonly [string, Meaning])[] =>
  Array.from({ length: Math.min(101, high - low + 1) }, (_, k) => [String(low + k), low + k]);

const meaningsOf = (column: CodedColumn): readonly (readonly [string, Meaning])[] => {
  const labelled = column.labels.flatMap((one): (readonly [string, Meaning])[] => {
    const meaning = meaningOf(one, column);
    return meaning === null ? [] : [[one.code, meaning]];
  });
  if (!column.texts.has(seenUnanswered) || column.labels.some(({ code }) => code === seenUnanswered)) return labelled;
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
  for (const column of columns)
    for (const [code, meaning] of meaningsOf(column)) {
      if (codes.has(code) && codes.get(code) !== meaning) conflict = true;
      codes.set(code, meaning);
      const own = typeof meaning === "number" ? numberIn(code, ".") : column.missing.get(code);
      if (own === meaning) continue;
      needed = true;
      if (typeof meaning !== "number" && numberIn(code, ".") !== null) lacking.set(code, meaning);
    }
  return { codes: needed && !conflict ? new Map([...codes].sort(byCode)) : null, lacking, conflict };
};
