import type { Fact, Publication } from "./publication.ts";
import type { Share } from "./ranges.ts";
import { isIn, type Row } from "./rows.ts";

/** A variance between leaders, with the mean of the same cell and the teams in it. */
export interface Spread {
  readonly variance: Fact;
  readonly mean: Fact;
  /** Leader → respondents. */
  readonly teams: ReadonlyMap<string, number>;
}

const isMeanOf = ({ fact }: Row, variance: Fact): boolean =>
  fact.statistic === "mean" &&
  fact.value !== null &&
  (["scale", "rater", "wave", "grouping", "cell"] as const).every((key) => fact[key] === variance[key]);

/** The variances of a scale whose cell has a mean beside it. */
export const spreadsOf = (
  { releases }: Publication,
  rows: readonly Row[],
  variances: readonly Fact[],
  scale: string,
): readonly Spread[] =>
  variances.flatMap((variance) => {
    if (variance.statistic !== "variance" || variance.scale !== scale || variance.value === null) return [];
    const mean = rows.find((row) => isMeanOf(row, variance));
    if (!mean) return [];
    const teams = new Map<string, number>();
    for (const atom of releases[mean.release]!.atoms)
      if (isIn(atom, variance)) teams.set(atom.leader, (teams.get(atom.leader) ?? 0) + (atom.n[scale] ?? 0));
    return [{ variance, mean: mean.fact, teams }];
  });

/**
 * The most by which one leader's mean can differ from the mean of the cell. The variance is Σ rᵢ² / (L − 1) with
 * rᵢ = nᵢ (mᵢ − m) L / n, which sum to zero, so that by Samuelson's inequality no rᵢ² exceeds variance · (L − 1)² / L.
 */
const deviation = (variance: number, teams: readonly number[], own: number): number => {
  const total = teams.reduce((sum, each) => sum + each, 0);
  const count = teams.filter((n) => n > 0).length;
  return (Math.sqrt(variance / count) * (count - 1) * total) / (count * own);
};

/** Where a spread leaves a leader of its cell, as a share of the range. */
export const shareBySpread = (
  { variance, mean, teams }: Spread,
  leader: string,
  range: { readonly low: number; readonly high: number },
): Share => {
  const width = range.high - range.low;
  const most = deviation(variance.value! + variance.step / 2, [...teams.values()], teams.get(leader)!);
  const half = (most + mean.step / 2) / width;
  const centre = (mean.value! - range.low) / width;
  return { low: centre - half, high: centre + half };
};
