import { alphaIfDropped, itemRestCorrelation } from "../../stats/measurement/reliability.ts";
import { itemMatrices } from "./item-matrices.ts";
import type { ItemMeasurement, ScaleSums } from "./measurement.ts";

type Pairs = NonNullable<ScaleSums["pairs"]>;
type Level = Pick<ItemMeasurement, "n" | "mean" | "sd">;
type Fit = Pick<ItemMeasurement, "itemRest" | "alphaIfDropped">;

const unanswered: Level = { n: 0, mean: null, sd: null };
const noFit: Fit = { itemRest: null, alphaIfDropped: null };

function levelOf(pairs: Pairs, order: number, i: number): Level {
  const at = i * order + i;
  const n = pairs.n[at]!;
  if (n === 0) return unanswered;
  const sum = pairs.sums[at]!;
  const squares = Math.max(0, pairs.squares[at]! - (sum * sum) / n);
  return { n, mean: pairs.shift + sum / n, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null };
}

function fitsOf(items: readonly string[], pairs: Pairs): ReadonlyMap<string, Fit> {
  const { items: varying, covariance, complete } = itemMatrices(items, pairs);
  if (!complete || varying.length < 2) return new Map();
  return new Map(
    varying.map((item, i) => [
      item,
      {
        itemRest: itemRestCorrelation(covariance, varying.length, i),
        alphaIfDropped: alphaIfDropped(covariance, varying.length, i),
      },
    ]),
  );
}

/** What became of each item of a scale of items, and how it goes with the others, as `item.stats` of R's psych::alpha. */
export function itemStatistics({ kind, items, pairs, missing }: ScaleSums): readonly ItemMeasurement[] {
  if (kind !== "items") return [];
  const fits = pairs === null ? new Map<string, Fit>() : fitsOf(items, pairs);
  return items.map((item, i) => ({
    item,
    ...(pairs === null ? unanswered : levelOf(pairs, items.length, i)),
    ...(fits.get(item) ?? noFit),
    missing: missing[i] ?? {},
  }));
}
