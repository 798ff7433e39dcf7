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
  readonly positions: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly reversed: readonly boolean[];
  n: number;
  total: number;
  totals: number;
  readonly sum: Float64Array;
  readonly square: Float64Array;
  readonly withTotal: Float64Array;
}

const scaleSums = (instrument: Instrument, read: readonly boolean[]): readonly ScaleSums[] => {
  const scales = new Map<string, ScaleSums & { positions: number[]; reversed: boolean[] }>();
  for (const { item, scale, position } of placedItems(instrument)) {
    if (!read[position - 1]) continue;
    const size = scale.items.length;
    const found = scales.get(scale.id) ?? {
      positions: [],
      low: scale.low,
      high: scale.high,
      reversed: [],
      n: 0,
      total: 0,
      totals: 0,
      sum: new Float64Array(size),
      square: new Float64Array(size),
      withTotal: new Float64Array(size),
    };
    found.positions.push(position);
    found.reversed.push(item.reversed);
    scales.set(scale.id, found);
  }
  return [...scales.values()].filter(({ positions }) => positions.length > 1);
};

const addRecord = (scale: ScaleSums, answers: Float64Array, values: Float64Array): void => {
  const { positions, low, high, reversed } = scale;
  const middle = (low + high) / 2;
  let total = 0;
  for (let k = 0; k < positions.length; k += 1) {
    const answer = answers[positions[k]! - 1]!;
    if (!(answer >= low && answer <= high)) return;
    const value = reversed[k] ? middle - answer : answer - middle;
    values[k] = value;
    total += value;
  }
  scale.n += 1;
  scale.total += total;
  scale.totals += total * total;
  for (let k = 0; k < positions.length; k += 1) {
    const value = values[k]!;
    scale.sum[k]! += value;
    scale.square[k]! += value * value;
    scale.withTotal[k]! += value * total;
  }
};

const correlationOf = (scale: ScaleSums, k: number): number | null => {
  const { n, total, totals } = scale;
  const [sum, square, product] = [scale.sum[k]!, scale.square[k]!, scale.withTotal[k]!];
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
        scale.positions.map((position, k) => ({
          position,
          n: scale.n,
          others: scale.positions.length - 1,
          correlation: correlationOf(scale, k),
        })),
      ),
  };
};
