import { Refusal } from "../../src/errors.ts";
import { type CellTexts, cellTexts } from "../../src/formats/cell-texts.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import type { PlacedColumn } from "./columns.ts";
import type { Reader } from "./readers.ts";

/** The cells of the record that is being read, each as the place of its text among the texts of its column. */
export interface Cells {
  /** By column of the file, whether its cells are read. */
  readonly wanted: readonly boolean[];
  /** By slot; a slot is a column that is read. */
  readonly entries: Int32Array;
  /** Slot of a column; -1 for none. */
  readonly slotOf: (column: PlacedColumn | null) => number;
  readonly cell: (column: number, bytes: Uint8Array, start: number, end: number) => void;
  /** The cell of the column that is read as it is, of this record alone: empty where the record has none. */
  readonly verbatim: Verbatim;
  /** The record's cells have all come: texts that are new stand first on its line. */
  readonly close: (line: number) => void;
  /** Physical line on which a text of a column stands first. */
  readonly lineOf: (column: PlacedColumn, place: number) => number;
}

/** A cell that is seldom the same twice. */
export interface Verbatim {
  /** The cell is the first `length` of these. */
  readonly bytes: () => Uint8Array;
  readonly length: () => number;
  /**
   * Whether it has a digit and otherwise visible ASCII characters only: nothing to tidy, no word for a missing value; and
   * neither a zero in front nor a fraction that ends in one: no number that others may write otherwise.
   */
  readonly isPlain: () => boolean;
  readonly text: () => string;
}

/** Most different texts in the used columns of a file, and most bytes of them. */
const mostTexts = 1 << 20;
const mostTextBytes = 1 << 26;

interface Slot {
  readonly column: PlacedColumn;
  readonly texts: CellTexts;
  readonly readers: Reader[];
  readonly lines: number[];
  known: number;
}

/** A column and what reads it; null where the file has none. */
export type Use = readonly [PlacedColumn | null, Reader | null];

const slotsOf = (uses: readonly Use[]): readonly Slot[] => {
  const slots = new Map<number, Slot>();
  for (const [column, reader] of uses) {
    if (column === null || reader === null) continue;
    const slot = slots.get(column.column) ?? { column, texts: cellTexts(), readers: [], lines: [], known: 0 };
    slot.readers.push(reader);
    slots.set(column.column, slot);
  }
  return [...slots.values()];
};

const decoder = new TextDecoder();

const verbatimCell = () => {
  let bytes = new Uint8Array(1 << 8);
  let length = 0;
  let [plain, isNew] = [false, false];
  const set = (from: Uint8Array, start: number, end: number): void => {
    length = end - start;
    isNew = true;
    if (length > bytes.length) bytes = new Uint8Array(2 * length);
    let [visible, digits, isFraction] = [true, 0, false];
    for (let k = 0; k < length; k += 1) {
      const byte = from[start + k] as number;
      bytes[k] = byte;
      if (byte < 0x21 || byte > 0x7e) visible = false;
      else if (byte >= 0x30 && byte <= 0x39) digits += 1;
      else if (byte === 0x2e || byte === 0x2c) isFraction = true;
    }
    plain = visible && digits > 0 && bytes[0] !== 0x30 && !(isFraction && bytes[length - 1] === 0x30);
  };
  const cell: Verbatim = {
    bytes: () => bytes,
    length: () => length,
    isPlain: () => plain,
    text: () => decoder.decode(bytes.subarray(0, length)),
  };
  /** The record is whole: a cell that came before its cells is of another. */
  const close = (): void => {
    if (!isNew) [length, plain] = [0, false];
    isNew = false;
  };
  return { set, close, cell };
};

/** Reads cells by their texts, so that each text is understood once, however many cells hold it. */
export const readCells = (file: DeliveredFile, uses: readonly Use[], verbatim: PlacedColumn | null): Cells => {
  const slots = slotsOf(uses);
  const bySlot = new Int32Array(file.columns.length).fill(-1);
  slots.forEach((slot, index) => {
    bySlot[slot.column.column] = index;
  });
  const asItIs = verbatim?.column ?? -1;
  const entries = new Int32Array(slots.length);
  /** By column and byte, the place of a text of one byte: most answers are one. */
  const ofOneByte = new Int32Array(file.columns.length << 8).fill(-1);
  let newest: Slot[] = [];
  const kept = verbatimCell();
  let [texts, textBytes] = [0, 0];

  const learn = (slot: Slot, entry: number, bytes: number): void => {
    slot.known = entry + 1;
    texts += 1;
    textBytes += bytes;
    if (texts > mostTexts || textBytes > mostTextBytes)
      throw new Refusal({
        code: "values-many",
        place: { file: file.name, column: slot.column.name },
        limit: mostTexts,
      });
    const learnt = slot.texts.text(entry);
    for (const reader of slot.readers) reader.learn(learnt);
    newest.push(slot);
  };
  return {
    wanted: file.columns.map((_, column) => bySlot[column] !== -1 || column === asItIs),
    entries,
    slotOf: (column) => (column === null ? -1 : (bySlot[column.column] as number)),
    cell: (column, bytes, start, end) => {
      const isOneByte = end - start === 1 && column !== asItIs;
      const known = isOneByte ? (ofOneByte[(column << 8) | (bytes[start] as number)] as number) : -1;
      if (known >= 0) {
        entries[bySlot[column] as number] = known;
        return;
      }
      if (column === asItIs) kept.set(bytes, start, end);
      const index = bySlot[column] as number;
      if (index < 0) return;
      const slot = slots[index] as Slot;
      const entry = slot.texts.indexOf(bytes, start, end);
      entries[index] = entry;
      if (isOneByte) ofOneByte[(column << 8) | (bytes[start] as number)] = entry;
      if (entry >= slot.known) learn(slot, entry, end - start);
    },
    verbatim: kept.cell,
    close: (line) => {
      kept.close();
      if (newest.length === 0) return;
      for (const slot of newest) slot.lines.push(line);
      newest = [];
    },
    lineOf: ({ column }, place) => slots[bySlot[column] as number]?.lines[place] ?? file.firstLine,
  };
};
