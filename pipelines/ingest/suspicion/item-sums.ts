import { placedItems } from "../../../src/study/items.ts";
import type { Instrument } from "../../../src/study/study.ts";

/** Of an item: how many records answer all read items of its scale, and its correlation with the sum of the others. */
export interface ItemFit {
  readonly position: number;
  readonly n: number;
  /** How many others of the scale are read. */
  readonly others: number;
  /** Null where nothing varies. */
  readonly correlation: number | null;
}

/** Adds up, record by record, how each item goes with the others of its scale. */
export interface ItemSums {
  /** Answers by item, or marks far below the range. */
  readonly add: (answers: Float64Array) => void;
  readonly fits: () => readonly ItemFit[];
}

interface ScaleSums {
  /** By read item: its place among the answers, and -1 where it is reversed. */
  readonly places: Int32Array;
  readonly signs: Float64Array;
  readonly low: number;
  readonly high: number;
  n: number;
  total: number;
  totals: number;
  /** By read item, three in a row: its sum, the sum of its squares, and that of its products with the total. */
  readonly sums: Float64Array;
}

const scaleSums = (instrument: Instrument, read: readonly boolean[]): readonly ScaleSums[] => {
  const placed = placedItems(instrument).filter(({ position }) => read[position - 1]);
  return instrument.scales
    .map((scale) => ({ ...scale, items: placed.filter((item) => item.scale.id === scale.id) }))
    .filter(({ items }) => items.length > 1)
    .map(({ low, high, items }) => ({
      places: Int32Array.from(items, ({ position }) => position - 1),
      signs: Float64Array.from(items, ({ item }) => (item.reversed ? -1 : 1)),
      low,
      high,
      n: 0,
      total: 0,
      totals: 0,
      sums: new Float64Array(3 * items.length),
    }));
};

const addRecord = (scale: ScaleSums, answers: Float64Array, values: Float64Array): void => {
  const { places, signs, low, high, sums } = scale;
  const middle = (low + high) / 2;
  let total = 0;
  for (let k = 0; k < places.length; k += 1) {
    const answer = answers[places[k]!]!;
    if (!(answer >= low && answer <= high)) return;
    const value = signs[k]! * (answer - middle);
    values[k] = value;
    total += value;
  }
  scale.n += 1;
  scale.total += total;
  scale.totals += total * total;
  for (let k = 0, at = 0; k < places.length; k += 1, at += 3) {
    const value = values[k]!;
    sums[at]! += value;
    sums[at + 1]! += value * value;
    sums[at + 2]! += value * total;
  }
};

const correlationOf = (scale: ScaleSums, k: number): number | null => {
  const { n, total, totals } = scale;
  const [sum, square, product] = [scale.sums[3 * k]!, scale.sums[3 * k + 1]!, scale.sums[3 * k + 2]!];
  const rest = total - sum;
  const variance = square - (sum * sum) / n;
  const ofRest = totals - 2 * product + square - (rest * rest) / n;
  if (!(variance > 1e-9 * square && ofRest > 1e-9 * totals)) return null;
  return (product - square - (sum * rest) / n) / Math.sqrt(variance * ofRest);
};

/** @param read by item of the instrument, whether it is read */
export const itemSums = (instrument: Instrument, read: readonly boolean[]): ItemSums => {
  const scales = scaleSums(instrument, read);
  const values = new Float64Array(read.length);
  return {
    add: (answers) => {
      for (const scale of scales) addRecord(scale, answers, values);
    },
    fits: () =>
      scales.flatMap((scale) =>
        Array.from(scale.places, (place, k) => ({
          position: place + 1,
          n: scale.n,
          others: scale.places.length - 1,
          correlation: correlationOf(scale, k),
        })),
      ),
  };
};
