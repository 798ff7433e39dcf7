import { existsSync } from "node:fs";
import { join } from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import { type Place, type Problem, Refusal } from "../../src/errors.ts";
import { resemblesAnswers } from "../../src/formats/headerless.ts";
import {
  mailHash,
  type Person,
  readPeople,
  signInHash,
  type Viewer,
  viewers,
  writePeople,
} from "../../src/server/state/people.ts";
import { serverSecret, stateFolder } from "../../src/server/state/secret.ts";
import { readText } from "../../src/store/study-files.ts";

const columns = ["id", "viewers", "leader", "mail", "sign_in"] as const;
type Column = (typeof columns)[number];

interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

const needed: readonly Column[] = ["id", "viewers"];

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const recordsOf = (file: string, text: string, delimiter: string): readonly CsvRecord[] => {
  const form = { bom: true, delimiter, trim: true, skip_empty_lines: true, info: true } as const;
  try {
    const records: unknown = parse(text, { ...form, relax_column_count: true, relax_quotes: true });
    return records as readonly CsvRecord[];
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    throw new Refusal({ code: "quote-unclosed", place: { file, line: Number(fault["lines"] ?? 1) } });
  }
};

const rowsOf = (file: string, text: string): readonly Row[] => {
  const header = text.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0] ?? "";
  const delimiter = header.includes(";") ? ";" : ",";
  const records = recordsOf(file, text, delimiter);
  const names = records[0]?.record ?? [];
  const absent = needed.filter((column) => !names.includes(column));
  if (absent.length === needed.length && resemblesAnswers(names))
    throw new Refusal({ code: "header-absent", place: { file, line: 1 }, expected: needed });
  if (absent.length > 0)
    throw new Refusal(
      ...absent.map(
        (column): Problem => ({ code: "column-absent", place: { file, line: 1, column }, available: [...names] }),
      ),
    );
  const cell = (record: readonly string[], column: Column): string => record[names.indexOf(column)] ?? "";
  return records.slice(1).map(({ record, info }) => ({
    line: info.lines,
    cells: Object.fromEntries(columns.map((column) => [column, cell(record, column)])) as Row["cells"],
  }));
};

const isViewer = (word: string): word is Viewer => (viewers as readonly string[]).includes(word);

const wordsOf = (text: string): readonly string[] => text.split(/[\s,+|]+/).filter((word) => word !== "");

const faultsOf = ({ cells }: Row, at: (column: Column) => Place): readonly Problem[] => {
  const words = wordsOf(cells.viewers);
  const wrong = (column: Column, expected: string): Problem => ({
    code: "value-invalid",
    place: at(column),
    key: column,
    expected,
  });
  const missing = (column: Column): Problem => ({ code: "value-missing", place: at(column), key: column });
  return [
    ...(cells.id === "" ? [missing("id")] : []),
    ...(words.length === 0 || !words.every(isViewer) ? [wrong("viewers", viewers.join(" | "))] : []),
    ...(words.includes("leader") && cells.leader === "" ? [missing("leader")] : []),
    ...(cells.mail !== "" && !cells.mail.includes("@") ? [wrong("mail", "mail-address")] : []),
  ];
};

/** Values that stand in more than one row; the later row is at fault. */
const repeated = (rows: readonly Row[], textOf: (row: Row) => string): ReadonlySet<Row> => {
  const seen = new Set<string>();
  return new Set(
    rows.filter((row) => {
      const value = textOf(row);
      const isRepeated = value !== "" && seen.has(value);
      seen.add(value);
      return isRepeated;
    }),
  );
};

const personOf = ({ cells }: Row, secret: string): Person => ({
  id: cells.id.normalize("NFC"),
  viewers: viewers.filter((viewer) => wordsOf(cells.viewers).includes(viewer)),
  leader: cells.leader === "" ? null : cells.leader.normalize("NFC"),
  mail: cells.mail === "" ? null : mailHash(secret, cells.mail),
  signIn: cells.sign_in === "" ? null : signInHash(secret, cells.sign_in),
});

/** The people of a file. Throws a Refusal with everything that is wrong with it. */
export const peopleIn = (file: string, text: string, secret: string): readonly Person[] => {
  const rows = rowsOf(file, text);
  const mails = repeated(rows, ({ cells }) => cells.mail.toLowerCase());
  const claims = repeated(rows, ({ cells }) => cells.sign_in);
  const ids = repeated(rows, ({ cells }) => cells.id.normalize("NFC"));
  const problems = rows.flatMap((row) => {
    const at = (column: Column): Place => ({ file, line: row.line, column });
    const once = (set: ReadonlySet<Row>, column: Column, expected: string): readonly Problem[] =>
      set.has(row) ? [{ code: "value-invalid", place: at(column), key: column, expected }] : [];
    return [
      ...faultsOf(row, at),
      ...(ids.has(row) ? [{ code: "id-duplicate", place: at("id"), kind: "person", id: row.cells.id } as const] : []),
      ...once(mails, "mail", "mail-once"),
      ...once(claims, "sign_in", "sign-in-once"),
    ];
  });
  if (problems.length > 0) throw new Refusal(...problems);
  return rows.map((row) => personOf(row, secret));
};

export const peopleFile = (folder: string): string => join(folder, "people.csv");
export const hasPeople = (folder: string): boolean => existsSync(peopleFile(folder));

/** What a reading of people.csv changed. */
export interface PeopleRead {
  readonly people: number;
  readonly added: number;
  readonly changed: number;
  /** Who was there before and is not any more: their sessions end at once. */
  readonly ended: number;
}

/** Reads people.csv into the server's own list, which a running server sees at its next request. */
export const takePeople = async (folder: string): Promise<PeopleRead> => {
  const state = stateFolder(folder);
  const secret = await serverSecret(state);
  const { file, text } = await readText(peopleFile(folder));
  const people = peopleIn(file, text, secret);
  const before = new Map((await readPeople(state)).map((person) => [person.id, JSON.stringify(person)]));
  await writePeople(state, people);
  const known = people.filter(({ id }) => before.has(id));
  return {
    people: people.length,
    added: people.length - known.length,
    changed: known.filter((person) => before.get(person.id) !== JSON.stringify(person)).length,
    ended: before.size - known.length,
  };
};
