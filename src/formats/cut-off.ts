import type { ScanEnd } from "./records.ts";

/** Fewer other records than this do not show how records of a file end. */
const fewestRecords = 20;
/** Among the others, a last cell is empty as rarely as this where an empty one at the end of the file was cut off. */
const rareEmpty = 0.05;

const endsEarly = ({ unended, records, emptyEnds }: ScanEnd): boolean =>
  unended?.emptyEnd === true && records > fewestRecords && emptyEnds < rareEmpty * (records - 1);

/**
 * Line of the record in which a text seems to be cut off, because no line end stands behind it and it is not whole: cells
 * are missing, its last cell is empty as hardly another is, or a quotation in it does not close. Null where none is.
 *
 * @param strayQuotes lines on which a quotation mark was taken for an ordinary character
 */
export const cutOffLine = (end: ScanEnd, strayQuotes: ReadonlySet<number>): number | null => {
  const { unended } = end;
  if (unended === null) return null;
  const short = unended.code === "too-few-cells" || unended.code === "record-malformed";
  const unclosed = [...strayQuotes].some((line) => line >= unended.line);
  return short || unclosed || endsEarly(end) ? unended.line : null;
};

/** Bytes that a character of UTF-8 has by its first one; 1 for a byte that opens none. */
const bytesOf = (first: number): number => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1);

/** Whether the last bytes of a text in UTF-8 are the beginning of a character. */
export const endsInCharacter = (last: Uint8Array): boolean => {
  const start = last.findLastIndex((byte) => (byte & 0xc0) !== 0x80);
  return start >= 0 && last.length - start < bytesOf(last[start]!);
};
