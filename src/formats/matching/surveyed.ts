import type { FileColumn } from "../delivered.ts";
import { squeezedName } from "../personal.ts";

/** A column of a delivered file and what its cells hold. */
export interface SurveyedColumn {
  readonly described: FileColumn;
  /** How many rows hold each text; empty for an identifier that the vendor adds, which is never read. */
  readonly texts: ReadonlyMap<string, number>;
  /** Rows whose cell is not empty. */
  readonly filled: number;
}

/** Whether a column, or the vendor's id of it, has one of these names; spaces, hyphens and case make no difference. */
export const isCalled = ({ described: { name, id } }: SurveyedColumn, names: ReadonlySet<string>): boolean =>
  names.has(squeezedName(name)) || (id !== null && names.has(squeezedName(id)));

/** The name by which a study file maps a column: the vendor's id where that stays from wave to wave and no column is named so. */
export const mappedName = (column: SurveyedColumn, all: readonly SurveyedColumn[]): string => {
  const { id, name } = column.described;
  const called = (text: string) =>
    all.filter(({ described }) => described.id === text || described.name === text).length;
  return id !== null && called(name) > 1 ? id : called(name) === 1 ? name : (id ?? name);
};
