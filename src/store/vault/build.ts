import { type BaseType, baseType, type ColumnType, type Row, type Table } from "../../tables/table.ts";
import { asset } from "../assets.ts";
import { type Repeats, repeatColumns } from "../repeat-columns.ts";
import { guarded, type Vault } from "./open.ts";
import { execute, type Parameters, run } from "./query.ts";
import { exists } from "./read.ts";

const duckdbTypes: Readonly<Record<BaseType, string>> = {
  text: "VARCHAR",
  small: "UTINYINT",
  short: "SMALLINT",
  whole: "UINTEGER",
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

const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`;

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

/** Keeps a query that repeats fragments by column under the name of a table; nothing is stored but the query. */
export const keepView = async (vault: Vault, table: Table, sqlPath: string, repeats: Repeats): Promise<void> => {
  const former = await execute(vault, "SELECT 1 FROM duckdb_tables() WHERE table_name = $name", { name: table.name });
  if (former.currentRowCount > 0) await drop(vault, table);
  await execute(vault, `CREATE OR REPLACE VIEW ${ident(table.name)} AS ${repeatColumns(asset(sqlPath), repeats)}`);
};

/** Names a query that repeats fragments by column, for other queries to read as if it were a table; nothing is stored. */
export const view = async (vault: Vault, name: string, sqlPath: string, repeats: Repeats): Promise<void> => {
  await execute(vault, `CREATE OR REPLACE TEMP VIEW ${ident(name)} AS ${repeatColumns(asset(sqlPath), repeats)}`);
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

/** Removes the rows whose columns equal the given values. */
export const remove = async (
  vault: Vault,
  table: Table,
  equal: Readonly<Record<string, string | number>>,
): Promise<void> => {
  const condition = Object.keys(equal)
    .map((name) => `${ident(name)} = $${name}`)
    .join(" AND ");
  await execute(vault, `DELETE FROM ${ident(table.name)} WHERE ${condition}`, equal);
};

/** Makes a table of exactly its columns where there is none, or one of other columns: then what it held is gone. */
export const ensure = async (vault: Vault, table: Table): Promise<void> => {
  if (!(await exists(vault, table))) await create(vault, table);
};

/** Removes the rows of the parts that a query gives. */
export const removeParts = async (vault: Vault, table: Table, sqlPath: string): Promise<void> => {
  await execute(vault, `DELETE FROM ${ident(table.name)} WHERE part IN (${asset(sqlPath)})`);
};

/** Drops tables that only a running stage needs. */
export const drop = async (vault: Vault, ...tables: readonly Table[]): Promise<void> => {
  for (const { name } of tables) await execute(vault, `DROP TABLE IF EXISTS ${ident(name)}`);
};
