import { type Problem, Refusal } from "../../../src/errors.ts";
import type { AnswerReading } from "../../../src/formats/answers.ts";
import { isCoded, placedItems } from "../../../src/study/items.ts";
import type { Study } from "../../../src/study/study.ts";
import type { MappedDelivery, PlacedColumn } from "../columns.ts";
import type { DeliveryReading } from "../read-delivery.ts";

/** Share of answers, and their number, that must be one beyond the range before they are taken for a code of their own. */
const codeShare = 0.02;
const fewestOfCode = 5;
/** Where there are few answers: how many to one item, and which share of all. */
const fewestOfItem = 3;
const shareOfFew = 0.2;
/** Among so many answers somebody gives the highest, if it is one of them. */
const enoughAnswers = 100;
/** So many answers next to an end that nobody gives, among so many, are odd if the end is an answer. */
const fewestNext = 30;
const hundreds = 200;
/** A declared missing code next to the range is asked about only where so many of the answers have it. */
const commonShare = 0.05;

type End = "below" | "above";
const ends = ["below", "above"] as const;
const opposite = { below: "above", above: "below" } as const;
const stepOf = { below: -1, above: 1 } as const;

/** Counts at an end of an item's range. */
interface EndUse {
  /** Answers one beyond the end that mean nothing else, and those that the instrument calls missing. */
  readonly undeclared: number;
  readonly missing: number;
  /** Answers at the end, and one within it. */
  readonly last: number;
  readonly next: number;
}

interface RangeUse extends Readonly<Record<End, EndUse>> {
  readonly column: PlacedColumn;
  readonly low: number;
  readonly high: number;
  readonly coded: boolean;
  readonly answered: number;
  /** By answer of the range. */
  readonly own: readonly number[];
}

/** Records by the number in an item's cells, of the readings that are meant. */
const countsWhere = (
  reading: DeliveryReading,
  index: number,
  isMeant: (reading: AnswerReading) => boolean,
): ReadonlyMap<number, number> => {
  const reader = reading.readers.items[index];
  const counts = reading.counts[index];
  const found = new Map<number, number>();
  for (const [place, number] of (reader?.numbers ?? []).entries())
    if (number !== null && isMeant(reader!.readings[place]!))
      found.set(number, (found.get(number) ?? 0) + (counts?.[place] ?? 0));
  return found;
};

/** Neither the file nor the delivery says that it is missing: only the instrument does. */
const isMissingByInstrument = ({ missing, coercions }: AnswerReading): boolean =>
  missing !== null && !coercions.some((kind) => ["recoded", "missing-label", "missing-in-file"].includes(kind));

const usesOf = (
  study: Study,
  { columns }: MappedDelivery,
  reading: DeliveryReading,
): readonly (readonly [scale: string, RangeUse])[] =>
  placedItems(study.instrument).flatMap(({ scale }, index): (readonly [string, RangeUse])[] => {
    const column = columns.items[index];
    const all = countsWhere(reading, index, () => true);
    const answered = [...all.values()].reduce((sum, count) => sum + count, 0);
    if (!column || answered === 0) return [];
    const undeclared = countsWhere(reading, index, ({ fault }) => fault !== null);
    const named = reading.readers.items[index]?.rules.codes !== null;
    const missing = named ? new Map<number, number>() : countsWhere(reading, index, isMissingByInstrument);
    const { low, high } = scale;
    const endUse = (end: number, step: -1 | 1): EndUse => ({
      undeclared: undeclared.get(end + step) ?? 0,
      missing: missing.get(end + step) ?? 0,
      last: all.get(end) ?? 0,
      next: all.get(end - step) ?? 0,
    });
    const coded = isCoded(study.instrument, scale);
    const own = coded ? Array.from({ length: high - low + 1 }, (_, k) => all.get(low + k) ?? 0) : [];
    const use = { column, low, high, coded, answered, own, below: endUse(low, -1), above: endUse(high, 1) };
    return [[scale.id, use]];
  });

const sumOf = (items: readonly RangeUse[], of: (item: RangeUse) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

/** Enough answers one beyond an end to be a code of their own: many, or a large share of few. */
const isMany = (items: readonly RangeUse[], end: End): boolean => {
  const [outside, answered] = [sumOf(items, (item) => item[end].undeclared), sumOf(items, (item) => item.answered)];
  if (outside >= fewestOfCode && outside > codeShare * answered) return true;
  return items.some((item) => item[end].undeclared >= fewestOfItem) && outside > shareOfFew * answered;
};

const isInMost = (items: readonly RangeUse[], end: End): boolean =>
  2 * items.filter((item) => item[end].undeclared > codeShare * item.answered).length >= items.length;

/** The end beyond which answers go, where nobody gives the answer at the other one. */
const shiftOf = (items: readonly RangeUse[]): End | null =>
  ends.find(
    (end) =>
      sumOf(items, (item) => item[opposite[end]].last) === 0 &&
      isMany(items, end) &&
      (sumOf(items, (item) => item.answered) >= enoughAnswers || isInMost(items, end)),
  ) ?? null;

/** Whether the code one beyond an end is given to most items, in answers enough to tell. */
const isRegular = (items: readonly RangeUse[], end: End): boolean =>
  items.every(({ coded }) => coded) &&
  sumOf(items, (item) => item.answered) >= enoughAnswers &&
  isMany(items, end) &&
  isInMost(items, end);

/** Whether the code below the range is given as often as the rarest answer of the range itself. */
const isAnswer = (items: readonly RangeUse[]): boolean => {
  const own = items[0]!.own.map((_, k) => sumOf(items, (item) => item.own[k] ?? 0));
  return isRegular(items, "below") && sumOf(items, (item) => item.below.undeclared) >= Math.min(...own);
};

type Uses = ReturnType<typeof usesOf>;

const grouped = (uses: Uses, nameOf: (scale: string, use: RangeUse) => string): readonly (readonly RangeUse[])[] => {
  const groups = new Map<string, RangeUse[]>();
  for (const [scale, use] of uses) groups.set(nameOf(scale, use), [...(groups.get(nameOf(scale, use)) ?? []), use]);
  return [...groups.values()];
};
const byScale = (uses: Uses) => grouped(uses, (scale) => scale);
const byRange = (uses: Uses) => grouped(uses, (_, { low, high, coded }) => `${low} ${high} ${coded}`);

const undeclaredCode = ({ file }: MappedDelivery, items: readonly RangeUse[], end: End): Problem => {
  const { column, low, high } = items.find((item) => item[end].undeclared > 0)!;
  const place = { file: file.name, line: file.headerLine, column: column.name };
  const answer = String((end === "below" ? low : high) + stepOf[end]);
  return { code: "code-undeclared", place, answer, low, high, records: sumOf(items, (item) => item[end].undeclared) };
};

/** Refuses items that are coded one too low or high, and a code below the range that is as regular as its own. */
export const refuseShifted = (study: Study, mapped: MappedDelivery, reading: DeliveryReading): void => {
  const uses = usesOf(study, mapped, reading);
  const groups = [...byScale(uses), ...byRange(uses)];
  const shifted = groups.map((items) => ({ items, end: shiftOf(items) })).find(({ end }) => end !== null);
  if (shifted?.end) {
    const { column, low, high } = shifted.items.find((item) => item[shifted.end!].undeclared > 0)!;
    const place = { file: mapped.file.name, line: mapped.file.headerLine, column: column.name };
    throw new Refusal({ code: "answers-shifted", place, low, high, by: stepOf[shifted.end] });
  }
  const regular = groups.find(isAnswer);
  if (regular) throw new Refusal(undeclaredCode(mapped, regular, "below"));
};

/** Nobody gives the answer at one end, though many give the next, and the missing code beyond the other is common. */
const perhapsShifted = ({ file }: MappedDelivery, items: readonly RangeUse[], end: End): readonly Problem[] => {
  const answered = sumOf(items, (item) => item.answered);
  const missing = sumOf(items, (item) => item[end].missing);
  const [last, next] = [sumOf(items, (item) => item[opposite[end]].last), sumOf(items, (i) => i[opposite[end]].next)];
  const { column, low, high, coded } = items.find((item) => item[end].missing > 0) ?? items[0]!;
  const odd = last === 0 && next >= fewestNext && next > commonShare * answered;
  if (!coded || answered < hundreds || !odd || missing <= commonShare * answered) return [];
  const place = { file: file.name, line: file.headerLine, column: column.name };
  return [{ code: "answers-perhaps-shifted", place, low, high, by: stepOf[end], records: missing, answered }];
};

/** Codes that may mean something else than they were taken for. */
export const doubtfulCodes = (study: Study, mapped: MappedDelivery, reading: DeliveryReading): readonly Problem[] =>
  byRange(usesOf(study, mapped, reading)).flatMap((items) =>
    ends.flatMap((end) => [
      ...(isRegular(items, end) ? [undeclaredCode(mapped, items, end)] : []),
      ...perhapsShifted(mapped, items, end),
    ]),
  );
