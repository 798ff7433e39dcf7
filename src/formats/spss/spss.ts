import type { FileColumn } from "../delivered.ts";
import { type Block, readBlockList, unpackBlocks } from "./blocks.ts";
import { type ByteSource, byteSource } from "./byte-source.ts";
import { type CaseWriter, caseWriter } from "./case-writer.ts";
import { caseReader } from "./cases.ts";
import { type CodePage, codePage } from "./code-page.ts";
import { type CaseColumn, caseColumns, specialNumbers } from "./columns.ts";
import { type Dictionary, readDictionary } from "./dictionary.ts";
import { damaged } from "./faults.ts";
import { type Header, headerBytes, int32, isSpss, parseHeader } from "./header.ts";

export { isSpss };

/** Something about the whole file, or about how often a column's cells do not say what the file has. */
export type SpssNote =
  | { readonly what: "code-page-guessed" }
  | {
      readonly what: "out-of-range" | "declared-missing" | "characters-unreadable";
      readonly column: string;
      readonly cells: number;
    };

export interface SpssFile {
  /** As the file declares it, in small letters. */
  readonly encoding: string;
  readonly columns: readonly FileColumn[];
  /** As the header says; null where its writer did not know. */
  readonly cases: number | null;
  /** What was found so far: the counts are whole once all records were read. */
  readonly notes: () => readonly SpssNote[];
  /** The cases as text records, in chunks that may end anywhere. A refusal may come after the last chunk. */
  readonly records: () => AsyncGenerator<Uint8Array>;
}

interface Opened {
  readonly header: Header;
  readonly page: CodePage;
  readonly columns: readonly CaseColumn[];
  readonly sysmis: number;
  /** Of the first byte of the data. */
  readonly start: number;
  readonly blocks: readonly Block[];
}

const pageOf = (file: string, { extensions }: Dictionary, little: boolean): CodePage => {
  const integers = extensions.get(3)?.bytes;
  const number = integers && integers.length >= 32 ? int32(integers, 28, little) : null;
  const encoding = extensions.get(20);
  const name = encoding?.bytes.toString("latin1").replace(/\0+$/, "") ?? null;
  if (encoding && !/^[ -~]+$/.test(name!)) throw damaged(file, "spss-dictionary", encoding.record);
  return codePage(name, number);
};

const readStart = async (file: string, source: ByteSource): Promise<Opened> => {
  const header = parseHeader(file, await source.take(headerBytes));
  const dictionary = await readDictionary(file, source, header);
  const page = pageOf(file, dictionary, header.little);
  const start = source.position();
  return {
    header,
    page,
    columns: caseColumns(file, dictionary, page, header.little),
    sysmis: specialNumbers(dictionary.extensions.get(4)?.bytes, header.little).missing,
    start,
    blocks: header.compression === "blocks" ? await readBlockList(file, source, header) : [],
  };
};

const notesOf = ({ page, columns }: Opened, writer: CaseWriter | null): readonly SpssNote[] => {
  const whole: readonly SpssNote[] = page.guessed ? [{ what: "code-page-guessed" }] : [];
  const counted = (writer?.coercions ?? []).flatMap(({ outOfRange, missing, unreadable }, index): SpssNote[] => {
    const column = columns[index]!.column.name;
    return [
      { what: "out-of-range", column, cells: outOfRange },
      { what: "declared-missing", column, cells: missing },
      { what: "characters-unreadable", column, cells: unreadable },
    ];
  });
  return [...whole, ...counted.filter((note) => note.what === "code-page-guessed" || note.cells > 0)];
};

/** Bytes of which the records are made before they are handed on. */
const stride = 1 << 16;

const readRecords = async function* (
  file: string,
  source: ByteSource,
  opened: Opened,
  writer: CaseWriter,
): AsyncGenerator<Uint8Array> {
  const reader = caseReader(file, opened.header, writer);
  await source.skip(opened.start);
  const packed = opened.header.compression === "blocks";
  for await (const chunk of packed ? unpackBlocks(file, source, opened.blocks) : source.rest())
    for (let at = 0; at < chunk.length; at += stride) {
      reader.push(chunk.subarray(at, at + stride));
      yield* writer.take("full");
    }
  reader.finish();
  yield* writer.take("all");
};

/**
 * Reads an SPSS system file (.sav, .zsav): the description of its variables now, its cases as they are asked for.
 *
 * @param name of the file, for refusals
 * @param open gives the file's bytes from its beginning, every time that it is called
 */
export const readSpss = async (name: string, open: () => AsyncIterable<Uint8Array>): Promise<SpssFile> => {
  const source = byteSource(open());
  const opened = await readStart(name, source).finally(source.close);
  let writer: CaseWriter | null = null;
  const records = async function* (): AsyncGenerator<Uint8Array> {
    const again = byteSource(open());
    writer = caseWriter(opened.columns, opened.page, opened.sysmis);
    try {
      yield* readRecords(name, again, opened, writer);
    } finally {
      await again.close();
    }
  };
  return {
    encoding: opened.page.name,
    columns: opened.columns.map(({ column }) => column),
    cases: opened.header.cases,
    notes: () => notesOf(opened, writer),
    records,
  };
};
