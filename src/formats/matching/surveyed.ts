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

/** The name by which a study file maps a column: its own, or the vendor's id where others are called so too. */
export const mappedName = ({ described: { id, name } }: SurveyedColumn, all: readonly SurveyedColumn[]): string => {
  const called = all.filter(({ described }) => described.id === name || described.name === name).length;
  return id !== null && called > 1 ? id : name;
};
