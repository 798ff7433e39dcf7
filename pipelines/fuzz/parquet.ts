import type { Buffer } from "node:buffer";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { asset } from "../../src/store/assets.ts";
import type { Table } from "./made-study.ts";

const csvOf = ({ header, rows }: Table): string =>
  [header, ...rows].map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`).join("");

const queries = { typed: "pipelines/fuzz/typed-parquet.sql", text: "pipelines/fuzz/text-parquet.sql" } as const;

/** The table as a Parquet file; null where it cannot be written as one. */
export const parquetOf = async (table: Table, columns: keyof typeof queries): Promise<Buffer | null> => {
  const folder = await mkdtemp(join(tmpdir(), "spejl-fuzz-"));
  const [csv, path] = [join(folder, "table.csv"), join(folder, "table.parquet")];
  const instance = await DuckDBInstance.create(":memory:", { memory_limit: "128MB", threads: "1" });
  const connection = await instance.connect();
  try {
    await writeFile(csv, csvOf(table));
    await connection.run(asset(queries[columns]), { csv, path });
    return await readFile(path);
  } catch {
    return null;
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
};
