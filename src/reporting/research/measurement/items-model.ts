import type { Cell } from "../../../disclosure/published.ts";
import type { VarianceTest } from "../../../estimation/measurement/measurement.ts";
import type { Text } from "../../../study/study.ts";

/** One item as one rater answered it at one wave, in the unit of its answers, reversed items turned. */
export interface ItemRow {
  readonly item: string;
  readonly n: number;
  readonly missing: Readonly<Record<string, number>>;
  readonly level: Cell<{ readonly mean: number | null; readonly sd: number | null }>;
  readonly fit: Cell<{ readonly itemRest: number | null; readonly alphaIfDropped: number | null }>;
}

/** What a scale's quality rests on, beyond the numbers of the first table. */
export interface QualityDetails {
  readonly alpha: { readonly low: number; readonly high: number } | null;
  readonly icc: VarianceTest | null;
  readonly rwgSlightlySkewed: number | null;
}

/** How an item of a scale is put to employees, or to whoever else answers it. */
export interface ItemWording {
  readonly scale: string;
  readonly item: string;
  readonly reversed: boolean;
  readonly wording: Text | null;
}
