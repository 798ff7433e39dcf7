import { type FileRecord, type Limited, Refusal } from "../../errors.ts";

/** In what a system file is damaged; each has words of its own in the explanations. */
export type SpssFault =
  | "truncated"
  | "spss-header"
  | "spss-dictionary-cut"
  | "spss-dictionary"
  | "spss-count"
  | "spss-record-type"
  | "spss-case-count"
  | "spss-cases"
  | "spss-blocks";

/** A fault names the record of the file's structure in which it was found; `number` counts the records of its kind. */
export const damaged = (file: string, cause: SpssFault, record: FileRecord): Refusal =>
  new Refusal({ code: "file-damaged", place: { file }, format: "spss", cause, record });

export const excessive = (file: string, what: Limited, limit: number): Refusal =>
  new Refusal({ code: "limit-exceeded", place: { file }, what, limit });

/** Records of type 7 that are read, by their subtype. */
const extensions = new Map<number, FileRecord["kind"]>([
  [3, "integers"],
  [4, "special-numbers"],
  [13, "long-names"],
  [14, "very-long-strings"],
  [20, "encoding"],
  [21, "long-string-labels"],
  [22, "long-string-missing"],
]);

export const extensionKind = (subtype: number): FileRecord["kind"] => extensions.get(subtype) ?? "extension";
