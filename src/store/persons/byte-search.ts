import { Buffer } from "node:buffer";

/** A text that is looked for. `apart`: only where it is not a part of a longer word or number. */
export interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
  readonly apart: boolean;
}

export const needle = (name: string, text: string, apart: boolean): readonly Needle[] => [
  { name, bytes: Buffer.from(text, "utf8"), apart },
  { name, bytes: Buffer.from(text, "utf16le"), apart },
];

const isOfWord = (byte: number | undefined): boolean =>
  byte !== undefined && (byte > 0x7f || /[A-Za-z0-9_-]/.test(String.fromCharCode(byte)));

const isAt = (bytes: Buffer, at: number, { bytes: wanted, apart }: Needle): boolean =>
  !apart || !(isOfWord(bytes[at - 1]) || isOfWord(bytes[at + wanted.length]));

const occursIn = (bytes: Buffer, wanted: Needle): boolean => {
  for (let at = bytes.indexOf(wanted.bytes); at >= 0; at = bytes.indexOf(wanted.bytes, at + 1))
    if (isAt(bytes, at, wanted)) return true;
  return false;
};

/** Which needles stand in a text that comes in chunks, and how many bytes it has. */
export const searchBytes = async (
  chunks: AsyncIterable<Uint8Array>,
  needles: readonly Needle[],
): Promise<{ readonly bytes: number; readonly found: ReadonlySet<string> }> => {
  const longest = Math.max(...needles.map(({ bytes }) => bytes.length)) + 1;
  const found = new Set<string>();
  let bytes = 0;
  let before = Buffer.alloc(0);
  const look = (piece: Buffer): void => {
    for (const one of needles) if (!found.has(one.name) && occursIn(piece, one)) found.add(one.name);
  };
  for await (const chunk of chunks) {
    bytes += chunk.length;
    const piece = Buffer.concat([before, chunk]);
    // What ends at the seam is judged once the byte after it is there.
    look(piece.subarray(0, Math.max(0, piece.length - 1)));
    before = Buffer.from(piece.subarray(Math.max(0, piece.length - longest)));
    if (piece.length <= longest) before = piece;
  }
  look(before);
  return { bytes, found };
};
