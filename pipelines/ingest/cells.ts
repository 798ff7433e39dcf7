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
  /** Text of the column that is read as it is, of this record alone: it is taken once. */
  readonly verbatim: () => string;
  /** The record's cells have all come: texts that are new stand first on its line. */
  readonly close: (line: number) => void;
  /** Physical line on which a text of a column stands first. */
  readonly lineOf: (column: PlacedColumn, place: number) => number;
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

/** Reads cells by their texts, so that each text is understood once, however many cells hold it. */
export const readCells = (file: DeliveredFile, uses: readonly Use[], verbatim: PlacedColumn | null): Cells => {
  const slots = slotsOf(uses);
  const bySlot = new Int32Array(file.columns.length).fill(-1);
  slots.forEach((slot, index) => {
    bySlot[slot.column.column] = index;
  });
  const asItIs = verbatim?.column ?? -1;
  const entries = new Int32Array(slots.length);
  let newest: Slot[] = [];
  let text = "";
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
      if (column === asItIs) text = start === end ? "" : decoder.decode(bytes.subarray(start, end));
      const index = bySlot[column] as number;
      if (index < 0) return;
      const slot = slots[index] as Slot;
      const entry = slot.texts.indexOf(bytes, start, end);
      entries[index] = entry;
      if (entry >= slot.known) learn(slot, entry, end - start);
    },
    verbatim: () => {
      const taken = text;
      text = "";
      return taken;
    },
    close: (line) => {
      if (newest.length === 0) return;
      for (const slot of newest) slot.lines.push(line);
      newest = [];
    },
    lineOf: ({ column }, place) => slots[bySlot[column] as number]?.lines[place] ?? file.firstLine,
  };
};
