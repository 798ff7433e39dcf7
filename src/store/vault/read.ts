import { DuckDBDoubleVector, DuckDBListVector, type DuckDBResultReader, type DuckDBVector } from "@duckdb/node-api";
import { type BaseType, baseType, type ColumnType, type Row, type Table } from "../../tables/table.ts";
import { asset } from "../assets.ts";
import { type Repeats, repeatColumns } from "../repeat-columns.ts";
import { guarded, messageOf, type Vault } from "./open.ts";
import { execute, type Parameters, run } from "./query.ts";

const converters: Readonly<Partial<Record<BaseType, (value: unknown) => unknown>>> = {
  integer: Number,
  huge: Number,
  date: (value) => (value as Date).toISOString().slice(0, 10),
  integers: (value) => (value as readonly unknown[]).map(Number),
  huges: (value) => (value as readonly unknown[]).map(Number),
};

const convert = (values: readonly unknown[], type: ColumnType): readonly unknown[] => {
  const converter = converters[baseType(type)];
  return converter ? values.map((value) => (value === null ? null : converter(value))) : values;
};

const refuseNull = (table: Table, name: string, type: ColumnType, values: readonly unknown[]): void => {
  if (!type.endsWith("?") && values.includes(null)) throw new Error(`${table.name}.${name} holds null`);
};

const columnsOf = <T extends Table>(
  table: T,
  reader: DuckDBResultReader,
  sqlPath: string,
): { readonly [K in keyof T["columns"]]: readonly Row<T>[K][] } => {
  const names = reader.columnNames();
  const columns = reader.getColumnsJS();
  const entries = Object.entries(table.columns).map(([name, type]) => {
    const index = names.indexOf(name);
    if (index < 0) throw new Error(`${sqlPath} has no column ${name}`);
    const values = columns[index] ?? [];
    refuseNull(table, name, type, values);
    return [name, convert(values, type)];
  });
  return Object.fromEntries(entries);
};

const rowsOf = <T extends Table>(table: T, reader: DuckDBResultReader, sqlPath: string): Row<T>[] => {
  const columns = columnsOf(table, reader, sqlPath);
  const names = Object.keys(table.columns) as (keyof T["columns"])[];
  const length = names[0] === undefined ? 0 : columns[names[0]].length;
  return Array.from(
    { length },
    (_, row) => Object.fromEntries(names.map((name) => [name, columns[name][row]])) as Row<T>,
  );
};

/** The columns of a query, by name, as the contract types them. */
export const readColumns = async <T extends Table>(
  vault: Vault,
  table: T,
  sqlPath: string,
  parameters: Parameters = {},
): Promise<{ readonly [K in keyof T["columns"]]: readonly Row<T>[K][] }> =>
  columnsOf(table, await execute(vault, asset(sqlPath), parameters), sqlPath);

/** The rows of a query, as the contract types them. */
export const read = async <T extends Table>(
  vault: Vault,
  table: T,
  sqlPath: string,
  parameters: Parameters = {},
): Promise<Row<T>[]> => rowsOf(table, await execute(vault, asset(sqlPath), parameters), sqlPath);

/** As `read`, for a query that repeats fragments by column. */
export const readRepeated = async <T extends Table>(
  vault: Vault,
  table: T,
  sqlPath: string,
  repeats: Repeats,
  parameters: Parameters = {},
): Promise<Row<T>[]> =>
  rowsOf(table, await execute(vault, repeatColumns(asset(sqlPath), repeats), parameters), sqlPath);

/** Numbers of one chunk of a column of doubles, or of lists of doubles one after the other. */
const numbersOf = (vector: DuckDBVector): Float64Array => {
  const values = vector instanceof DuckDBListVector ? vector.childVector : vector;
  if (!(values instanceof DuckDBDoubleVector)) throw new Error("a column of numbers holds something else");
  const numbers = new Float64Array(values.itemCount);
  for (let at = 0; at < numbers.length; at += 1) {
    const value = values.getItem(at);
    if (value === null) throw new Error("a column of numbers holds null");
    numbers[at] = value;
  }
  return numbers;
};

const concatenated = (parts: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/**
 * The columns of a query whose columns are all doubles or lists of doubles (flattened, row by row): nothing is boxed, so
 * that it costs little for a row per leader and wave.
 */
export const readNumbers = async (
  vault: Vault,
  sqlPath: string,
  parameters: Parameters = {},
): Promise<Readonly<Record<string, Float64Array>>> =>
  guarded(async () => {
    const result = await run(vault, asset(sqlPath), parameters);
    const names = result.columnNames();
    const parts = names.map((): Float64Array[] => []);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      for (const [at, part] of parts.entries()) part.push(numbersOf(chunk.getColumnVector(at)));
    }
    return Object.fromEntries(names.map((name, at) => [name, concatenated(parts[at] ?? [])]));
  });

/** Writes the rows of a query to a file of comma-separated values. */
export const copyOut = async (
  vault: Vault,
  sqlPath: string,
  file: string,
  parameters: Parameters = {},
): Promise<void> => {
  await execute(vault, `COPY (${asset(sqlPath)}) TO '${file.replaceAll("'", "''")}' (FORMAT csv, HEADER)`, parameters);
};

/** Columns of a table or view, none where there is none. A query of the catalog would first bind all of DuckDB's own views. */
const storedColumns = async (vault: Vault, name: string): Promise<ReadonlySet<unknown>> => {
  try {
    const found = await execute(vault, "SELECT name FROM pragma_table_info($name)", { name });
    return new Set(found.getColumnsJS()[0]);
  } catch (error) {
    if (/^Catalog Error: Table .* does not exist/.test(messageOf(error))) return new Set();
    throw error;
  }
};

/** Whether there is a table of exactly the columns that its contract names. */
export const exists = async (vault: Vault, table: Table): Promise<boolean> => {
  const present = await storedColumns(vault, table.name);
  const wanted = Object.keys(table.columns);
  return present.size === wanted.length && wanted.every((column) => present.has(column));
};
