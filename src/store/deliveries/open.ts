import type { Language, Problem } from "../../errors.ts";
import type { FileColumn } from "../../formats/delivered.ts";
import type { Dialect } from "../../formats/records.ts";
import { isSpss } from "../../formats/spss/spss.ts";
import type { Format, ReadingOptions } from "../../study/study.ts";
import { readCodebook } from "./codebook.ts";
import { chunksOf, type SourceFile } from "./copy.ts";
import { openDelimited } from "./delimited.ts";
import { openSpss } from "./spss.ts";

/** A file's table after a first reading: what it is, by its content. */
export interface DeliveredTable {
  readonly format: Format;
  readonly encoding: string;
  readonly dialect: Dialect;
  readonly columns: readonly FileColumn[];
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

const startOf = async (path: string): Promise<Uint8Array> => {
  for await (const chunk of chunksOf(path)) return chunk;
  return new Uint8Array();
};

const openTable = async (
  file: SourceFile,
  options: ReadingOptions,
  codebook: readonly SourceFile[],
  language: Language,
): Promise<DeliveredTable> => {
  const start = await startOf(file.path);
  if (isSpss(start)) return openSpss(file);
  return openDelimited(file, options, await readCodebook(codebook, language));
};

export type DeliveredFile = SourceFile & DeliveredTable;

/** Reads the beginning of a file: its format, encoding, dialect and columns. Refuses what holds no table. */
export const openDelivered = async <F extends SourceFile>(
  file: F,
  options: ReadingOptions,
  codebook: readonly SourceFile[],
  language: Language,
): Promise<F & DeliveredTable> => ({ ...file, ...(await openTable(file, options, codebook, language)) });
