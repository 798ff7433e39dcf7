import { type FileColumn, type MissingRange, plainColumn } from "../delivered.ts";
import type { CodePage } from "./code-page.ts";
import type { Dictionary, Extension } from "./dictionary.ts";
import { extensionKind } from "./faults.ts";
import { float64 } from "./header.ts";
import { labelsBySlot, longLabels } from "./labels.ts";
import { joinParts, namedValues, type Variable, veryLongWidths } from "./long-names.ts";
import {
  type LongStringEntry,
  type LongStringSteps,
  longStringLabels,
  longStringMissing,
  longStringSteps,
} from "./long-strings.ts";
import { kindOfFormat, type NumberKind } from "./times.ts";

/** A column and how its cells stand in a case. */
export interface CaseColumn {
  readonly column: FileColumn;
  readonly kind: NumberKind | "text";
  /** Pieces of 8 bytes. */
  readonly slots: number;
  /** Bytes of a string. */
  readonly width: number;
  /** Strings that are no answers. */
  readonly missingTexts: readonly Buffer[];
  /** Numbers that are no answers, where the cell does not show the number but a date or time. */
  readonly missingTimes: readonly MissingRange[];
}

/** The numbers by which a file says "no value", "lowest" and "highest". */
export interface SpecialNumbers {
  readonly missing: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Declared, else as every known program has them: the ends of the double-precision numbers. */
export const specialNumbers = (record: Buffer | undefined, little: boolean): SpecialNumbers => {
  if (record && record.length >= 24) {
    const [missing, highest, lowest] = [0, 8, 16].map((at) => float64(record, at, little));
    return { missing: missing!, highest: highest!, lowest: lowest! };
  }
  return { missing: -Number.MAX_VALUE, highest: Number.MAX_VALUE, lowest: -1.7976931348623155e308 };
};

const missingNumbers = ({ record }: Variable, special: SpecialNumbers, little: boolean): readonly MissingRange[] => {
  const values = Array.from({ length: record.missing.length / 8 }, (_, k) => float64(record.missing, 8 * k, little));
  const single = values.map((value) => ({ low: value, high: value }));
  const [low, high] = values;
  if (record.missingCount >= 0 || low === undefined || high === undefined) return single;
  const range = {
    low: low <= special.lowest ? Number.NEGATIVE_INFINITY : low,
    high: high >= special.highest ? Number.POSITIVE_INFINITY : high,
  };
  return [range, ...single.slice(2)];
};

const missingStrings = (variable: Variable, long: LongStringEntry | undefined): readonly Buffer[] => {
  const values = Array.from({ length: variable.record.missing.length / 8 }, (_, k) =>
    variable.record.missing.subarray(8 * k, 8 * k + Math.min(8, variable.width)),
  );
  return [...values, ...(long?.missing ?? [])];
};

/** Control characters would break the line in which names are written. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, " ").trim();

const wordingOf = (label: Buffer | null, page: CodePage): string | null => {
  const text = label ? page.decode(label).trim() : "";
  return text === "" ? null : text;
};

const none = (subtype: number): Extension => ({ bytes: Buffer.alloc(0), record: { kind: extensionKind(subtype) } });

/** What the long names and the records of long strings say of a variable, by its long or its short name. */
const lookUps = (dictionary: Dictionary, file: string, page: CodePage, little: boolean) => {
  const { extensions, variables } = dictionary;
  const names = namedValues(extensions.get(13)?.bytes, variables.length, page);
  const steps = (subtype: number): LongStringSteps =>
    longStringSteps(file, extensions.get(subtype) ?? none(subtype), little, page, dictionary.spend);
  const byName = (entries: readonly LongStringEntry[]) => new Map(entries.map((entry) => [entry.name, entry]));
  const labels = byName(longStringLabels(steps(21)));
  const missing = byName(longStringMissing(steps(22)));
  return ({ shortName }: Variable) => {
    const longName = names.get(shortName)?.trimEnd() ?? "";
    return {
      name: oneLine(longName) || oneLine(shortName),
      labels: labels.get(longName) ?? labels.get(shortName),
      missing: missing.get(longName) ?? missing.get(shortName),
    };
  };
};

/** All columns in the file's order. */
export const caseColumns = (
  file: string,
  dictionary: Dictionary,
  page: CodePage,
  little: boolean,
): readonly CaseColumn[] => {
  const { variables: records, labels, extensions } = dictionary;
  const variables = joinParts(file, records, veryLongWidths(file, extensions.get(14), records.length, page), page);
  const bySlot = new Map(variables.map((variable) => [variable.slot, variable]));
  const shared = labelsBySlot(file, labels, bySlot, page, little);
  const special = specialNumbers(extensions.get(4)?.bytes, little);
  const lookUp = lookUps(dictionary, file, page, little);

  return variables.map((variable, index): CaseColumn => {
    const { record, slot, slots, width } = variable;
    const found = lookUp(variable);
    const kind = width > 0 ? "text" : kindOfFormat(record.format);
    const ranges = width > 0 ? [] : missingNumbers(variable, special, little);
    const labels = width > 8 && found.labels ? longLabels(found.labels, page) : (shared.get(slot) ?? []);
    const missing = kind === "number" ? ranges : [];
    const wording = wordingOf(record.label, page);
    return {
      column: { ...plainColumn(found.name || `VAR${index + 1}`), wording, labels, missing },
      kind,
      slots,
      width,
      missingTexts: width > 0 ? missingStrings(variable, found.missing) : [],
      missingTimes: kind === "number" ? [] : ranges,
    };
  });
};
