import { type Problem, type QuarantineCode, Refusal } from "../../src/errors.ts";
import { strangeCodes } from "../../src/formats/file-labels.ts";
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
/** Where there are few answers: how many to one item, and which share of all. */
const fewestOfItem = 3;
const shareOfFew = 0.2;
/** Fractions are rare where they are at most this share of the answers. */
const rareShare = 0.1;
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
  /** The same from the other end. */
  readonly above: number;
  readonly bottom: number;
}

const total = (items: readonly RangeUse[], of: "answered" | "below" | "top" | "above" | "bottom"): number =>
  items.reduce((sum, item) => sum + item[of], 0);

/** Enough answers outside a range to be a code of their own: many, or a large share of few. */
const isMany = (items: readonly RangeUse[], of: "below" | "above"): boolean => {
  const [outside, answered] = [total(items, of), total(items, "answered")];
  if (outside >= fewestShifted && outside > shiftedShare * answered) return true;
  return items.some((item) => item[of] >= fewestOfItem) && outside > shareOfFew * answered;
};

const shiftOf = (items: readonly RangeUse[]): -1 | 1 | null => {
  const answered = total(items, "answered");
  const isSpread = (of: "below" | "above"): boolean =>
    answered >= enoughAnswers ||
    2 * items.filter((item) => item[of] > shiftedShare * item.answered).length >= items.length;
  if (total(items, "top") === 0 && isMany(items, "below") && isSpread("below")) return -1;
  if (total(items, "bottom") === 0 && isMany(items, "above") && isSpread("above")) return 1;
  return null;
};

/** Items of one scale or range that are coded one too low or high: answers beyond one end, and none at the other. */
const refuseShifted = (study: Study, { file, columns }: MappedDelivery, reading: DeliveryReading): void => {
  const scales = new Map<string, RangeUse[]>();
  for (const [index, { scale }] of placedItems(study.instrument).entries()) {
    const column = columns.items[index];
    const answered = recordsWhere(reading, index, () => true);
    if (!column || answered === 0) continue;
    const { low, high } = scale;
    const below = recordsWhere(reading, index, (number, fault) => number === low - 1 && fault !== null);
    const top = recordsWhere(reading, index, (number) => number === high);
    const above = recordsWhere(reading, index, (number, fault) => number === high + 1 && fault !== null);
    const bottom = recordsWhere(reading, index, (number) => number === low);
    const use = { column, low, high, answered, below, top, above, bottom };
    const range = `${low} to ${high}`;
    scales.set(`scale ${scale.id}`, [...(scales.get(`scale ${scale.id}`) ?? []), use]);
    scales.set(range, [...(scales.get(range) ?? []), use]);
  }
  const found = [...scales.values()].map((items) => ({ items, by: shiftOf(items) })).find(({ by }) => by !== null);
  if (found?.by == null) return;
  const { by } = found;
  const shifted = found.items.find(({ below, above }) => (by < 0 ? below : above) > 0) as RangeUse;
  const place = { file: file.name, line: file.headerLine, column: shifted.column.name };
  throw new Refusal({ code: "answers-shifted", place, low: shifted.low, high: shifted.high, by });
};

const mostReasons = 3;

const refuseUnusable = (study: Study, { file }: MappedDelivery, reading: DeliveryReading): void => {
  const { unusable, records, skipped, erased, usable } = reading;
  const meant = records - skipped;
  const first = unusable[0];
  if (usable === 0 && unusable.length === 0 && erased > 0) return;
  if (usable === 0 && unusable.length === 0)
    throw new Refusal({ code: "where-none", place: { file: file.name, line: file.firstLine }, skipped });
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

/** Fractions among answers that are otherwise whole: two ticks, such as `4,5`, may have become one number. */
const fewFractions = (
  study: Study,
  { file, columns, delivery }: MappedDelivery,
  reading: DeliveryReading,
): readonly Problem[] =>
  placedItems(study.instrument).flatMap((_, index): Problem[] => {
    const column = columns.items[index];
    if (!column || delivery.rater === "indicator") return [];
    const answered = recordsWhere(reading, index, (_, fault) => fault === null);
    const fractions = recordsWhere(reading, index, (number, fault) => fault === null && !Number.isInteger(number));
    if (fractions === 0 || fractions > rareShare * answered) return [];
    return [
      {
        code: "fractions-few",
        place: { file: file.name, line: file.headerLine, column: column.name },
        records: fractions,
      },
    ];
  });

/** Codes that the file words as something else than an answer. */
const strangeLabels = ({ file, columns }: MappedDelivery, reading: DeliveryReading): readonly Problem[] =>
  reading.readers.items.flatMap((reader, index) => {
    const codes = reader === null || reader.rules.codes !== null ? [] : strangeCodes(reader.rules);
    const place = { file: file.name, line: file.headerLine, column: columns.items[index]?.name ?? "" };
    return codes.length > 0 ? [{ code: "labels-strange" as const, place, codes }] : [];
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
    ...(reading.erased > 0 ? [{ code: "rows-erased" as const, place: { file: file.name }, rows: reading.erased }] : []),
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
    ...strangeLabels(mapped, reading),
    ...fewFractions(study, mapped, reading),
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
