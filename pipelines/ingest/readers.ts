import { type Place, type QuarantineCode, Refusal } from "../../src/errors.ts";
import {
  type AnswerReading,
  type AnswerRules,
  type Coercion,
  isMissingText,
  likelyNumber,
  readAnswer,
} from "../../src/formats/answers.ts";
import { meets, nearValue } from "../../src/formats/conditions.ts";
import { type DecimalMark, isDate, markOf, numberIn } from "../../src/formats/numbers.ts";
import { foldText, tidyText } from "../../src/study/fold.ts";
import { nearest } from "../../src/study/nearest.ts";
import { type Condition, type Covariate, type MissingKind, missingKinds } from "../../src/study/study.ts";

/** Learns what the different texts of a column say, each once, in the order in which they come. */
export interface Reader {
  readonly learn: (text: string) => void;
}

/** What the numbers of a column show of their decimal mark. */
export interface NumberMarks {
  /** Place of the first text that can only be read with the mark, among the column's texts; -1 for none. */
  readonly first: Readonly<Record<DecimalMark, number>>;
  /** Place of the first text of which both readings are in the range; -1 for none. */
  readonly either: number;
}

type Bounds = Pick<AnswerRules, "decimal" | "likely" | "low" | "high">;

const numberMarks = (bounds: Bounds) => {
  const first = { ".": -1, ",": -1 };
  let either = -1;
  return {
    add: (text: string, place: number): void => {
      const mark = markOf(text);
      if (mark === null || mark === "none" || /^[+-]?\d+[.,]0{1,2}$/.test(text)) return;
      if (mark !== "either") {
        if (first[mark] < 0) first[mark] = place;
        return;
      }
      const fits = (one: DecimalMark): boolean => {
        const value = numberIn(text, one) ?? Number.NaN;
        return value >= bounds.low && value <= bounds.high;
      };
      if (either < 0 && fits(".") && fits(",")) either = place;
    },
    marks: (): NumberMarks => ({ first: { ...first }, either }),
  };
};

/**
 * The decimal mark of a column whose texts have all been seen; null where it makes no difference. Refuses a column in
 * which both marks stand, or one number could be two.
 *
 * @param certain the mark where no number of the column decides; null where that cannot be known
 */
export const decimalOf = (
  { first, either }: NumberMarks,
  lineOf: (place: number) => number,
  place: Place,
  certain: DecimalMark | null,
): DecimalMark | null => {
  const [point, comma] = [first["."], first[","]];
  if (point >= 0 && comma >= 0)
    throw new Refusal({ code: "numbers-mixed", place, lines: [lineOf(point), lineOf(comma)] });
  if (point >= 0 || comma >= 0) return point >= 0 ? "." : ",";
  if (certain !== null) return certain;
  if (either >= 0) throw new Refusal({ code: "numbers-ambiguous", place: { ...place, line: lineOf(either) } });
  return null;
};

/** The place of a kind of missing, from 1. */
export const placeOfMissing = (kind: MissingKind): number => missingKinds.indexOf(kind) + 1;

/** An item's column: readings by text. */
export interface AnswerReader extends Reader {
  readonly rules: AnswerRules;
  readonly readings: readonly AnswerReading[];
  /** The numbers that the texts are, whatever they mean; null for a text that is none. */
  readonly numbers: readonly (number | null)[];
  readonly marks: () => NumberMarks;
  /** The declared label that an unreadable text is nearest to. */
  readonly nearestTo: (place: number) => string | null;
}

export const answerReader = (rules: AnswerRules): AnswerReader => {
  const readings: AnswerReading[] = [];
  const numbers: (number | null)[] = [];
  const texts: string[] = [];
  const { add, marks } = numberMarks(rules);
  const known = [...rules.labels.keys(), ...rules.missingLabels.keys()];
  return {
    rules,
    readings,
    numbers,
    marks,
    learn: (cell) => {
      const reading = readAnswer(rules, cell);
      const text = tidyText(cell);
      if (!reading.coercions.includes("label") && !reading.coercions.includes("recoded")) add(text, readings.length);
      numbers.push(likelyNumber(text, rules));
      readings.push(reading);
      texts.push(reading.fault === null ? "" : text);
    },
    nearestTo: (place) => nearest(foldText(texts[place] ?? ""), known) ?? null,
  };
};

/** A covariate's column: its number, or the place of its code; NaN where the cell says nothing that can be used. */
export interface CovariateReader extends Reader {
  readonly values: readonly number[];
  readonly coercions: readonly (readonly Coercion[])[];
  readonly marks: () => NumberMarks;
}

const codedValue = (covariate: Extract<Covariate, { kind: "categorical" }>, text: string): number => {
  const folded = foldText(text);
  const number = numberIn(text, ".");
  return covariate.values.findIndex(
    ({ code, label }) =>
      tidyText(code) === text ||
      (number !== null && numberIn(tidyText(code), ".") === number) ||
      foldText(label.da) === folded ||
      foldText(label.en) === folded,
  );
};

const covariateValue = (covariate: Covariate, bounds: Bounds, text: string): number => {
  if (covariate.kind === "categorical") {
    const place = codedValue(covariate, text);
    return place < 0 ? Number.NaN : place;
  }
  const value = likelyNumber(text, bounds);
  return value !== null && value >= covariate.low && value <= covariate.high ? value : Number.NaN;
};

export const covariateReader = (
  covariate: Covariate,
  missing: ReadonlySet<string>,
  marksOf: Pick<AnswerRules, "decimal" | "likely">,
): CovariateReader => {
  const bounds =
    covariate.kind === "numeric"
      ? { ...marksOf, low: covariate.low, high: covariate.high }
      : { ...marksOf, low: 0, high: 0 };
  const values: number[] = [];
  const changed: (readonly Coercion[])[] = [];
  const { add, marks } = numberMarks(bounds);
  return {
    values,
    coercions: changed,
    marks,
    learn: (cell) => {
      const text = tidyText(cell);
      const value = covariateValue(covariate, bounds, text);
      const silent = text === "" || missing.has(text) || isMissingText(text);
      const why: Coercion[] = [];
      if (cell !== text) why.push("trimmed");
      if (Number.isNaN(value) && !silent) why.push(isDate(text) ? "covariate-date" : "covariate-blanked");
      if (covariate.kind === "numeric") {
        add(text, values.length);
        if (!Number.isNaN(value) && text.includes(",") && numberIn(text, ".") !== value) why.push("decimal-comma");
      }
      values.push(value);
      changed.push(why);
    },
  };
};

const weightBounds = { low: Number.MIN_VALUE, high: Number.MAX_VALUE };

/** A column of sampling weights: NaN where the cell is no number above 0. */
export interface WeightReader extends Reader {
  readonly values: readonly number[];
  readonly marks: () => NumberMarks;
}

export const weightReader = (marksOf: Pick<AnswerRules, "decimal" | "likely">): WeightReader => {
  const bounds = { ...marksOf, ...weightBounds };
  const values: number[] = [];
  const { add, marks } = numberMarks(bounds);
  return {
    values,
    marks,
    learn: (cell) => {
      const text = tidyText(cell);
      const value = likelyNumber(text, bounds) ?? Number.NaN;
      add(text, values.length);
      values.push(value > 0 ? value : Number.NaN);
    },
  };
};

/** A column of a condition: whether the row of a text is meant, and which value one that is not almost has. */
export interface ConditionReader extends Reader {
  readonly meant: readonly boolean[];
  readonly near: readonly (string | null)[];
}

export const conditionReader = (condition: Condition): ConditionReader => {
  const meant: boolean[] = [];
  const near: (string | null)[] = [];
  return {
    meant,
    near,
    learn: (cell) => {
      meant.push(meets(condition, cell));
      near.push(nearValue(condition, cell));
    },
  };
};

/** Who is rated: the leaders of a text, why it names none, and which known id it is nearest to. */
export interface LeaderReader extends Reader {
  readonly leaders: readonly (readonly string[])[];
  readonly faults: readonly (QuarantineCode | null)[];
  readonly trimmed: readonly boolean[];
  /** Looks as if a spreadsheet had shortened it. */
  readonly scientific: readonly boolean[];
  readonly id: (place: number) => string;
  readonly nearestTo: (place: number) => string | null;
}

/** The leaders of a study by id, or those of a unit by the unit's name; null where nobody has listed leaders. */
export type Lookup = ReadonlyMap<string, readonly string[]> | null;

/** An id as a spreadsheet or a person may have changed it: without case, leading zeros or a fraction of zeros. */
const bareId = (id: string): string =>
  foldText(id)
    .replace(/[.,]0+$/, "")
    .replace(/^0+(?=.)/, "");

export const leaderReader = (lookup: Lookup, unknown: QuarantineCode): LeaderReader => {
  const leaders: (readonly string[])[] = [];
  const faults: (QuarantineCode | null)[] = [];
  const trimmed: boolean[] = [];
  const scientific: boolean[] = [];
  const texts: string[] = [];
  const bare = new Map<string, string>();
  for (const id of lookup?.keys() ?? []) bare.set(bareId(id), id);
  return {
    leaders,
    faults,
    trimmed,
    scientific,
    id: (place) => texts[place] ?? "",
    learn: (cell) => {
      const text = tidyText(cell);
      const missing = text === "" || (lookup === null ? isMissingText(text) : isMissingText(text) && !lookup.has(text));
      const found = missing ? undefined : lookup === null ? [text] : lookup.get(text);
      texts.push(text);
      leaders.push(found ?? []);
      faults.push(found !== undefined ? null : missing && unknown !== "unit-unknown" ? "leader-missing" : unknown);
      trimmed.push(cell !== text);
      scientific.push(/^\d([.,]\d+)?e\+?\d+$/i.test(text));
    },
    nearestTo: (place) => {
      const text = texts[place] ?? "";
      if (lookup === null || faults[place] === "leader-missing") return null;
      return bare.get(bareId(text)) ?? (lookup.size <= 2000 ? nearest(text, [...lookup.keys()]) : undefined) ?? null;
    },
  };
};
