import { Refusal } from "../../src/errors.ts";
import type { DecimalMark } from "../../src/formats/numbers.ts";
import type { IsPerson } from "../../src/store/persons/person-records.ts";
import { placedItems } from "../../src/study/items.ts";
import type { Study } from "../../src/study/study.ts";
import type { Use } from "./cells.ts";
import type { MappedDelivery, PlacedColumn } from "./columns.ts";
import { type LeaderReader, type Lookup, leaderReader } from "./leader-reader.ts";
import { decimalOf, type NumberMarks } from "./number-marks.ts";
import {
  type AnswerReader,
  answerReader,
  type ConditionReader,
  type CovariateReader,
  conditionReader,
  covariateReader,
  type MarkReader,
  markReader,
  type WeightReader,
  weightReader,
} from "./readers.ts";
import { answerRules } from "./rules.ts";

/** What reads the columns of a delivery; null where the file has none. */
export interface DeliveryReaders {
  readonly leader: LeaderReader | null;
  readonly unit: LeaderReader | null;
  readonly weight: WeightReader | null;
  /** By item of the instrument. */
  readonly items: readonly (AnswerReader | null)[];
  /** By covariate of the study. */
  readonly covariates: readonly (CovariateReader | null)[];
  readonly where: readonly ConditionReader[];
  readonly marks: readonly MarkReader[];
}

/** What of the study a delivery is read against. */
export interface ReadingContext {
  readonly leaders: Lookup;
  /** By wave, leaders who held no post when it opened. */
  readonly away: ReadonlyMap<string, ReadonlySet<string>>;
  /** By level of the organisation, the leaders of a unit. */
  readonly units: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  readonly pseudonymKey: string;
  /** Whether an id is of somebody who was erased; null where nobody was. */
  readonly isErased: IsPerson | null;
}

/** Decimal mark by column of the file, where it is known from all of the column's numbers. */
export type Decimals = ReadonlyMap<number, DecimalMark>;

/** The mark that files of a separator mostly have. */
export const usualMark = (separator: string): DecimalMark => (separator === ";" ? "," : ".");

/** A comma that separates cells does not stand in numbers, and formats that are no text write a point. */
export const certainMark = (separator: string): DecimalMark | null =>
  separator === "," || separator === "\x1f" ? "." : null;

export const makeReaders = (
  study: Study,
  { delivery, file, columns }: MappedDelivery,
  context: ReadingContext,
  decimals: Decimals,
): DeliveryReaders => {
  const items = placedItems(study.instrument);
  const missing = new Set(study.instrument.missing.map(({ code }) => code));
  const likely = usualMark(file.dialect.separator);
  const marks = ({ column }: PlacedColumn) => ({
    decimal: delivery.reading.decimal ?? decimals.get(column) ?? null,
    likely,
  });
  const away = context.away.get(delivery.wave) ?? new Set();
  return {
    leader: columns.leader && leaderReader(context.leaders, "leader-not-in-roster", away),
    unit: columns.unit && leaderReader(context.units.get(columns.unit.level) ?? new Map(), "unit-unknown", away),
    weight: columns.weight && weightReader(marks(columns.weight)),
    items: columns.items.map((column, index) => {
      if (column === null) return null;
      const place = { file: file.name, line: file.headerLine, column: column.name };
      const rules = answerRules(study, delivery, items[index]!, column);
      if (typeof rules === "string") throw new Refusal({ code: rules, place });
      return answerReader({ ...rules, ...marks(column) });
    }),
    covariates: columns.covariates.map((column, index) =>
      column ? covariateReader(study.covariates[index]!, missing, marks(column)) : null,
    ),
    where: columns.where.map(({ condition }) => conditionReader(condition)),
    marks: columns.marks.map(markReader),
  };
};

/** Every column with what reads it. */
export const usesOf = ({ columns }: MappedDelivery, readers: DeliveryReaders): readonly Use[] => [
  [columns.leader, readers.leader],
  [columns.unit, readers.unit],
  [columns.weight, readers.weight],
  ...columns.items.map((column, index): Use => [column, readers.items[index] ?? null]),
  ...columns.covariates.map((column, index): Use => [column, readers.covariates[index] ?? null]),
  ...columns.where.map((column, index): Use => [column, readers.where[index] ?? null]),
  ...columns.marks.map((column, index): Use => [column, readers.marks[index] ?? null]),
];

/**
 * The decimal marks that the columns show once all of their numbers have been seen, and whether a number was read
 * otherwise. Refuses columns in which both marks stand, or one number could be two.
 */
export const decimalsShown = (
  { delivery, file, columns }: MappedDelivery,
  readers: DeliveryReaders,
  lineOf: (column: PlacedColumn, place: number) => number,
): { readonly decimals: Decimals; readonly differ: boolean } => {
  const decimals = new Map<number, DecimalMark>();
  let differ = false;
  const add = (column: PlacedColumn | null, marks: NumberMarks | undefined): void => {
    if (column === null || marks === undefined || delivery.reading.decimal !== null) return;
    const place = { file: file.name, column: column.name };
    const found = decimalOf(marks, (at) => lineOf(column, at), place, certainMark(file.dialect.separator));
    if (found === null) return;
    decimals.set(column.column, found);
    if (marks.taken[found === "." ? "," : "."]) differ = true;
  };
  add(columns.weight, readers.weight?.marks());
  for (const [index, column] of columns.items.entries()) add(column, readers.items[index]?.marks());
  for (const [index, column] of columns.covariates.entries()) add(column, readers.covariates[index]?.marks());
  return { decimals, differ };
};
