import { foldText } from "../study/fold.ts";
import { type FileColumn, plainColumn } from "./delivered.ts";
import { namesPerson } from "./personal.ts";

/** What a file beside the answers says of one column. */
export type CodebookColumn = Pick<FileColumn, "wording" | "labels" | "scores" | "personal" | "id">;

/** Columns under every name that the file of answers may give them. */
export interface Codebook {
  readonly columns: ReadonlyMap<string, CodebookColumn>;
}

/** Of a column of which a code book says no more. */
export const uncoded: CodebookColumn = { id: null, wording: null, labels: [], personal: false, scores: new Map() };

const folded = ({ columns }: Codebook): ReadonlyMap<string, CodebookColumn | null> => {
  const found = new Map<string, CodebookColumn | null>();
  for (const [name, column] of columns) {
    const key = foldText(name);
    found.set(key, found.has(key) && found.get(key) !== column ? null : column);
  }
  return found;
};

/**
 * The columns of a file of answers, by its header, as the code book describes them.
 *
 * Names that differ in spaces or case only are one. A column that the code book leaves out comes from the list of
 * respondents: there its name says whether it is personal.
 */
export const describeColumns = (header: readonly string[], codebook: Codebook): readonly FileColumn[] => {
  const byFolded = folded(codebook);
  return header.map((name) => {
    const known = codebook.columns.get(name) ?? byFolded.get(foldText(name));
    if (!known) return { ...plainColumn(name), personal: namesPerson(name) };
    return { ...plainColumn(name), ...known };
  });
};
