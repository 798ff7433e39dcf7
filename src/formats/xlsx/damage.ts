import { type Limited, type Place, Refusal } from "../../errors.ts";

export type Damage =
  | "zip-directory"
  | "zip-part"
  | "zip-method"
  | "zip-part-twice"
  | "xml-doctype"
  | "xml-malformed"
  | "part-missing"
  | "part-external"
  | "shared-string-missing"
  | "cell-place"
  | "sheets-differ";

export const damaged = (place: Place, cause: Damage): Refusal =>
  new Refusal({ code: "file-damaged", place, format: "xlsx", cause });

/** What a workbook may hold at most: far above a survey, and below what a hostile file needs. */
export const limits = {
  /** Bytes of all parts that are unpacked, and again of all text that is read from them. */
  bytes: 200_000_000,
  /** Times that a part may be larger unpacked than packed, once it is above `alwaysUnpacked` bytes. */
  compression: 100,
  alwaysUnpacked: 10_000_000,
  entries: 1000,
  columns: 2000,
  rows: 1_048_576,
  cell: 65_536,
} as const;

export const exceeded = (place: Place, what: Limited & keyof typeof limits): Refusal =>
  new Refusal({ code: "limit-exceeded", place, what, limit: limits[what] });
