import type { Instrument, Scale } from "../study/study.ts";

/**
 * The unit that a scale is reported in: its ends, the decimals that are shown, and `margin`, how far from what is known
 * of it the sum of a team's scores stays. With a whole answer's worth, any one answer may be any; with a quarter of the
 * range, any one respondent's score stays open by as much.
 */
export interface Unit {
  readonly low: number;
  readonly high: number;
  readonly margin: number;
  readonly decimals: number;
}

/** How much of a respondent's score one answer decides, at the most. */
const shareOfAnswer = (scale: Scale, scales: readonly Scale[]): number => {
  if (scale.kind === "items") return 1 / Math.max(1, scale.items.length);
  if (scale.kind === "difference") return 1;
  const parts = scales.filter((part) => scale.of.includes(part.id));
  return Math.max(...parts.map((part) => shareOfAnswer(part, scales))) / Math.max(1, parts.length);
};

/** The unit of a scale: 0–100 without decimals for an index, the raw range with one decimal otherwise. */
export const unitOf = (scale: Scale, instrument: Instrument): Unit => {
  const ends = scale.index ? { low: 0, high: 100 } : { low: scale.low, high: scale.high };
  const margin = (ends.high - ends.low) * Math.max(0.25, shareOfAnswer(scale, instrument.scales));
  return { ...ends, margin, decimals: scale.index ? 0 : 1 };
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
