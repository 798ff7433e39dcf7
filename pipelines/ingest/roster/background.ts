import type { Place } from "../../../src/errors.ts";
import type { DecimalMark } from "../../../src/formats/numbers.ts";
import type { Covariate } from "../../../src/study/study.ts";
import { certainMark, usualMark } from "../delivery-readers.ts";
import { decimalOf } from "../number-marks.ts";
import { covariateReader } from "../readers.ts";

/** A roster's column of background as it was read: texts, and the physical line of each. */
export interface BackgroundColumn {
  readonly texts: readonly string[];
  readonly lines: readonly number[];
  readonly place: Place;
}

/** Values of a covariate as a delivery's are read: NaN where a text says none. */
export const backgroundValues = (
  covariate: Covariate,
  { texts, lines, place }: BackgroundColumn,
  { separator, given }: { readonly separator: string; readonly given: DecimalMark | null },
): readonly number[] => {
  const read = (decimal: DecimalMark | null) => {
    const reader = covariateReader(covariate, new Set(), { decimal, likely: usualMark(separator) });
    for (const text of texts) reader.learn(text);
    return reader;
  };
  const first = read(given);
  if (given !== null) return first.values;
  const mark = decimalOf(first.marks(), (index) => lines[index] ?? 0, place, certainMark(separator));
  return mark === null ? first.values : read(mark).values;
};
