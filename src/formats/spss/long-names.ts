import type { FileRecord } from "../../errors.ts";
import type { CodePage } from "./code-page.ts";
import type { Extension } from "./dictionary.ts";
import { damaged } from "./faults.ts";
import { slotsOf, type VariableRecord } from "./variable-records.ts";

/** A variable as it stands in a case: of one record, or of several that hold one very long string. */
export interface Variable {
  readonly record: VariableRecord;
  /** Place of its first 8 bytes in a case. */
  readonly slot: number;
  readonly slots: number;
  readonly width: number;
  readonly shortName: string;
}

/** `SHORT=value` pairs of an extension record, of which there are at most as many as variables. */
export const namedValues = (
  bytes: Buffer | undefined,
  variables: number,
  page: CodePage,
): ReadonlyMap<string, string> => {
  const pairs = bytes ? page.decode(bytes).split("\t", variables) : [];
  return new Map(
    pairs.flatMap((pair): [string, string][] => {
      const at = pair.indexOf("=");
      return at > 0 ? [[pair.slice(0, at).trimEnd(), pair.slice(at + 1)]] : [];
    }),
  );
};

/** A part of a very long string holds 255 bytes, but counts for 252. */
const partWidth = 255;
const partShare = 252;
/** Such a width has five digits. */
const isWidth = (text: string): boolean => /^\d{1,5}\0*$/.test(text);

const isFilled = (pair: string): boolean => /[^\0 ]/.test(pair);

/** The widths of very long strings by their short names, and the record that has them. */
export interface VeryLongWidths {
  readonly byName: ReadonlyMap<string, string>;
  readonly record: FileRecord;
}

export const veryLongWidths = (
  file: string,
  extension: Extension | undefined,
  variables: number,
  page: CodePage,
): VeryLongWidths => {
  const { bytes, record } = extension ?? { bytes: undefined, record: { kind: "very-long-strings" } as const };
  const byName = namedValues(bytes, variables, page);
  const pairs = bytes ? page.decode(bytes).split("\t", variables).filter(isFilled) : [];
  if (pairs.length !== byName.size || ![...byName.values()].every(isWidth)) throw damaged(file, "spss-count", record);
  return { byName, record };
};

const widthOf = (record: VariableRecord, declared: string | undefined): number => {
  const width = Number.parseInt(declared ?? "", 10);
  return width > partWidth ? width : record.width;
};

/** The records that hold a string; null where they are not there. */
const partsOf = (
  records: readonly VariableRecord[],
  first: number,
  width: number,
): readonly VariableRecord[] | null => {
  if (width <= partWidth) return [records[first]!];
  const count = Math.ceil(width / partShare);
  const parts = records.slice(first, first + count);
  const lastWidth = width - partShare * (count - 1);
  const fits = parts.every((part, k) => slotsOf(part.width) === slotsOf(k === count - 1 ? lastWidth : partWidth));
  return parts.length < count || !fits || parts.some((part) => part.width === 0) ? null : parts;
};

/** Joins the parts of very long strings; the names of the second and later parts are dropped. */
export const joinParts = (
  file: string,
  records: readonly VariableRecord[],
  widths: VeryLongWidths,
  page: CodePage,
): readonly Variable[] => {
  const variables: Variable[] = [];
  let slot = 0;
  for (let k = 0; k < records.length; ) {
    const record = records[k]!;
    const shortName = page.decode(record.name).trimEnd();
    const width = widthOf(record, widths.byName.get(shortName));
    const parts = partsOf(records, k, width);
    if (parts === null) throw damaged(file, "spss-dictionary", widths.record);
    const slots = parts.reduce((sum, part) => sum + slotsOf(part.width), 0);
    variables.push({ record, slot, slots, width, shortName });
    slot += slots;
    k += parts.length;
  }
  return variables;
};
