/** Holm's (1979) adjusted p-values of one family, in the order of the input; as R's `p.adjust(p, "holm")`. */
export function holm(p: readonly number[]): readonly number[] {
  const order = p.map((_, index) => index).sort((a, b) => p[a]! - p[b]!);
  const adjusted = new Array<number>(p.length);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (p.length - rank) * p[index]!));
    adjusted[index] = largest;
  }
  return adjusted;
}

/** |t| of one hypothesis and of its draws, which all hypotheses share. */
export interface JointStatistic {
  readonly observed: number;
  readonly drawn: Float64Array;
}

/**
 * Romano & Wolf's (2005) stepdown p-values, in the order of the input, by the algorithm of their 2016 paper: |t| is
 * compared with the largest |t*| of the hypotheses that are no further out, and p may not fall on the way down.
 * `every`: the draws are all there are, and p is a share of them; else (1 + beyond)/(1 + draws).
 */
export function romanoWolf(hypotheses: readonly JointStatistic[], every: boolean): readonly number[] {
  const order = hypotheses
    .map((_, index) => index)
    .sort((a, b) => Math.abs(hypotheses[b]!.observed) - Math.abs(hypotheses[a]!.observed));
  const draws = hypotheses[0]?.drawn.length ?? 0;
  const largest = new Float64Array(draws);
  const initial = new Array<number>(hypotheses.length);
  for (const index of order.toReversed()) {
    const { observed, drawn } = hypotheses[index]!;
    const within = Math.abs(observed) * (1 - 1e-9);
    let beyond = 0;
    for (let draw = 0; draw < draws; draw++) {
      const statistic = Math.abs(drawn[draw]!);
      if (!(statistic <= largest[draw]!))
        largest[draw] = Number.isNaN(statistic) ? Number.POSITIVE_INFINITY : statistic;
      if (largest[draw]! >= within) beyond++;
    }
    initial[index] = every ? beyond / draws : (1 + beyond) / (1 + draws);
  }
  let least = 0;
  const adjusted = new Array<number>(hypotheses.length);
  for (const index of order) {
    least = Math.max(least, initial[index]!);
    adjusted[index] = least;
  }
  return adjusted;
}

/**
 * Stepdown p-values that agree with the p beside them, in the order of the input: never below it, and in its order (a
 * hypothesis with the smaller p has no larger adjusted p). Raising a stepdown p keeps the family-wise error.
 */
export function notBelow(p: readonly number[], stepdown: readonly number[]): readonly number[] {
  const order = p.map((_, index) => index).sort((a, b) => p[a]! - p[b]! || stepdown[a]! - stepdown[b]!);
  const adjusted = new Array<number>(p.length);
  let least = 0;
  for (const index of order) {
    least = Math.max(least, p[index]!, stepdown[index]!);
    adjusted[index] = least;
  }
  return adjusted;
}
