import {
  DOUBLE,
  DuckDBResultReader,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from "@duckdb/node-api";
import { guarded, type Vault } from "./open.ts";

export type Parameters = Readonly<Record<string, DuckDBValue | readonly DuckDBValue[]>>;

const bound = (value: Parameters[string]): DuckDBValue =>
  Array.isArray(value) ? listValue([...value]) : (value as DuckDBValue);

/** A list says its type by its first value; an empty one stands for texts. */
const isEmptyList = (value: Parameters[string]): boolean => Array.isArray(value) && value.length === 0;

/** The driver takes every whole number for a 64-bit integer, even one that none can hold. */
const isBeyondIntegers = (value: Parameters[string]): boolean =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);

export const run = (vault: Vault, sql: string, parameters: Parameters) => {
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

export const execute = (vault: Vault, sql: string, parameters: Parameters = {}) =>
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
