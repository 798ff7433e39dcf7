import iconv from "iconv-lite";

/** How the texts of a file are to be read. */
export interface CodePage {
  /** As the file declares it, in small letters. */
  readonly name: string;
  /** The file declares none that is known. */
  readonly guessed: boolean;
  readonly decode: (bytes: Buffer) => string;
  /** By byte its UTF-8, where every byte is a character. */
  readonly table: readonly Uint8Array[] | null;
}

const fallback = "windows-1252";

/** Only names of encodings in which ASCII is ASCII: a file must not choose base64 or UTF-16. */
const known =
  /^(utf-?8|(windows|cp|ibm|ms)[-_ ]?\d{3,5}|iso[-_ ]?8859[-_]?\d{1,2}|latin-?\d|koi8-?[ru]|macintosh|gbk?|gb-?2312|gb-?18030|big5(-?hkscs)?|euc-?(jp|kr|cn)|shift[-_]?jis|sjis|tis-?620)$/;

const isKnown = (name: string): boolean => known.test(name) && iconv.encodingExists(name);

/** Codes 2 and 3, "7-bit" and "8-bit ASCII", tell nothing: files of any code page have them. */
const nameOfNumber = (code: number): string | null => {
  if (code === 65001) return "utf-8";
  if (code > 28590 && code < 28607) return `iso-8859-${code - 28590}`;
  if (code >= 1250 && code <= 1258) return `windows-${code}`;
  return code > 400 ? `cp${code}` : null;
};

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

const tableOf = (name: string): readonly Uint8Array[] | null => {
  if (/^utf-?8$/.test(name)) return null;
  const characters = iconv.decode(everyByte, name);
  return characters.length === 256 ? Array.from(characters, (each) => Buffer.from(each, "utf8")) : null;
};

/** The encoding by its declared name, else by the number of its code page, else the one of Western Windows. */
export const codePage = (declared: string | null, number: number | null): CodePage => {
  const candidates = [declared?.trim().toLowerCase() ?? null, number === null ? null : nameOfNumber(number)];
  const found = candidates.find((each) => each !== null && isKnown(each)) ?? null;
  const name = found ?? fallback;
  return {
    name,
    guessed: found === null,
    decode: (bytes) => iconv.decode(bytes, name, { stripBOM: false }),
    table: tableOf(name),
  };
};

/** Leaves out what remains at the end of a text of a character that was cut in two. */
export const withoutCut = (text: string): string => text.replace(/\ufffd+$/, "");

/** A string without its padding. */
export const decodeFixed = (page: CodePage, bytes: Buffer): string =>
  withoutCut(page.decode(bytes.subarray(0, trimmedLength(bytes, bytes.length))));

/** Blanks, or the zeros that some programs write in their place. */
const isPadding = (byte: number | undefined): boolean => byte === 32 || byte === 0;

/** Where a string ends, the padding at its end left out. */
export const trimmedLength = (bytes: Uint8Array, width: number): number => {
  let end = width;
  while (end > 0 && isPadding(bytes[end - 1])) end -= 1;
  return end;
};
