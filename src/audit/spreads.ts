import type { Fact, Publication } from "./publication.ts";
import { isIn, type Row } from "./rows.ts";

/** A variance between leaders, with the mean of the same cell and the teams in it. */
export interface Spread {
  readonly variance: Fact;
  readonly mean: Fact;
  /** The release whose teams it is of. */
  readonly release: number;
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
    const own = releases.findIndex(({ facts }) => facts.includes(variance));
    const means = rows.filter((row) => isMeanOf(row, variance));
    const mean = means.find(({ release }) => release === own) ?? means[0];
    if (!mean) return [];
    const teams = new Map<string, number>();
    for (const atom of releases[mean.release]!.atoms)
      if (isIn(atom, variance) && (atom.rater ?? "employee") === variance.rater)
        teams.set(atom.leader, (teams.get(atom.leader) ?? 0) + (atom.n[scale] ?? 0));
    return [{ variance, mean: mean.fact, release: mean.release, teams }];
  });
