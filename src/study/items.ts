import type { AnswerLabel, Instrument, Item, Scale } from "./study.ts";

export type ItemScale = Extract<Scale, { kind: "items" }>;

/** An item in its place among all items of the instrument, which is its place in every stored list of answers. */
export interface PlacedItem {
  readonly item: Item;
  readonly scale: ItemScale;
  /** From 1, as lists in the store count. */
  readonly position: number;
}

export const itemScales = (instrument: Instrument): readonly ItemScale[] =>
  instrument.scales.filter((scale) => scale.kind === "items");

/** Reported units from the lowest to the highest score: of an index 100, of a difference of two indices 200. */
export const reportedSpan = (scale: Scale): number => {
  if (!scale.index) return scale.high - scale.low;
  return scale.kind === "difference" ? 200 : 100;
};

/** All items of the instrument, in the order in which scales and items stand in it. */
export const placedItems = (instrument: Instrument): readonly PlacedItem[] =>
  itemScales(instrument)
    .flatMap((scale) => scale.items.map((item) => ({ item, scale })))
    .map((placed, index) => ({ ...placed, position: index + 1 }));

/** Labels of a scale's answers: its own, else those of the instrument that lie in its range. */
export const answersOf = (instrument: Instrument, scale: ItemScale): readonly AnswerLabel[] =>
  scale.answers ?? instrument.answers.filter(({ code }) => Number(code) >= scale.low && Number(code) <= scale.high);

/** Whether answers are whole codes from one end of the range to the other, so that a fraction is none of them. */
export const isCoded = (instrument: Instrument, scale: ItemScale): boolean => {
  const codes = answersOf(instrument, scale).map(({ code }) => Number(code));
  return codes.every(Number.isInteger) && codes.includes(scale.low) && codes.includes(scale.high);
};
