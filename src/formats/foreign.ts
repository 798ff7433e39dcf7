import type { ForeignFile } from "../errors.ts";
import { markedEncoding } from "./encoding.ts";

/** What the first bytes of a file say it is, where it is no text to cut into records. */
export type Recognised =
  | { readonly reader: "workbook" | "spss" | "parquet" }
  | { readonly reader: null; readonly what: ForeignFile };

const signatures: readonly { readonly bytes: readonly number[]; readonly is: Recognised }[] = [
  { bytes: [0x1f, 0x8b], is: { reader: null, what: "gzip" } },
  { bytes: [0x50, 0x4b, 3, 4], is: { reader: "workbook" } },
  { bytes: [0x50, 0x4b, 5, 6], is: { reader: "workbook" } },
  { bytes: [0x50, 0x4b, 7, 8], is: { reader: "workbook" } },
  { bytes: [..."PAR1"].map((each) => each.charCodeAt(0)), is: { reader: "parquet" } },
  { bytes: [..."$FL2"].map((each) => each.charCodeAt(0)), is: { reader: "spss" } },
  { bytes: [..."$FL3"].map((each) => each.charCodeAt(0)), is: { reader: "spss" } },
];

const compoundFile = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const startsWith = (start: Uint8Array, bytes: readonly number[]): boolean =>
  bytes.every((byte, k) => start[k] === byte);

/** A workbook with a password is a compound file with this stream in its directory, which names streams in UTF-16. */
const encryptedStream = Buffer.from("EncryptedPackage", "utf16le");

const textSize = 4096;
const textOf = (start: Uint8Array): string => {
  const marked = markedEncoding(start);
  const encoding = marked?.encoding === "utf-16le" || marked?.encoding === "utf-16be" ? marked.encoding : "utf-8";
  return new TextDecoder(encoding).decode(start.subarray(marked?.bytes ?? 0, textSize)).trimStart();
};

const afterProlog = (text: string): string => text.replace(/^(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)+/, "");

/** Tables that a program saved under the name of a workbook are web pages, or the XML of Excel 2003. */
const markup = (text: string): ForeignFile | null => {
  const body = afterProlog(text);
  if (/^<(?:!doctype\s+html|html|head|body|table|meta|title|style|script|div)[\s>/]/i.test(body)) return "html";
  if (/^mime-version:/i.test(text)) return "html";
  return /^<(?:\w+:)?workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet/i.test(body)
    ? "other-spreadsheet"
    : null;
};

/**
 * Recognises a file that is no delimited text by its content. A zip archive is given to the reader of workbooks, which
 * alone can say what is in it.
 *
 * @param start the first bytes; all of a compound file, for its directory may stand anywhere in it
 * @returns null for anything else, which may be text
 */
export const recognise = (start: Uint8Array): Recognised | null => {
  const signed = signatures.find(({ bytes }) => startsWith(start, bytes));
  if (signed) return signed.is;
  if (startsWith(start, compoundFile)) {
    const encrypted = Buffer.from(start.buffer, start.byteOffset, start.byteLength).includes(encryptedStream);
    return { reader: null, what: encrypted ? "encrypted-workbook" : "old-workbook" };
  }
  const text = textOf(start);
  if (text.startsWith("%PDF-")) return { reader: null, what: "pdf" };
  const what = markup(text);
  return what === null ? null : { reader: null, what };
};
