import {
  DOUBLE,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  SMALLINT,
  UINTEGER,
  UTINYINT,
  VARCHAR,
} from "@duckdb/node-api";
import { type BaseType, baseType, type Table } from "../../tables/table.ts";
import { guarded, type Vault } from "./open.ts";

/** Types that rows can be written in one by one. */
const types: Partial<Readonly<Record<BaseType, DuckDBType>>> = {
  text: VARCHAR,
  small: UTINYINT,
  short: SMALLINT,
  whole: UINTEGER,
  number: DOUBLE,
};

/** Most rows that DuckDB takes at a time. */
const chunkRows = 2048;

/** Writes rows into a table without a query for each. */
export interface RowWriter {
  /** Sets a cell of the row that is being written, by the place of its column in the contract. */
  readonly set: (column: number, value: DuckDBValue) => void;
  /** As `set`, of columns side by side. */
  readonly setNumbers: (first: number, values: Float64Array) => void;
  /** The row is whole: every column has been set. Before this, a row can be begun anew. */
  readonly next: () => void;
  readonly close: () => Promise<void>;
}

/** Opens a table for rows that come one by one, within the running transaction. */
export const writeRows = async (vault: Vault, table: Table): Promise<RowWriter> => {
  const columns = Object.values(table.columns).map((type) => {
    const found = types[baseType(type)];
    if (found === undefined) throw new Error(`rows of ${table.name} cannot be written one by one`);
    return found;
  });
  const appender = await vault.connection.createAppender(table.name);
  const chunk = DuckDBDataChunk.create(columns, chunkRows);
  const vectorsOf = () => columns.map((_, index) => chunk.getColumnVector(index));
  let vectors = vectorsOf();
  let row = 0;
  /** Numbers of the rows, one row after the other: written column by column, which is several times faster. */
  const numbers = new Float64Array(columns.length * chunkRows);
  const numbered = new Uint8Array(columns.length);
  const flush = (): void => {
    if (row === 0) return;
    vectors.forEach((vector, column) => {
      if (numbered[column] === 1)
        for (let r = 0, at = column; r < row; r += 1, at += columns.length) vector.setItem(r, numbers[at] as number);
      vector.flush();
    });
    chunk.rowCount = row;
    appender.appendDataChunk(chunk);
    chunk.reset();
    chunk.rowCount = chunkRows;
    vectors = vectorsOf();
    row = 0;
  };
  return {
    set: (column, value) => vectors[column]?.setItem(row, value),
    setNumbers: (first, values) => {
      numbers.set(values, row * columns.length + first);
      numbered.fill(1, first, first + values.length);
    },
    next: () => {
      row += 1;
      if (row === chunkRows) flush();
    },
    close: () =>
      guarded(async () => {
        flush();
        appender.closeSync();
      }),
  };
};
