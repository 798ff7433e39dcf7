import type { ValueLabel } from "../delivered.ts";
import { type CodePage, decodeFixed } from "./code-page.ts";
import { damaged } from "./faults.ts";
import { float64 } from "./header.ts";
import type { LabelRecord, RawLabel } from "./label-records.ts";
import type { Variable } from "./long-names.ts";
import type { LongStringEntry } from "./long-strings.ts";
import { kindOfFormat, type NumberKind, numberText } from "./times.ts";

/** Programs write codes that differ only beyond the width of the variable: the first of them counts. */
const decoded = (raw: readonly RawLabel[], page: CodePage, code: (value: Buffer) => string): readonly ValueLabel[] => {
  const byCode = new Map<string, ValueLabel>();
  for (const { value, label } of raw) {
    const text = code(value);
    if (!byCode.has(text)) byCode.set(text, { code: text, label: page.decode(label).trim() });
  }
  return [...byCode.values()];
};

const numberCode = (kind: NumberKind, value: number): string => numberText(kind, value) ?? String(value);

/** The labels of a record, decoded once for all variables of one kind that share them. */
const sharedLabels = (record: LabelRecord, page: CodePage, little: boolean) => {
  const byKind = new Map<string, readonly ValueLabel[]>();
  return (variable: Variable): readonly ValueLabel[] => {
    const kind = kindOfFormat(variable.record.format);
    const key = variable.width > 0 ? `text ${variable.width}` : kind;
    const found = byKind.get(key);
    if (found) return found;
    const code = (value: Buffer): string =>
      variable.width > 0
        ? decodeFixed(page, value.subarray(0, variable.width))
        : numberCode(kind, float64(value, 0, little));
    const labels = decoded(record.labels, page, code);
    byKind.set(key, labels);
    return labels;
  };
};

/**
 * The labels of all variables, by their place in a case. A record names only numbers or only strings of up to 8 bytes;
 * of several records for one variable the last counts.
 */
export const labelsBySlot = (
  file: string,
  records: readonly LabelRecord[],
  variables: ReadonlyMap<number, Variable>,
  page: CodePage,
  little: boolean,
): ReadonlyMap<number, readonly ValueLabel[]> => {
  const labels = new Map<number, readonly ValueLabel[]>();
  for (const record of records) {
    const labelsOf = sharedLabels(record, page, little);
    const named = record.slots.map((slot) => variables.get(slot));
    const strings = named.filter((variable) => variable !== undefined && variable.width > 0).length;
    if (named.includes(undefined) || (strings > 0 && strings < named.length))
      throw damaged(file, "spss-dictionary", record.record);
    for (const variable of named) if (variable!.width <= 8) labels.set(variable!.slot, labelsOf(variable!));
  }
  return labels;
};

export const longLabels = (entry: LongStringEntry, page: CodePage): readonly ValueLabel[] =>
  decoded(entry.labels, page, (value) => decodeFixed(page, value));
