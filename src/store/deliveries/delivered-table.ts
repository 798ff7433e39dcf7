import type { Problem } from "../../errors.ts";
import type { Codebook } from "../../formats/codebook.ts";
import type { FileColumn } from "../../formats/delivered.ts";
import type { Dialect } from "../../formats/records.ts";
import type { Format } from "../../study/study.ts";
import type { SourceFile } from "./copy.ts";

/** What a vendor's files beside the answers say of the columns. */
export interface VendorCodebook {
  readonly format: "surveyxact" | "limesurvey";
  readonly codebook: Codebook;
}

/** A file's table after a first reading: what it is, by its content. */
export interface DeliveredTable {
  readonly format: Format;
  readonly encoding: string;
  readonly dialect: Dialect;
  readonly columns: readonly FileColumn[];
  /** Columns that hold lists or records: no cell of them can be read. */
  readonly nested: readonly string[];
  /** Physical line of the header, and of the first record after it. */
  readonly headerLine: number;
  readonly firstLine: number;
  /** The first records, the header among them. */
  readonly beginning: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** What a reader should know although the file can be read; all of it once the records have been read. */
  readonly warnings: () => readonly Problem[];
  /** The records after the header, in UTF-8. */
  readonly text: () => AsyncIterable<Uint8Array>;
}

export type DeliveredFile = SourceFile & DeliveredTable;
