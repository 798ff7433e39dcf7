import { noncentralityForPower, powerOfT } from "../distribution/noncentral-t.ts";

/** What decides the precision of one arm against another; variances are shares of the respondents' variance. */
export interface ClusterDesign {
  /** Clusters in each of the two arms, after losses. */
  readonly clusters: readonly [number, number];
  /** Mean respondents per cluster, and the coefficient of variation of their number. */
  readonly respondents: number;
  readonly sizeVariation: number;
  /** Share of the variance that lies between clusters. */
  readonly icc: number;
  /** Share of the variance between clusters, and between respondents of one cluster, that covariates explain. */
  readonly explainedBetween: number;
  readonly explainedWithin: number;
  /** Covariates that vary between clusters. */
  readonly covariates: number;
}

/** Standard error of the difference between two arms in standard deviations of a respondent, and its degrees of freedom. */
export interface Precision {
  readonly se: number;
  readonly df: number;
}

/**
 * Precision of the difference between two arms of a two-level cluster-randomised trial (Bloom 2005; Hemming et al.
 * 2011), respondents weighted alike, so that clusters of unequal size cost (1 + cv²) between clusters (Eldridge, Ashby
 * & Kerry 2006). Covariates differ between the arms by chance: with k normal ones and G clusters this costs in
 * expectation a share of k/(G − k − 3) of the variance, and makes the clusters' weights in the difference uneven by
 * k/G in squared relative size, so that of the degrees of freedom (Welch–Satterthwaite, less one per covariate) a share
 * 1/(1 + 4k/G) is left to first order. Null with fewer than two clusters in an arm or too few for the covariates.
 */
export function clusterPrecision(design: ClusterDesign): Precision | null {
  const { clusters, respondents, sizeVariation, icc, explainedBetween, explainedWithin, covariates: k } = design;
  const [a, b] = clusters;
  const spare = a + b - k - 3;
  if (Math.min(a, b) < 2 || !(respondents > 0) || (k > 0 && spare <= 0)) return null;
  const between = icc * (1 - explainedBetween) * (1 + sizeVariation * sizeVariation);
  const within = ((1 - icc) * (1 - explainedWithin)) / respondents;
  const reciprocals = 1 / a + 1 / b;
  const welch = (reciprocals * reciprocals) / (1 / (a * a * (a - 1)) + 1 / (b * b * (b - 1)));
  const chance = k === 0 ? 1 : 1 + k / spare;
  const df = (welch - k) / (1 + (4 * k) / (a + b));
  return df > 0 ? { se: Math.sqrt((between + within) * reciprocals * chance), df } : null;
}

/**
 * Probability that the two-sided t test at `level` (0.05 say) finds a true difference of `effect`, in the unit of
 * `se`.
 */
export const powerFor = (effect: number, { se, df }: Precision, level: number): number =>
  powerOfT(Math.abs(effect) / se, df, level);

/**
 * Smallest true difference, in the unit of `se`, that the two-sided t test at `level` finds with `power` (`level` <
 * `power` < 1).
 */
export const detectableEffect = (power: number, { se, df }: Precision, level: number): number =>
  noncentralityForPower(power, df, level) * se;
