import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Table } from "../../tables/table.ts";
import type { Vault } from "./open.ts";
import { execute } from "./query.ts";

const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const tableNames = async (vault: Vault): Promise<readonly string[]> => {
  const found = await execute(vault, "SELECT table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary");
  return found.getRowsJS().map(([name]) => String(name));
};

/** Drops every table and view but these. */
export const keepOnly = async (vault: Vault, tables: readonly Table[]): Promise<void> => {
  const kept = new Set(tables.map(({ name }) => name));
  const found = await execute(
    vault,
    "SELECT 'VIEW', view_name FROM duckdb_views() WHERE NOT internal UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE NOT internal ORDER BY 1 DESC",
  );
  const rows = found.getRowsJS().map(([kind, name]) => [String(kind), String(name)] as const);
  for (const [kind, name] of rows) if (!kept.has(name)) await execute(vault, `DROP ${kind} IF EXISTS ${ident(name)}`);
};

/** Removes the rows whose text in a column is one of these. */
export const removeListed = async (
  vault: Vault,
  table: Table,
  column: string,
  texts: readonly string[],
): Promise<void> => {
  await execute(vault, `DELETE FROM ${ident(table.name)} WHERE list_contains($texts, ${ident(column)})`, { texts });
};

/** Copies the vault into a file of its own that nothing was ever deleted from. */
export const copyVault = async (
  vault: Vault,
  target: string,
  compression: "auto" | "uncompressed" = "auto",
): Promise<void> => {
  await rm(target, { force: true });
  const [name] = (await execute(vault, "SELECT current_database()")).getRowsJS()[0] ?? [];
  await execute(vault, `SET force_compression = '${compression}'`);
  try {
    await execute(vault, `ATTACH ${quoted(target)} AS copied`);
    await execute(vault, `COPY FROM DATABASE ${ident(String(name))} TO copied`);
    await execute(vault, "CHECKPOINT copied");
    await execute(vault, "DETACH copied");
  } finally {
    await execute(vault, "SET force_compression = 'auto'");
  }
};

/**
 * Puts a new file in the place of the vault's: a database leaves deleted text in its free blocks and its log of writes.
 * The vault that is open is the former file, and has to be closed and opened again.
 */
export const renewVault = async (vault: Vault, studyFolder: string): Promise<void> => {
  const folder = join(studyFolder, ".spejl");
  const next = join(folder, "vault.next.duckdb");
  await copyVault(vault, next);
  await execute(vault, "CHECKPOINT");
  await rename(next, join(folder, "vault.duckdb"));
  await rm(`${next}.wal`, { force: true });
};
