import { Refusal } from "../../errors.ts";
import { cutOffLine, endsInCharacter } from "../../formats/cut-off.ts";
import { lineEnds } from "../../formats/line-ends.ts";
import { type RecordSink, type RejectedRecord, type ScanEnd, scanRecords } from "../../formats/records.ts";
import { tidyText } from "../../study/fold.ts";
import { unguarded } from "../../tables/formula-guard.ts";
import { lastBytesOf } from "./copy.ts";
import type { DeliveredFile } from "./delivered-table.ts";

const decoder = new TextDecoder();

/** A record of a small file: where it stands, and its cells in the order of the header, without what readers do not see or a formula's guard. */
export interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What is made of a file's records. */
export interface RecordsRead<T> {
  readonly sink: RecordSink;
  readonly wanted: readonly boolean[];
  readonly done: (end: ScanEnd) => T;
}

/** Whether a file ends within a character: half a unit of UTF-16, or of UTF-8 where all but its last line is that. */
const isCharacterCut = async ({ encoding, bytes, path }: DeliveredFile): Promise<boolean> => {
  if (encoding === "utf-16le" || encoding === "utf-16be") return bytes % 2 === 1;
  return encoding === "mixed" && endsInCharacter(await lastBytesOf(path, 4));
};

/** A file with more stray quotation marks than this is not read with them. */
const mostStray = 100;
const mostReadings = 10;

/**
 * Reads the records of a file. Where a quotation does not end as one, its mark is an ordinary character and the file is
 * read once more; `begin` starts a reading, and forgets what another one made. `cutOff` is the line in which the file ends although its
 * record or character is not whole. Refuses a file whose records do not end.
 */
export const readRecords = async <T>(
  file: DeliveredFile,
  begin: () => RecordsRead<T> | Promise<RecordsRead<T>>,
): Promise<T & { readonly strayQuotes: readonly number[]; readonly cutOff: number | null }> => {
  const stray = new Set<number>();
  for (let reading = 1; ; reading += 1) {
    const { sink, wanted, done } = await begin();
    const dialect = { ...file.dialect, ordinaryLines: new Set([...file.dialect.ordinaryLines, ...stray]) };
    const scanner = scanRecords(dialect, wanted, file.firstLine, sink);
    const lines = lineEnds();
    for await (const chunk of file.text()) {
      lines.add(chunk);
      scanner.push(chunk);
    }
    const end = scanner.finish();
    const place = (line: number) => ({ file: file.name, line });
    if (end.tooLong !== null && end.strayQuotes.length === 0)
      throw new Refusal({ code: "line-too-long", place: place(end.tooLong), bytes: file.bytes });
    if (end.strayQuotes.length === 0) {
      if (end.lines !== lines.count())
        throw new Error(`${file.name} has ${lines.count()} lines, but its records take ${end.lines}`);
      const cutOff = (await isCharacterCut(file)) ? file.firstLine + end.lines - 1 : cutOffLine(end, stray);
      return { ...done(end), strayQuotes: [...stray], cutOff };
    }
    for (const line of end.strayQuotes) stray.add(line);
    if (stray.size > mostStray || reading === mostReadings)
      throw new Refusal({ code: "quote-unclosed", place: place(Math.min(...stray)) });
  }
};

/** All records of a small file; those that do not fit the header apart. */
export const recordsOf = (file: DeliveredFile) =>
  readRecords(file, () => {
    const records: FileRecord[] = [];
    const rejected: RejectedRecord[] = [];
    let cells: string[] = [];
    const sink: RecordSink = {
      cell: (_, bytes, start, end) => void cells.push(unguarded(tidyText(decoder.decode(bytes.subarray(start, end))))),
      record: (line) => {
        records.push({ line, cells });
        cells = [];
      },
      reject: (one) => {
        rejected.push(one);
        cells = [];
      },
    };
    return { sink, wanted: file.columns.map(() => true), done: () => ({ records, rejected }) };
  });
