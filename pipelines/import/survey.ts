import { meets } from "../../src/formats/conditions.ts";
import type { PlacedCondition } from "../../src/formats/matching/completed.ts";
import type { SurveyedColumn } from "../../src/formats/matching/surveyed.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import { readRecords } from "../../src/store/deliveries/records.ts";
import { tidyText } from "../../src/study/fold.ts";

/** What the cells of a file hold, in the rows that are meant. */
export interface Survey {
  readonly rows: number;
  /** Rows that the conditions leave out. */
  readonly skipped: number;
  readonly columns: readonly SurveyedColumn[];
}

/** Of a column with more different texts than these the first are enough to tell what it is. */
const mostTexts = 1 << 17;
const decoder = new TextDecoder();

/** Counts the texts of every column but those that identify a person, which are not read. */
export const surveyFile = (file: DeliveredFile, conditions: readonly PlacedCondition[]): Promise<Survey> =>
  readRecords(file, () => {
    const texts = file.columns.map(() => new Map<string, number>());
    const filled = file.columns.map(() => 0);
    let cells: string[] = [];
    let [rows, skipped] = [0, 0];
    const count = (): void => {
      rows += 1;
      for (const [column, text] of cells.entries()) {
        if (text === undefined || text === "") continue;
        filled[column]! += 1;
        const known = texts[column]!;
        if (known.size < mostTexts || known.has(text)) known.set(text, (known.get(text) ?? 0) + 1);
      }
    };
    const sink = {
      cell: (column: number, bytes: Uint8Array, start: number, end: number) => {
        cells[column] = start === end ? "" : tidyText(decoder.decode(bytes.subarray(start, end)));
      },
      record: () => {
        if (conditions.every(({ column, condition }) => meets(condition, cells[column] ?? ""))) count();
        else skipped += 1;
        cells = [];
      },
      reject: () => {
        cells = [];
      },
    };
    const columns = file.columns.map((described, k) => ({ described, texts: texts[k]!, filled: filled[k]! }));
    return {
      sink,
      wanted: file.columns.map(({ personal }) => !personal),
      done: () => ({ rows, skipped, columns: columns.map((one, k) => ({ ...one, filled: filled[k]! })) }),
    };
  });
