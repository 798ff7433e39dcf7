import { type Problem, type QuarantineCode, Refusal } from "../../../src/errors.ts";
import { strangeCodes } from "../../../src/formats/file-labels.ts";
import { placedItems } from "../../../src/study/items.ts";
import type { Study } from "../../../src/study/study.ts";
import type { MappedDelivery } from "../columns.ts";
import type { DeliveryReading } from "../read-delivery.ts";
import type { ItemFit } from "./item-sums.ts";
import { doubtfulCodes, refuseShifted } from "./shifted.ts";
import { unfinishedRows } from "./unfinished.ts";

/** Fewer records than this say too little to stop a run. */
const fewestRecords = 20;
/** An item whose correlation with the others of its scale is below this, in so many complete records, is asked about. */
const lowestCorrelation = -0.2;
const fewestComplete = 30;
/** Two items alone must run against each other more clearly. */
const lowestOfTwo = -0.4;
/** Fractions are rare where they are at most this share of the answers. */
const rareShare = 0.1;

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

/** Records, and the share of them, that must have the same missing code as their number before it is asked about. */
const fewestMissing = 5;
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
      if (records < fewestMissing || records <= missingShare * meant) return [];
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

/** Items that run against the others of their scale; of two that run against each other, the second. */
const reversedItems = (
  study: Study,
  { file, columns }: MappedDelivery,
  { fits }: DeliveryReading,
): readonly Problem[] => {
  const items = placedItems(study.instrument);
  const isAgainst = ({ n, others, correlation }: ItemFit, index: number): boolean => {
    if (correlation === null || n < fewestComplete) return false;
    if (others > 1) return correlation < lowestCorrelation;
    const scaleOf = (fit: ItemFit | undefined) => fit && items[fit.position - 1]!.scale.id;
    return correlation < lowestOfTwo && scaleOf(fits[index - 1]) === scaleOf(fits[index]);
  };
  return fits.filter(isAgainst).map(({ position }) => ({
    code: "item-reversed",
    place: { file: file.name, line: file.headerLine, column: columns.items[position - 1]!.name },
    item: items[position - 1]!.item.id,
  }));
};

/** Share of the records in which the same items must stand empty before it is asked whether they were put at all. */
const blankShare = 0.2;

/** Items that many records leave empty together, as a form does that does not ask everybody everything. */
const blankTogether = (
  { file, columns }: MappedDelivery,
  { blankTogether: found, records, skipped }: DeliveryReading,
): readonly Problem[] => {
  if (found === null || found.rows < fewestRecords || found.rows < blankShare * (records - skipped)) return [];
  const names = found.items.map((item) => columns.items[item]!.name);
  const place = { file: file.name, line: found.line, column: names[0]! };
  return [{ code: "items-blank-together", place, columns: names, rows: found.rows, of: records - skipped }];
};

/** Refuses a delivery that was read but looks as if it had been understood wrongly. */
export const refuseMisread = (study: Study, mapped: MappedDelivery, reading: DeliveryReading): void => {
  refuseShifted(study, mapped, reading);
  refuseUnusable(study, mapped, reading);
};

/** What looks wrong with a delivery that can be used. */
export const suspicionsOf = (study: Study, mapped: MappedDelivery, reading: DeliveryReading): readonly Problem[] => {
  const { file } = mapped;
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
    ...unfinishedRows(mapped, reading.readers.marks),
    ...doubtfulCodes(study, mapped, reading),
    ...missingNumbers(study, mapped, reading),
    ...strangeLabels(mapped, reading),
    ...fewFractions(study, mapped, reading),
    ...reversedItems(study, mapped, reading),
    ...blankTogether(mapped, reading),
  ];
};
