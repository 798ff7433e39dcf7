import { inflateSync } from "node:zlib";

const padded = (length: number): number => (length + 3) & ~3;

/** The font within a WOFF file (W3C, WOFF 1.0): its tables are those of an OpenType font, each packed by itself. */
export const fontOfWoff = (woff: Buffer): Buffer => {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = 44 + 20 * index;
    const [at, packed, size] = [4, 8, 12].map((offset) => woff.readUInt32BE(entry + offset)) as [
      number,
      number,
      number,
    ];
    const bytes = woff.subarray(at, at + packed);
    return {
      tag: woff.readUInt32BE(entry),
      checksum: woff.readUInt32BE(entry + 16),
      data: packed < size ? inflateSync(bytes) : bytes,
    };
  });
  const head = 12 + 16 * count;
  const font = Buffer.alloc(tables.reduce((sum, { data }) => sum + padded(data.length), head));
  const power = Math.floor(Math.log2(count));
  font.writeUInt32BE(woff.readUInt32BE(4), 0);
  font.writeUInt16BE(count, 4);
  font.writeUInt16BE(16 << power, 6);
  font.writeUInt16BE(power, 8);
  font.writeUInt16BE(16 * count - (16 << power), 10);
  let at = head;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const entry = 12 + 16 * index;
    for (const [place, value] of [tag, checksum, at, data.length].entries())
      font.writeUInt32BE(value, entry + 4 * place);
    data.copy(font, at);
    at += padded(data.length);
  }
  return font;
};
