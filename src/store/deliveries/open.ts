import { readFile } from "node:fs/promises";
import { type Language, Refusal } from "../../errors.ts";
import { type Recognised, recognise } from "../../formats/foreign.ts";
import { isJsonLines } from "../../formats/json-lines.ts";
import type { ReadingOptions } from "../../study/study.ts";
import { chunksOf } from "../file-hash.ts";
import { readCodebook } from "./codebook.ts";
import type { SourceFile } from "./copy.ts";
import { openDelimited } from "./delimited.ts";
import type { DeliveredTable } from "./delivered-table.ts";
import { openJsonLines } from "./json-lines.ts";
import { openParquet } from "./parquet.ts";
import { openSpss } from "./spss.ts";
import { openWorkbookFile } from "./workbook.ts";

const startOf = async (path: string): Promise<Uint8Array> => {
  for await (const chunk of chunksOf(path)) return chunk;
  return new Uint8Array();
};

/** An OLE2 compound file: only its directory, which may stand anywhere in it, says whether it has a password. */
const isCompound = (start: Uint8Array): boolean => start[0] === 0xd0 && start[1] === 0xcf && start[2] === 0x11;
const mostCompound = 1 << 28;

const recogniseFile = async (
  file: SourceFile,
): Promise<{ readonly start: Uint8Array; readonly is: Recognised | null }> => {
  const start = await startOf(file.path);
  const whole = isCompound(start) && file.bytes <= mostCompound ? await readFile(file.path) : start;
  return { start, is: recognise(whole) };
};

const openTable = async (
  file: SourceFile,
  options: ReadingOptions,
  codebookFiles: readonly SourceFile[],
  language: Language,
): Promise<DeliveredTable> => {
  const { start, is } = await recogniseFile(file);
  if (is?.reader === null) throw new Refusal({ code: "not-a-table", place: { file: file.name }, what: is.what });
  if (is?.reader === "spss") return openSpss(file);
  if (is?.reader === "parquet") return openParquet(file);
  const codebook = await readCodebook(codebookFiles, language);
  if (is?.reader === "workbook") return openWorkbookFile(file, options, codebook);
  if (options.format === "json-lines" || (options.format === null && isJsonLines(start))) return openJsonLines(file);
  return openDelimited(file, options, codebook);
};

/** Reads the beginning of a file: its format, encoding, dialect and columns. Refuses what holds no table. */
export const openDelivered = async <F extends SourceFile>(
  file: F,
  options: ReadingOptions,
  codebook: readonly SourceFile[],
  language: Language,
): Promise<F & DeliveredTable> => {
  const table = await openTable(file, options, codebook, language);
  const declared = options.format;
  /** A workbook may be a vendor's export as well. */
  const fits = declared === null || [table.format, table.encoding].includes(declared);
  if (!fits) throw new Refusal({ code: "format-differs", place: { file: file.name }, declared, found: table.format });
  return { ...file, ...table };
};
