import type { EffectNumbers, Interval } from "./effect.ts";

/** The interval that words and figures use: the one that belongs to the adjusted p, where p is adjusted. */
export const statedInterval = ({ adjusted, interval }: Pick<EffectNumbers, "adjusted" | "interval">): Interval | null =>
  adjusted ?? interval;

export const omitsZero = ({ low, high }: Interval): boolean => low > 0 || high < 0;

/**
 * Whether an effect is clearly not zero, in every headline, figure and table alike: its stated interval omits zero.
 * Where the stated interval is not the one of the test (p comes from draws), p decides, after correction if there is one.
 */
export const isClear = (numbers: EffectNumbers, confidence: number): boolean => {
  const { adjusted, interval, pAdjusted, df } = numbers;
  const p = pAdjusted ?? numbers.p;
  if (adjusted) return omitsZero(adjusted);
  if (interval && (df !== null || p === null) && pAdjusted === null) return omitsZero(interval);
  return p !== null && p < 1 - confidence - 1e-12;
};
