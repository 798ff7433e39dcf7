import {
  type AnswerReading,
  type AnswerRules,
  type Coercion,
  isMissingText,
  likelyNumber,
  readAnswer,
} from "../../src/formats/answers.ts";
import { meets, nearValue } from "../../src/formats/conditions.ts";
import { isDate, numberIn } from "../../src/formats/numbers.ts";
import { foldText, tidyText } from "../../src/study/fold.ts";
import { nearest } from "../../src/study/nearest.ts";
import { type Condition, type Covariate, type MissingKind, missingKinds } from "../../src/study/study.ts";
import { type Bounds, type NumberMarks, numberMarks } from "./number-marks.ts";

/** Learns what the different texts of a column say, each once, in the order in which they come. */
export interface Reader {
  readonly learn: (text: string) => void;
}

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

/** A column in which the survey system marks rows: its texts, and how many records have each. */
export interface MarkReader extends Reader {
  readonly texts: readonly string[];
  readonly counts: number[];
}

export const markReader = (): MarkReader => {
  const texts: string[] = [];
  const counts: number[] = [];
  return {
    texts,
    counts,
    learn: (cell) => {
      texts.push(tidyText(cell));
      counts.push(0);
    },
  };
};
