import { type Problem, type QuarantineCode, Refusal } from "../../src/errors.ts";
import { placedItems } from "../../src/study/items.ts";
import type { Study } from "../../src/study/study.ts";
import type { MappedDelivery, PlacedColumn } from "./columns.ts";
import type { DeliveryReading } from "./read-delivery.ts";

/** Fewer records than this say too little to stop a run. */
const fewestRecords = 20;
/** An item whose correlation with the others of its scale is below this, in so many complete records, is asked about. */
const lowestCorrelation = -0.2;
const fewestComplete = 30;
/** Share of answers, and their number, that must be one below the range before they are taken for a code of their own. */
const shiftedShare = 0.02;
const fewestShifted = 5;
/** Among so many answers somebody gives the highest, if it is one of them. */
const enoughAnswers = 100;

/** Records of an item whose cells are a number that these cells say. */
const recordsWhere = (
  reading: DeliveryReading,
  index: number,
  isMeant: (number: number, fault: QuarantineCode | null) => boolean,
): number => {
  const reader = reading.readers.items[index];
  const counts = reading.counts[index];
  if (!reader || !counts) return 0;
  return reader.numbers.reduce<number>(
    (sum, number, place) =>
      number !== null && isMeant(number, reader.readings[place]!.fault) ? sum + counts[place]! : sum,
    0,
  );
};

interface RangeUse {
  readonly column: PlacedColumn;
  readonly low: number;
  readonly high: number;
  readonly answered: number;
  /** Answers one below the range that mean nothing else, and answers at its top. */
  readonly below: number;
  readonly top: number;
}

const total = (items: readonly RangeUse[], of: "answered" | "below" | "top"): number =>
  items.reduce((sum, item) => sum + item[of], 0);

const isShifted = (items: readonly RangeUse[]): boolean => {
  const answered = total(items, "answered");
  const below = total(items, "below");
  if (total(items, "top") > 0 || below < fewestShifted || below <= shiftedShare * answered) return false;
  const lowered = items.filter(({ below, answered: own }) => below > shiftedShare * own);
  return answered >= enoughAnswers || 2 * lowered.length >= items.length;
};

/** Items of one range that are coded one too low: answers one below it, and none at its top. */
const refuseShifted = (study: Study, { delivery, file, columns }: MappedDelivery, reading: DeliveryReading): void => {
  if (delivery.codes !== null) return;
  const ranges = new Map<string, RangeUse[]>();
  for (const [index, { scale }] of placedItems(study.instrument).entries()) {
    const column = columns.items[index];
    const answered = recordsWhere(reading, index, () => true);
    if (!column || answered === 0) continue;
    const { low, high } = scale;
    const below = recordsWhere(reading, index, (number, fault) => number === low - 1 && fault !== null);
    const top = recordsWhere(reading, index, (number) => number === high);
    const key = `${low} ${high}`;
    ranges.set(key, [...(ranges.get(key) ?? []), { column, low, high, answered, below, top }]);
  }
  const shifted = [...ranges.values()].find(isShifted)?.find(({ below }) => below > 0);
  if (shifted === undefined) return;
  const place = { file: file.name, line: file.headerLine, column: shifted.column.name };
  throw new Refusal({ code: "answers-shifted", place, low: shifted.low, high: shifted.high });
};

const mostReasons = 3;

const refuseUnusable = (study: Study, { file }: MappedDelivery, reading: DeliveryReading): void => {
  const { unusable, records, skipped, usable } = reading;
  const meant = records - skipped;
  const first = unusable[0];
  if (usable === 0) {
    const place = first
      ? { file: file.name, line: first.line, ...(first.column === null ? {} : { column: first.column }) }
      : { file: file.name };
    throw new Refusal({
      code: "no-row-accepted",
      place,
      rejected: unusable.length,
      ...(first ? { first: first.code } : {}),
      ...(first?.nearest ? { nearest: first.nearest } : {}),
    });
  }
  if (unusable.length < fewestRecords || unusable.length <= study.stopAbove * meant) return;
  const counts = new Map<QuarantineCode, number>();
  for (const { code } of unusable) counts.set(code, (counts.get(code) ?? 0) + 1);
  const reasons = [...counts].sort(([, a], [, b]) => b - a).map(([code]) => code);
  throw new Refusal({
    code: "rows-unusable",
    place: { file: file.name, line: first!.line },
    rejected: unusable.length,
    rows: meant,
    limit: study.stopAbove,
    reasons: reasons.slice(0, mostReasons),
  });
};

/** Share of records that must have the same missing code as their number before it is asked about. */
const missingShare = 0.2;

/** Codes of missing that stand in the column of a number, inside its range, too often to be that number. */
const missingNumbers = (
  study: Study,
  { file, columns }: MappedDelivery,
  reading: DeliveryReading,
): readonly Problem[] =>
  study.covariates.flatMap((covariate, index): Problem[] => {
    const column = columns.covariates[index];
    if (!column || covariate.kind !== "numeric") return [];
    const meant = reading.records - reading.skipped;
    const place = { file: file.name, line: file.headerLine, column: column.name };
    return study.instrument.missing.flatMap(({ code }): Problem[] => {
      const records = reading.covariates[index]?.get(Number(code)) ?? 0;
      if (records < fewestShifted || records <= missingShare * meant) return [];
      return [{ code: "covariate-missing-code", place, answer: code, records }];
    });
  });

/** Refuses a delivery that was read but looks as if it had been understood wrongly. */
export const refuseMisread = (study: Study, mapped: MappedDelivery, reading: DeliveryReading): void => {
  refuseShifted(study, mapped, reading);
  refuseUnusable(study, mapped, reading);
};

/** What looks wrong with a delivery that can be used. */
export const suspicionsOf = (study: Study, mapped: MappedDelivery, reading: DeliveryReading): readonly Problem[] => {
  const { file, columns } = mapped;
  const items = placedItems(study.instrument);
  const place = (line: number, column?: string) => ({
    file: file.name,
    line,
    ...(column === undefined ? {} : { column }),
  });
  return [
    ...file.warnings(),
    ...reading.strayQuotes.map((line) => ({ code: "quote-stray" as const, place: place(line) })),
    ...reading.swallowed.map(({ line, lines }) => ({ code: "lines-swallowed" as const, place: place(line), lines })),
    ...reading.near.map(({ column, wanted, rows, line }) => ({
      code: "where-near" as const,
      place: place(line, column),
      wanted,
      rows,
    })),
    ...(reading.scientific.rows > 0
      ? [{ code: "leaders-scientific" as const, place: place(reading.scientific.line), rows: reading.scientific.rows }]
      : []),
    ...missingNumbers(study, mapped, reading),
    ...reading.fits.flatMap(({ position, n, correlation }) =>
      correlation !== null && n >= fewestComplete && correlation < lowestCorrelation
        ? [
            {
              code: "item-reversed" as const,
              place: place(file.headerLine, columns.items[position - 1]!.name),
              item: items[position - 1]!.item.id,
            },
          ]
        : [],
    ),
  ];
};
