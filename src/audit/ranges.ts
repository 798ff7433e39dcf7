import { solve } from "yalps";

/** low ≤ Σ coefficient · share ≤ high over shares between 0 and 1. */
export interface Bounded {
  readonly coefficients: ReadonlyMap<number, number>;
  readonly low: number;
  readonly high: number;
}

/** The least and the most that a share of a scale's range can be. */
export interface Share {
  readonly low: number;
  readonly high: number;
}

type Named = readonly (readonly [string, number])[];

const objective = "objective";

/**
 * A linear program over shares. Every solution is a state of affairs that the rows allow: what it says of the other
 * shares is kept, so that most questions are answered without another program.
 */
export const reaches = (count: number, rows: readonly Bounded[]) => {
  const seen: { low: number; high: number }[] = Array.from({ length: count }, () => ({ low: 1, high: 0 }));
  const columns: [string, number][][] = Array.from({ length: count }, (_, k) => [[`most ${k}`, 1]]);
  rows.forEach(({ coefficients }, index) => {
    for (const [column, each] of coefficients) columns[column]!.push([`row ${index}`, each]);
  });
  const limits = [
    ...rows.map(({ low, high }, index) => [`row ${index}`, { min: low, max: high }] as const),
    ...columns.map((_, k) => [`most ${k}`, { max: 1 }] as const),
  ];
  /** The end of a sum of shares, or null where the rows contradict each other. */
  const end = (direction: "minimize" | "maximize", weights: ReadonlyMap<number, number>): number | null => {
    const variables = columns.map((own, k): readonly [string, Named] => {
      const weight = weights.get(k);
      return [String(k), weight === undefined ? own : [...own, [objective, weight]]];
    });
    const {
      status,
      result,
      variables: shares,
    } = solve({ direction, objective, constraints: limits, variables }, { includeZeroVariables: true });
    if (status !== "optimal") return null;
    for (const [name, share] of shares) {
      const known = seen[Number(name)]!;
      known.low = Math.min(known.low, share);
      known.high = Math.max(known.high, share);
    }
    return result;
  };
  const ends = (weights: ReadonlyMap<number, number>): Share | null => {
    const low = end("minimize", weights);
    const high = low === null ? null : end("maximize", weights);
    return low === null || high === null ? null : { low, high };
  };
  /** How far one share reaches for certain: no further look where what was seen is wide enough for `isEnough`. */
  const ofOne = (column: number, isEnough: (share: Share) => boolean): Share | null => {
    const known = seen[column]!;
    return known.low <= known.high && isEnough(known) ? known : ends(new Map([[column, 1]]));
  };
  /** `ofSum`: how far a weighted sum of shares reaches. */
  return { ofOne, ofSum: ends };
};

/** Where a share can lie by each row alone, everything else in the row at its ends. */
export const singleRows = (count: number, rows: readonly Bounded[]): ((column: number) => Share) => {
  const shares: { low: number; high: number }[] = Array.from({ length: count }, () => ({ low: 0, high: 1 }));
  for (const { coefficients, low, high } of rows) {
    let [least, most] = [0, 0];
    for (const weight of coefficients.values()) {
      least += Math.min(0, weight);
      most += Math.max(0, weight);
    }
    for (const [column, weight] of coefficients) {
      const ends = [
        (low - most + Math.max(0, weight)) / weight,
        (high - least + Math.min(0, weight)) / weight,
      ] as const;
      const share = shares[column]!;
      share.low = Math.max(share.low, Math.min(...ends));
      share.high = Math.min(share.high, Math.max(...ends));
    }
  }
  return (column) => shares[column]!;
};
