/** A code and what it stands for, as the file itself says. */
export interface ValueLabel {
  readonly code: string;
  readonly label: string;
}

/** Numbers that a file declares to be no answers; both ends inclusive. */
export interface MissingRange {
  readonly low: number;
  readonly high: number;
}

/** A column of a delivered file, as the file describes it. */
export interface FileColumn {
  /** The name by which a study file maps it. */
  readonly name: string;
  /** An id of the vendor's that stays the same from wave to wave; it may be mapped in place of the name. */
  readonly id: string | null;
  /** The question as it was asked; null where the file does not say. */
  readonly wording: string | null;
  /** In the file's order, which is the order of the answers and not always that of the codes. */
  readonly labels: readonly ValueLabel[];
  /** The value of each code that is an answer, where the survey gives one; codes that are numbers are their own. */
  readonly scores: ReadonlyMap<string, number>;
  readonly missing: readonly MissingRange[];
  /** An identifier that the vendor adds (IP address, name, e-mail, position): nothing of it is ever written. */
  readonly personal: boolean;
}

const noScores: ReadonlyMap<string, number> = new Map();

/** A column of which the file says nothing but the name. */
export const plainColumn = (name: string): FileColumn => ({
  name,
  id: null,
  wording: null,
  labels: [],
  scores: noScores,
  missing: [],
  personal: false,
});

/** Between cells and after records in the text that a reader of a format without text of its own makes. */
export const recordSeparators = { cell: "\x1f", record: "\n" } as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a cell may not hold.
const breaking = /[\0-\x08\n-\x1f\x7f]/g;

/** Text of a cell as a text record can hold it: line breaks and other control characters become spaces. */
export const oneLine = (text: string): string => text.replace(breaking, " ");

/** Begins a record of such a text that the format's own reader could not read. */
export const malformedRecord = "\x1e";
