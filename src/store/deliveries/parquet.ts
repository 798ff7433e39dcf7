import { Buffer } from "node:buffer";
import { DuckDBInstance } from "@duckdb/node-api";
import { Refusal } from "../../errors.ts";
import { oneLine, plainColumn, recordSeparators } from "../../formats/delivered.ts";
import { tidyText } from "../../study/fold.ts";
import { asset } from "../assets.ts";
import { guarded } from "../vault/open.ts";
import type { SourceFile } from "./copy.ts";
import type { DeliveredTable } from "./delivered-table.ts";

const isNested = (type: string): boolean => /[[\]]|^(STRUCT|MAP|UNION|LIST|VARIANT)\b/.test(type);

/** A path as a pattern that only it fits: the database takes every path for a pattern. */
const patternOf = (path: string): string => path.replace(/[*?[]/g, "[$&]");

/** A database of its own that fetches nothing. */
const ownDatabase = () =>
  DuckDBInstance.create(":memory:", {
    memory_limit: "256MB",
    threads: "1",
    autoinstall_known_extensions: "false",
    allow_community_extensions: "false",
  });

const damaged = (file: SourceFile, fault: unknown): Refusal =>
  fault instanceof Refusal
    ? fault
    : new Refusal({ code: "file-damaged", place: { file: file.name }, format: "parquet", cause: "parquet" });

const columnsOf = async (file: SourceFile) => {
  const instance = await ownDatabase();
  const connection = await instance.connect();
  try {
    const reader = await guarded(() =>
      connection.runAndReadAll(asset("pipelines/ingest/parquet-columns.sql"), { path: patternOf(file.path) }),
    );
    return reader.getRowsJS().map(([name, type]) => ({ name: String(name), type: String(type) }));
  } catch (fault) {
    throw damaged(file, fault);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

/** Numbers as they are written: 6, not 6.0; NaN and infinity are no numbers. */
const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  return oneLine(String(value));
};

/** Opens a Parquet file; a record is on the line of its number. */
export const openParquet = async (file: SourceFile): Promise<DeliveredTable> => {
  const columns = await columnsOf(file);
  async function* text(): AsyncGenerator<Uint8Array> {
    const instance = await ownDatabase();
    const connection = await instance.connect();
    try {
      const result = await connection.stream(asset("pipelines/ingest/parquet-rows.sql"), {
        path: patternOf(file.path),
      });
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const cells = columns.map(({ type }, k) => (isNested(type) ? null : chunk.getColumnVector(k)));
        const lines: string[] = [];
        for (let row = 0; row < chunk.rowCount; row += 1)
          lines.push(cells.map((vector) => cellText(vector?.getItem(row))).join(recordSeparators.cell));
        yield Buffer.from(`${lines.join(recordSeparators.record)}${recordSeparators.record}`);
      }
    } catch (fault) {
      throw damaged(file, fault);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }
  return {
    format: "parquet",
    encoding: "parquet",
    dialect: { separator: recordSeparators.cell, quoted: false, ordinaryLines: new Set() },
    columns: columns.map(({ name }) => plainColumn(tidyText(name))),
    nested: columns.filter(({ type }) => isNested(type)).map(({ name }) => tidyText(name)),
    headerLine: 1,
    firstLine: 1,
    beginning: [],
    warnings: () => [],
    text,
  };
};
