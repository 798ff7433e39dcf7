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

/** Whether a text lies between two places of these bytes. */
const occursIn = (bytes: Buffer, from: number, upTo: number, wanted: Needle): boolean => {
  const next = (start: number): number => bytes.indexOf(wanted.bytes, start);
  for (let at = next(from); at >= 0 && at + wanted.bytes.length <= upTo; at = next(at + 1))
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
  // What stood before a piece that was cut is not known, and was judged before the cut.
  let from = 0;
  const look = (upTo: number): void => {
    for (const one of needles) if (!found.has(one.name) && occursIn(piece, from, upTo, one)) found.add(one.name);
  };
  for await (const chunk of chunks) {
    bytes += chunk.length;
    piece = Buffer.concat([piece, chunk]);
    // What ends at the seam is judged once the character after it is there.
    look(piece.length - widest);
    const cut = piece.length - longest - 2 * widest;
    if (cut <= 0) continue;
    piece = Buffer.from(piece.subarray(cut));
    from = widest;
  }
  look(piece.length);
  return { bytes, found };
};
