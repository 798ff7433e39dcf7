import { meets } from "../../formats/conditions.ts";
import { tidyText } from "../../study/fold.ts";
import type { Condition } from "../../study/study.ts";
import type { DeliveredFile } from "../deliveries/delivered-table.ts";
import { readRecords } from "../deliveries/records.ts";
import { respondentId } from "./pseudonym.ts";

/** Where a file says who answered: columns by their place in the header. */
export interface IdentityColumns {
  readonly respondent: number | null;
  /** Who answers where the file names no respondent: leaders of themselves. */
  readonly leader: number | null;
  /** By which the leaders' own records are told from what others answered about them in the same table. */
  readonly own: readonly { readonly column: number; readonly condition: Condition }[];
  /** Who is rated by somebody else. */
  readonly rated: number | null;
}

export type IsPerson = (id: string) => boolean;

/** A shorter text is found by chance: as an answer, in a date, in a count. */
export const shortestTelling = 5;

/** Cells beyond the header that an id may have moved into. */
const mostBeyond = 1000;

/** A record as it was read: its cells as texts, made only where they are asked for. */
interface ReadRecord {
  readonly line: number;
  readonly count: number;
  readonly cell: (column: number) => string;
}

const isOwn = ({ cell }: ReadRecord, { own }: IdentityColumns): boolean =>
  own.every(({ column, condition }) => meets(condition, cell(column)));

const isNamedIn = (record: ReadRecord, columns: IdentityColumns, isPerson: IsPerson): boolean => {
  const { respondent, leader } = columns;
  const named = respondent === null ? "" : respondentId(record.cell(respondent));
  const id = named === "" && leader !== null && isOwn(record, columns) ? tidyText(record.cell(leader)) : named;
  return id !== "" && isPerson(id);
};

/**
 * Whether a record whose cells do not fit the header is of a person: a separator too many moves the id, and it may stand
 * anywhere. What is so short that it may be an answer counts only where no other text stands before it.
 */
const isNamedAnywhere = (record: ReadRecord, identities: readonly IdentityColumns[], isPerson: IsPerson): boolean => {
  const texts = Array.from({ length: record.count }, (_, column) => tidyText(record.cell(column)));
  const places = identities.flatMap((one) => {
    const ownPlace = one.leader !== null && isOwn(record, one) ? one.leader : null;
    return [one.respondent, ownPlace].filter((place) => place !== null);
  });
  if (places.length === 0) return false;
  const rated = new Set(identities.map((one) => one.rated).filter((place) => !places.includes(place ?? -1)));
  const firstTexts = places.map((place) => texts.findIndex((text, column) => column >= place && text !== ""));
  return texts.some(
    (text, column) =>
      text !== "" &&
      (firstTexts.includes(column) || (text.length >= shortestTelling && !rated.has(column))) &&
      isPerson(text),
  );
};

/** Of neighbours that do not fit the header, those which a line end inside a cell made of one record, this one among them. */
const piecesOfOne = <R extends { readonly count: number }>(run: readonly R[], one: number, columns: number) => {
  for (let length = 2; length <= run.length; length += 1)
    for (let first = Math.max(0, one - length + 1); first <= one && first + length <= run.length; first += 1) {
      const pieces = run.slice(first, first + length);
      if (pieces.reduce((sum, { count }) => sum + count - 1, 1) === columns) return pieces;
    }
  return run.slice(one, one + 1);
};

const decoder = new TextDecoder();

/** The bytes of a record's cells: few of them are ever looked at. */
const recordCells = () => {
  let bytes = new Uint8Array(1 << 12);
  let ends: number[] = [];
  const cell = (column: number): string => {
    const end = ends[column];
    return end === undefined ? "" : decoder.decode(bytes.subarray(column === 0 ? 0 : ends[column - 1], end));
  };
  return {
    add: (from: Uint8Array, start: number, end: number): void => {
      const at = ends.at(-1) ?? 0;
      const needed = at + end - start;
      if (needed > bytes.length) {
        const larger = new Uint8Array(2 * needed);
        larger.set(bytes);
        bytes = larger;
      }
      bytes.set(from.subarray(start, end), at);
      ends.push(needed);
    },
    record: (line: number): ReadRecord => ({ line, count: ends.length, cell }),
    clear: (): void => {
      ends = [];
    },
  };
};

/** Physical lines of a file on which records of a person begin. */
export const linesOf = async (
  file: DeliveredFile,
  identities: readonly IdentityColumns[],
  isPerson: IsPerson,
): Promise<readonly number[]> => {
  const isOne = (record: ReadRecord): boolean => identities.some((columns) => isNamedIn(record, columns, isPerson));
  const { lines } = await readRecords(file, () => {
    const lines = new Set<number>();
    const cells = recordCells();
    let unfit: { readonly line: number; readonly count: number; readonly isOne: boolean }[] = [];
    let isAfterOne = false;
    const closeRun = (): void => {
      for (const [place, { isOne }] of unfit.entries())
        if (isOne) for (const { line } of piecesOfOne(unfit, place, file.columns.length)) lines.add(line);
      // A line without a separator goes on with the last cell of the record before it.
      for (const { line, count } of unfit) {
        if (count === 1 && isAfterOne) lines.add(line);
        isAfterOne = lines.has(line);
      }
      unfit = [];
    };
    const sink = {
      beyond: mostBeyond,
      cell: (_: number, bytes: Uint8Array, start: number, end: number): void => cells.add(bytes, start, end),
      record: (line: number): void => {
        if (unfit.length > 0) closeRun();
        isAfterOne = isOne(cells.record(line));
        if (isAfterOne) lines.add(line);
        cells.clear();
      },
      reject: ({ line }: { readonly line: number }): void => {
        const record = cells.record(line);
        const isTheirs = isOne(record) || isNamedAnywhere(record, identities, isPerson);
        unfit.push({ line, count: record.count, isOne: isTheirs });
        cells.clear();
      },
    };
    const done = () => {
      closeRun();
      return { lines: [...lines].sort((a, b) => a - b) };
    };
    return { sink, wanted: file.columns.map(() => true), done };
  });
  return lines;
};
