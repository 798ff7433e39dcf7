import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDoubleVector,
  DuckDBInstance,
  DuckDBListVector,
  DuckDBResultReader,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBVector,
  LIST,
  listValue,
  VARCHAR,
} from "@duckdb/node-api";
import { type Problem, Refusal } from "../errors.ts";
import type { ColumnType, Row, Table } from "../tables/table.ts";
import { asset } from "./assets.ts";
import { type Repeats, repeatColumns } from "./repeat-columns.ts";

/** The study's own database: responses under pseudonyms and what the stages made of them. */
export interface Vault extends Disposable {
  readonly connection: DuckDBConnection;
}

export type Parameters = Readonly<Record<string, DuckDBValue | readonly DuckDBValue[]>>;

const duckdbTypes: Readonly<Record<string, string>> = {
  text: "VARCHAR",
  small: "UTINYINT",
  integer: "BIGINT",
  number: "DOUBLE",
  boolean: "BOOLEAN",
  date: "DATE",
  numbers: "DOUBLE[]",
  integers: "BIGINT[]",
  texts: "VARCHAR[]",
  huge: "HUGEINT",
  huges: "HUGEINT[]",
};
const baseType = (type: ColumnType): string => type.replace("?", "");
const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const problemOf = (message: string): Problem | null => {
  const holder = /lock.*PID (\d+)/is.exec(message);
  if (holder) return { code: "study-held", pid: Number(holder[1]) };
  if (/No space left|disk.*full|max_temp_directory_size/i.test(message)) return { code: "disk-full", cause: message };
  if (/Out of Memory/i.test(message)) return { code: "memory-full", cause: message };
  return null;
};

/** Runs work on the database; a full disk, full memory or a held study comes back as a refusal. */
const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const problem = problemOf(messageOf(error));
    if (problem) throw new Refusal(problem);
    throw error;
  }
};

/** What queries may hold in memory; beyond it they spill to disk. */
const memoryLimit = "1GB";

/** Opens (or makes) the vault in a study's folder. Refuses when another process holds it. */
export const openVault = async (studyFolder: string): Promise<Vault> => {
  const folder = join(studyFolder, ".spejl");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return guarded(async () => {
    const instance = await DuckDBInstance.create(join(folder, "vault.duckdb"), {
      temp_directory: join(folder, "temp"),
      allow_community_extensions: "false",
      autoinstall_known_extensions: "false",
      preserve_insertion_order: "false",
      memory_limit: memoryLimit,
    });
    const connection = await instance.connect();
    return {
      connection,
      [Symbol.dispose]: () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  });
};

const bound = (value: Parameters[string]): DuckDBValue =>
  Array.isArray(value) ? listValue([...value]) : (value as DuckDBValue);

/** A list says its type by its first value; an empty one stands for texts. */
const isEmptyList = (value: Parameters[string]): boolean => Array.isArray(value) && value.length === 0;

/** The driver takes every whole number for a 64-bit integer, even one that none can hold. */
const isBeyondIntegers = (value: Parameters[string]): boolean =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);

const run = (vault: Vault, sql: string, parameters: Parameters) => {
  const types = Object.entries(parameters).flatMap(([name, value]): [string, DuckDBType][] => {
    if (isEmptyList(value)) return [[name, LIST(VARCHAR)]];
    return isBeyondIntegers(value) ? [[name, DOUBLE]] : [];
  });
  return vault.connection.run(
    sql,
    Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, bound(value as DuckDBValue)])),
    Object.fromEntries(types),
  );
};

const execute = (vault: Vault, sql: string, parameters: Parameters = {}) =>
  guarded(async () => {
    const reader = new DuckDBResultReader(await run(vault, sql, parameters));
    await reader.readAll();
    return reader;
  });

/** Everything in `work` is kept, or nothing is. */
export const transaction = async <T>(vault: Vault, work: () => Promise<T>): Promise<T> => {
  await execute(vault, "BEGIN");
  try {
    const result = await work();
    await execute(vault, "COMMIT");
    return result;
  } catch (error) {
    await vault.connection.run("ROLLBACK").catch(() => undefined);
    throw error;
  }
};

const columnDefinition = ([name, type]: readonly [string, ColumnType]): string =>
  `${ident(name)} ${duckdbTypes[baseType(type)]}${type.endsWith("?") ? "" : " NOT NULL"}`;

const create = async (vault: Vault, table: Table): Promise<void> => {
  const columns = Object.entries(table.columns).map(columnDefinition).join(", ");
  const kind = table.passing ? "TEMP TABLE" : "TABLE";
  await execute(vault, `CREATE OR REPLACE ${kind} ${ident(table.name)} (${columns})`);
};

const insertSelect = async (vault: Vault, table: Table, sql: string, parameters: Parameters): Promise<number> => {
  const result = await guarded(() => run(vault, `INSERT INTO ${ident(table.name)} BY NAME ${sql}`, parameters));
  return result.rowsChanged;
};

/** Makes a table anew from the SELECT in a file; the contract's columns, types and nulls hold, or nothing is made. */
export const build = async (
  vault: Vault,
  table: Table,
  sqlPath: string,
  parameters: Parameters = {},
): Promise<number> => {
  await create(vault, table);
  return insertSelect(vault, table, asset(sqlPath), parameters);
};

/** Adds the rows of the SELECT in a file to a table. */
export const extend = async (
  vault: Vault,
  table: Table,
  sqlPath: string,
  parameters: Parameters = {},
): Promise<number> => insertSelect(vault, table, asset(sqlPath), parameters);

/** As `extend`, for a query that repeats fragments by column. */
export const extendColumns = async (
  vault: Vault,
  table: Table,
  sqlPath: string,
  repeats: Repeats,
  parameters: Parameters = {},
): Promise<number> => insertSelect(vault, table, repeatColumns(asset(sqlPath), repeats), parameters);

/** As `build`, for a query that repeats fragments by column. */
export const buildColumns = async (
  vault: Vault,
  table: Table,
  sqlPath: string,
  repeats: Repeats,
  parameters: Parameters = {},
): Promise<number> => {
  await create(vault, table);
  return extendColumns(vault, table, sqlPath, repeats, parameters);
};

/** Adds records to a table: what comes from the study file, the roster or a report, never responses. */
export const append = async <T extends Table>(vault: Vault, table: T, rows: readonly Row<T>[]): Promise<void> => {
  const structure = JSON.stringify([
    Object.fromEntries(Object.entries(table.columns).map(([name, type]) => [name, duckdbTypes[baseType(type)]])),
  ]);
  const batch = 20_000;
  for (let start = 0; start < rows.length; start += batch) {
    await execute(
      vault,
      `INSERT INTO ${ident(table.name)} BY NAME SELECT unnest(from_json($rows::JSON, '${structure}'), recursive := true)`,
      { rows: JSON.stringify(rows.slice(start, start + batch)) },
    );
  }
};

/** Makes a table of exactly these records. */
export const write = async <T extends Table>(vault: Vault, table: T, rows: readonly Row<T>[]): Promise<void> => {
  await create(vault, table);
  await append(vault, table, rows);
};

/** Removes the rows whose columns equal the given texts. */
export const remove = async (vault: Vault, table: Table, equal: Readonly<Record<string, string>>): Promise<void> => {
  const condition = Object.keys(equal)
    .map((name) => `${ident(name)} = $${name}`)
    .join(" AND ");
  await execute(vault, `DELETE FROM ${ident(table.name)} WHERE ${condition}`, equal);
};

/** Removes the rows whose numbers a query gives. */
export const removeRows = async (vault: Vault, table: Table, sqlPath: string): Promise<void> => {
  await execute(vault, `DELETE FROM ${ident(table.name)} WHERE rowid IN (${asset(sqlPath)})`);
};

/** Puts a table in the place of another, with the columns that the other's contract names; no row is copied. */
export const replace = async (vault: Vault, table: Table, by: Table): Promise<void> => {
  await drop(vault, table);
  await execute(vault, `ALTER TABLE ${ident(by.name)} RENAME TO ${ident(table.name)}`);
  for (const name of Object.keys(by.columns).filter((name) => !(name in table.columns)))
    await execute(vault, `ALTER TABLE ${ident(table.name)} DROP COLUMN ${ident(name)}`);
  const required = Object.entries(table.columns).filter(
    ([name, type]) => !type.endsWith("?") && by.columns[name]?.endsWith("?"),
  );
  for (const [name] of required)
    await execute(vault, `ALTER TABLE ${ident(table.name)} ALTER COLUMN ${ident(name)} SET NOT NULL`);
};

/** Drops tables that only a running stage needs. */
export const drop = async (vault: Vault, ...tables: readonly Table[]): Promise<void> => {
  for (const { name } of tables) await execute(vault, `DROP TABLE IF EXISTS ${ident(name)}`);
};

const converters: Readonly<Record<string, (value: unknown) => unknown>> = {
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

/** The columns of a query, by name, as the contract types them. */
export const readColumns = async <T extends Table>(
  vault: Vault,
  table: T,
  sqlPath: string,
  parameters: Parameters = {},
): Promise<{ readonly [K in keyof T["columns"]]: readonly Row<T>[K][] }> => {
  const reader = await execute(vault, asset(sqlPath), parameters);
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

/** The rows of a query, as the contract types them. */
export const read = async <T extends Table>(
  vault: Vault,
  table: T,
  sqlPath: string,
  parameters: Parameters = {},
): Promise<Row<T>[]> => {
  const columns = await readColumns(vault, table, sqlPath, parameters);
  const names = Object.keys(table.columns) as (keyof T["columns"])[];
  const length = names[0] === undefined ? 0 : columns[names[0]].length;
  return Array.from(
    { length },
    (_, row) => Object.fromEntries(names.map((name) => [name, columns[name][row]])) as Row<T>,
  );
};

/** Whether a table has been built with the columns that its contract now names. */
export const exists = async (vault: Vault, table: Table): Promise<boolean> => {
  const found = await execute(vault, "SELECT column_name FROM duckdb_columns() WHERE table_name = $name", {
    name: table.name,
  });
  const present = new Set(found.getColumnsJS()[0]);
  return Object.keys(table.columns).every((column) => present.has(column));
};
