import { frequencies, type ItemTables, polychoricMatrix } from "../../stats/measurement/polychoric-matrix.ts";
import { cronbachAlpha, minimumResiduals, omegaTotal } from "../../stats/measurement/reliability.ts";
import type { ScaleSums } from "./measurement.ts";

/** More answers than these are as good as continuous; R's psych::polychoric stops there too. */
export const mostCategories = 8;

/** Ordinal alpha and omega; null where they cannot be had, with the reason in `notes`. */
export interface OrdinalReliability {
  readonly alpha: number | null;
  readonly omega: number | null;
  readonly notes: readonly string[];
}

const none = (...notes: readonly string[]): OrdinalReliability => ({ alpha: null, omega: null, notes });

/** The tables of the items that vary, as psych::polychoric drops the others. */
function varying(tables: ItemTables): ItemTables {
  const { items, categories, counts } = tables;
  const kept = [...Array(items).keys()].filter((i) => frequencies(tables, i).filter((n) => n > 0).length > 1);
  const size = categories * categories;
  const own = new Float64Array(kept.length ** 2 * size);
  for (const [a, i] of kept.entries())
    for (const [b, j] of kept.entries())
      own.set(counts.subarray((i * items + j) * size, (i * items + j + 1) * size), (a * kept.length + b) * size);
  return { items: kept.length, categories, counts: own };
}

/**
 * Cronbach's alpha and McDonald's omega total of the polychoric correlations of a scale's items (Zumbo, Gadermann &
 * Zeisser 2007), with the defaults of R's psych::polychoric. What alpha is not for has no note of its own here.
 */
export function ordinalReliability({ kind, items, tables, agreement: { answers } }: ScaleSums): OrdinalReliability {
  if (kind !== "items" || items.length < 2) return none();
  if (answers > mostCategories)
    return none(`Ordinal alpha and omega are for at most ${mostCategories} answers; here there are ${answers}.`);
  if (tables === null) return none("Ordinal alpha and omega are for answers in whole numbers.");
  const kept = varying(tables);
  if (kept.items < 2) return none();
  const matrix = polychoricMatrix(kept);
  if (matrix === null) return none("Some items have too few answers in common for a polychoric correlation.");
  const { correlation, smoothed } = matrix;
  if (correlation.reduce((sum, value) => sum + value, 0) <= 0) return none();
  const factor = minimumResiduals(correlation, kept.items);
  return {
    alpha: cronbachAlpha(correlation, kept.items),
    omega: omegaTotal(correlation, factor),
    notes: [
      ...(smoothed ? ["The polychoric correlations were not positive definite together, and were made so."] : []),
      ...(factor.heywood ? ["One item takes up the whole factor; ordinal omega is at its bound."] : []),
    ],
  };
}
