import { noncentralityForPower, powerOfT } from "./noncentral-t.ts";

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
 * & Kerry 2006). Degrees of freedom as Welch–Satterthwaite, less one per covariate: clusters − 2 − covariates where
 * the arms are of one size. Null with fewer than two clusters in an arm or no degree of freedom left.
 */
export function clusterPrecision(design: ClusterDesign): Precision | null {
  const { clusters, respondents, sizeVariation, icc, explainedBetween, explainedWithin, covariates } = design;
  if (Math.min(...clusters) < 2 || !(respondents > 0)) return null;
  const between = icc * (1 - explainedBetween) * (1 + sizeVariation * sizeVariation);
  const within = ((1 - icc) * (1 - explainedWithin)) / respondents;
  const [a, b] = clusters;
  const reciprocals = 1 / a + 1 / b;
  const df = (reciprocals * reciprocals) / (1 / (a * a * (a - 1)) + 1 / (b * b * (b - 1))) - covariates;
  return df > 0 ? { se: Math.sqrt((between + within) * reciprocals), df } : null;
}

/** Probability that the two-sided test at `level` finds a true difference of `effect`, in the unit of `se`. */
export const powerFor = (effect: number, { se, df }: Precision, level: number): number =>
  powerOfT(Math.abs(effect) / se, df, level);

/** Smallest true difference that the two-sided test at `level` finds with `power`. */
export const detectableEffect = (power: number, { se, df }: Precision, level: number): number =>
  noncentralityForPower(power, df, level) * se;
