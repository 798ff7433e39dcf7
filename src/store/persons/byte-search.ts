import { Buffer } from "node:buffer";

/** A text that is looked for. `apart`: only where it is not a part of a longer word or number. */
export interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
  readonly encoding: "utf8" | "utf16le";
  readonly apart: boolean;
}

/** What markup, JSON and quoted cells make of a text's characters. */
const spellings = (text: string): ReadonlySet<string> =>
  new Set([
    text,
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    JSON.stringify(text).slice(1, -1),
    text.replaceAll('"', '""'),
  ]);

export const needle = (name: string, text: string, apart: boolean): readonly Needle[] =>
  [...spellings(text)].flatMap((spelling) =>
    (["utf8", "utf16le"] as const).map((encoding) => ({
      name,
      bytes: Buffer.from(spelling, encoding),
      encoding,
      apart,
    })),
  );

/** Bytes of a character at most. */
const widest = 4;

const ofWord = /[\p{L}\p{N}_-]/u;

/** Whether a text's neighbours, characters of its own encoding, make it a part of a longer word. */
const isApart = (bytes: Buffer, at: number, { bytes: wanted, encoding }: Needle): boolean => {
  const end = at + wanted.length;
  const [before] = [...bytes.subarray(Math.max(0, at - widest), at).toString(encoding)].slice(-1);
  const [after] = bytes.subarray(end, end + widest).toString(encoding);
  return !ofWord.test(before ?? "") && !ofWord.test(after ?? "");
};

/** Whether a text ends at or before a place of these bytes. */
const occursIn = (bytes: Buffer, upTo: number, wanted: Needle): boolean => {
  const length = wanted.bytes.length;
  for (let at = bytes.indexOf(wanted.bytes); at >= 0 && at + length <= upTo; at = bytes.indexOf(wanted.bytes, at + 1))
    if (!wanted.apart || isApart(bytes, at, wanted)) return true;
  return false;
};

/** Which needles stand in a text that comes in chunks, and how many bytes it has. */
export const searchBytes = async (
  chunks: AsyncIterable<Uint8Array>,
  needles: readonly Needle[],
): Promise<{ readonly bytes: number; readonly found: ReadonlySet<string> }> => {
  const longest = Math.max(...needles.map(({ bytes }) => bytes.length));
  const found = new Set<string>();
  let bytes = 0;
  let piece = Buffer.alloc(0);
  const look = (upTo: number): void => {
    for (const one of needles) if (!found.has(one.name) && occursIn(piece, upTo, one)) found.add(one.name);
  };
  for await (const chunk of chunks) {
    bytes += chunk.length;
    piece = Buffer.concat([piece, chunk]);
    // What ends at the seam is judged once the character after it is there.
    look(piece.length - widest);
    piece = Buffer.from(piece.subarray(Math.max(0, piece.length - longest - 2 * widest)));
  }
  look(piece.length);
  return { bytes, found };
};
