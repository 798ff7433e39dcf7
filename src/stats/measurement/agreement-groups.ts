import { meanOf, standardDeviation } from "./correlation.ts";

/** How a rating of oneself stands to others' rating. */
export type AgreementGroup = "over" | "under" | "agree-high" | "agree-low";

/**
 * Agreement group of each pair: both sides standardised over the pairs (n − 1), *over* or *under* where the own score
 * lies more than half a standard deviation above or below the others', else in agreement, high or low by whether the
 * others' score is above its mean (Fleenor, McCauley & Brutus 1996, as Shanock et al. 2010 describe them). Standardising
 * takes out the mean gap: the groups say who over-rates more than most, not who over-rates. Null where a side is constant.
 */
export function agreementGroups(own: Float64Array, others: Float64Array): readonly AgreementGroup[] | null {
  const sides = [own, others].map((values) => ({ mean: meanOf(values), sd: standardDeviation(values) }));
  const [x, y] = [sides[0]!, sides[1]!];
  if (own.length < 2 || x.sd === 0 || y.sd === 0) return null;
  return Array.from(own, (value, i) => {
    const level = (others[i]! - y.mean) / y.sd;
    const difference = (value - x.mean) / x.sd - level;
    if (difference > 0.5) return "over";
    if (difference < -0.5) return "under";
    return level > 0 ? "agree-high" : "agree-low";
  });
}
