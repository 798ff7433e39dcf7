import type { Instrument, Scale } from "../study/study.ts";

/**
 * The unit that a scale is reported in: its ends, the decimals that are shown, and `step`, how far one respondent's
 * score moves when one of that respondent's answers moves by one category.
 */
export interface Unit {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly decimals: number;
}

const rawStep = (scale: Scale, scales: readonly Scale[]): number => {
  if (scale.kind === "items") return 1 / Math.max(1, scale.items.length);
  if (scale.kind === "difference") return 0;
  const parts = scales.filter((part) => scale.of.includes(part.id));
  return Math.max(...parts.map((part) => rawStep(part, scales))) / Math.max(1, parts.length);
};

/** The unit of a scale: 0–100 without decimals for an index, the raw range with one decimal otherwise. */
export const unitOf = (scale: Scale, instrument: Instrument): Unit => {
  const step = rawStep(scale, instrument.scales);
  return scale.index
    ? { low: 0, high: 100, step: (step * 100) / (scale.high - scale.low), decimals: 0 }
    : { low: scale.low, high: scale.high, step, decimals: 1 };
};

/** `value` to that many decimals; the rounded value is what is published, drawn and compared. */
export const roundTo = (value: number, decimals: number): number => {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
};

/**
 * Decimals of an end of an interval: one more where it would be rounded to zero, as the reader looks for its sign, and
 * another where that is zero too (at most three more). The same for a value and for the value so rounded.
 */
export const endDecimals = (value: number, decimals: number): number => {
  const enough = [0, 1, 2, 3].find((extra) => Math.abs(value) * 10 ** (decimals + extra) > 0.5 + 1e-9);
  return enough === undefined ? decimals : decimals + enough;
};
