/** Types of a column, as DuckDB casts them and as they are read back. */
interface Types {
  text: string;
  /** A whole number from 0 to 255. */
  small: number;
  /** A whole number from -32768 to 32767. */
  short: number;
  /** A whole number from 0 to 4294967295, written row by row. */
  whole: number;
  integer: number;
  number: number;
  boolean: boolean;
  date: string;
  numbers: readonly (number | null)[];
  integers: readonly number[];
  texts: readonly (string | null)[];
  /** Whole numbers beyond 2^53 in the store, so that sums do not depend on their order; doubles when read. */
  huge: number;
  huges: readonly number[];
}

type Nullable = `${keyof Types}?`;
export type ColumnType = keyof Types | Nullable;

export type BaseType = keyof Types;

/** A column's type without the mark that it may be null. */
export const baseType = (type: ColumnType): BaseType => type.replace("?", "") as BaseType;

/** A contract: what a stored table or a query holds. `key` columns identify a row; a type with `?` may be null. */
export interface Table<C extends Readonly<Record<string, ColumnType>> = Readonly<Record<string, ColumnType>>> {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: C;
  /** Held only while a stage runs: neither compressed nor kept. */
  readonly passing?: true;
}

type Value<T extends ColumnType> = T extends keyof Types
  ? Types[T]
  : T extends `${infer B extends keyof Types}?`
    ? Types[B] | null
    : never;

/** One row of a table, with exactly the columns that the contract names. */
export type Row<T extends Table> = { readonly [K in keyof T["columns"]]: Value<T["columns"][K]> };

export const table = <const C extends Readonly<Record<string, ColumnType>>>(declaration: Table<C>): Table<C> =>
  declaration;

/** Columns of one type whose names are a letter and a number from 1: `a1`, `a2`, … */
export const numbered = <T extends ColumnType>(letter: string, count: number, type: T): Readonly<Record<string, T>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${letter}${index + 1}`, type]));
