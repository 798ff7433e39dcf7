import { isUtf8 } from "node:buffer";
import { type CodePage, trimmedLength, withoutCut } from "./code-page.ts";
import type { RecordText } from "./record-text.ts";

const isAscii = (bytes: Uint8Array, end: number): boolean => {
  for (let k = 0; k < end; k += 1) if (bytes[k]! > 127) return false;
  return true;
};

/**
 * Writes strings as UTF-8; says whether a string could be read as what the file declares. A character that the width cut
 * in two is left out and is no fault; one that was cut before is left out too, but may as well be of another encoding.
 *
 * @param widest most bytes of a string
 */
export const textCells = (page: CodePage, widest: number, output: RecordText) => {
  const isUnicode = page.name === "utf-8" || page.name === "utf8";
  const wide = Buffer.alloc(page.table ? 4 * widest : 0);
  const byTable = (table: readonly Uint8Array[], bytes: Uint8Array, end: number): number => {
    let length = 0;
    for (let k = 0; k < end; k += 1) for (const byte of table[bytes[k]!]!) wide[length++] = byte;
    return length;
  };
  return (bytes: Buffer, width: number): boolean => {
    const end = trimmedLength(bytes, width);
    output.reserve(4 * end + 1);
    if (isAscii(bytes, end) || (isUnicode && isUtf8(bytes.subarray(0, end)))) {
      output.cell(bytes, 0, end);
      return true;
    }
    if (page.table) {
      const length = byTable(page.table, bytes, end);
      output.cell(wide, 0, length);
      return !wide.subarray(0, length).includes("\ufffd");
    }
    const decoded = page.decode(bytes.subarray(0, end));
    const text = withoutCut(decoded);
    const utf8 = Buffer.from(text, "utf8");
    output.cell(utf8, 0, utf8.length);
    return !text.includes("\ufffd") && (text === decoded || end === width);
  };
};
