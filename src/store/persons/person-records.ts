import { tidyText } from "../../study/fold.ts";
import type { DeliveredFile } from "../deliveries/delivered-table.ts";
import { readRecords } from "../deliveries/records.ts";
import { respondentId } from "./pseudonym.ts";

/** Where a file says who answered: columns by their place in the header. */
export interface IdentityColumns {
  readonly respondent: number | null;
  /** Who answers where the file names no respondent: leaders of themselves. */
  readonly leader: number | null;
}

export type IsPerson = (id: string) => boolean;

/** A shorter cell of a malformed record is more likely an answer than somebody's id. */
const shortestId = 4;

/** Whether a record is of a person: by its columns of ids; of one whose cells do not fit the header, by any of them. */
export const isRecordOf = (
  identities: readonly IdentityColumns[],
  isPerson: IsPerson,
): ((cells: readonly string[], whole: boolean) => boolean) => {
  const idOf = (cells: readonly string[], { respondent, leader }: IdentityColumns): string => {
    const own = respondent === null ? "" : respondentId(cells[respondent] ?? "");
    return own === "" && leader !== null ? tidyText(cells[leader] ?? "") : own;
  };
  const isId = (id: string): boolean => id !== "" && isPerson(id);
  return (cells, whole) =>
    identities.some((columns) => isId(idOf(cells, columns))) ||
    (!whole && cells.some((cell) => cell.length >= shortestId && isId(tidyText(cell))));
};

const decoder = new TextDecoder();

/** Physical lines of a file on which records of a person begin. */
export const linesOf = async (
  file: DeliveredFile,
  identities: readonly IdentityColumns[],
  isPerson: IsPerson,
): Promise<readonly number[]> => {
  const isOne = isRecordOf(identities, isPerson);
  const { lines } = await readRecords(file, () => {
    const lines: number[] = [];
    let cells: string[] = [];
    const close = (line: number, whole: boolean): void => {
      if (isOne(cells, whole)) lines.push(line);
      cells = [];
    };
    const sink = {
      cell: (_: number, bytes: Uint8Array, start: number, end: number): void => {
        cells.push(start === end ? "" : decoder.decode(bytes.subarray(start, end)));
      },
      record: (line: number) => close(line, true),
      reject: ({ line }: { readonly line: number }) => close(line, false),
    };
    return { sink, wanted: file.columns.map(() => true), done: () => ({ lines }) };
  });
  return lines;
};
