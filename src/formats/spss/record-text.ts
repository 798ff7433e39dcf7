import { recordSeparators } from "../delivered.ts";

/** Text that grows at its end and is handed out in pieces; nothing is allocated per cell. */
export interface RecordText {
  /** Makes room for so many bytes, which must be asked for before they are added. */
  readonly reserve: (bytes: number) => void;
  readonly byte: (byte: number) => void;
  /** Digits of a whole number from 0 to 999,999,999. */
  readonly digits: (value: number) => void;
  readonly ascii: (text: string) => void;
  /** Any bytes of UTF-8 but a line break or a separator, which become a space. */
  readonly cell: (bytes: Uint8Array, start: number, end: number) => void;
  /** Pieces that are full, or all of it. */
  readonly take: (which: "full" | "all") => readonly Uint8Array[];
}

const pieceBytes = 1 << 16;
const SPACE = 32;
const LF = 10;
const CR = 13;
const separator = recordSeparators.cell.charCodeAt(0);

export const recordText = (): RecordText => {
  let bytes = Buffer.allocUnsafe(pieceBytes);
  let length = 0;
  let full: Uint8Array[] = [];

  const renew = (atLeast: number): void => {
    if (length > 0) full.push(bytes.subarray(0, length));
    bytes = Buffer.allocUnsafe(Math.max(pieceBytes, atLeast));
    length = 0;
  };
  const digits = (value: number): void => {
    let scale = 1;
    while (scale * 10 <= value) scale *= 10;
    for (let rest = value; scale >= 1; scale = Math.floor(scale / 10)) {
      const digit = Math.floor(rest / scale);
      bytes[length++] = 48 + digit;
      rest -= digit * scale;
    }
  };
  const cell = (from: Uint8Array, start: number, end: number): void => {
    for (let k = start; k < end; k += 1) {
      const byte = from[k]!;
      if (byte === CR && from[k + 1] === LF && k + 1 < end) continue;
      const breaks = byte === LF || byte === CR || byte === separator || byte === 0;
      bytes[length++] = breaks ? SPACE : byte;
    }
  };
  const take = (which: "full" | "all"): readonly Uint8Array[] => {
    if (which === "all") renew(pieceBytes);
    const taken = full;
    full = [];
    return taken;
  };
  return {
    reserve: (count) => {
      if (length + count > bytes.length) renew(count);
    },
    byte: (byte) => {
      bytes[length++] = byte;
    },
    digits,
    ascii: (text) => {
      length += bytes.write(text, length, "latin1");
    },
    cell,
    take,
  };
};
