import type { Buffer } from "node:buffer";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import iconv from "iconv-lite";
import type { Chance } from "../fuzz/chance.ts";
import type { Table } from "../fuzz/made-study.ts";
import { jsonLines, workbook } from "../fuzz/other-formats.ts";
import { parquetOf } from "../fuzz/parquet.ts";
import { writeSystemFile } from "../fuzz/system-file.ts";
import { leaders, type MadeDelivery, type MadeStudy, madeStudy, writeStudy } from "./made-study.ts";
import { steps } from "./sequences.ts";
import { lineEnds, separators } from "./settings.ts";

type Cells = readonly string[];

/** Somebody whose answers are to be erased. */
export interface Person {
  /** As most deliveries have it, and as somebody types it. */
  readonly id: string;
  /** A comment that nobody else wrote. */
  readonly comment: string;
}

/** The deliveries of a study, and a person's rows in them: by file, the place among the others' rows. */
export interface StudyWithPerson {
  readonly others: MadeStudy;
  readonly own: ReadonlyMap<string, readonly { readonly at: number; readonly cells: Cells }[]>;
}

const idsOf = (chance: Chance): string =>
  chance.pick([
    `kanarie-${chance.below(1e6)}@example.org`,
    `Åse Østergård-${chance.below(1e4)}`,
    `${10_000_000 + chance.below(9e7)}`,
    `p ${1000 + chance.below(9000)} q`,
    `Bo "${1000 + chance.below(9000)}"; y, z`,
    `L${1 + chance.below(16)}-${chance.below(7)}`,
    chance.pick(["k9", "ø7", "77", "q", "0x3"]),
    String(1 + chance.below(5)),
  ]);

export const drawPerson = (chance: Chance): Person => ({
  id: idsOf(chance),
  comment: `Kun jeg siger ${chance.below(2 ** 31).toString(36)} æble`,
});

const answersOf = (chance: Chance): Cells => [1, 2, 3].map(() => String(1 + chance.below(5)));

/** What a delivery may hold of one person: rows that count, repeat, contradict, or cannot be used. */
const rowsOfPerson = ({ id, comment }: Person, chance: Chance): readonly Cells[] => {
  const row = [id, chance.pick(leaders), ...answersOf(chance), comment];
  const [respondent = "", leader = "", one = "", two = "", three = ""] = row;
  switch (chance.below(9)) {
    case 0:
      return [row, row];
    case 1:
      return [row, [respondent, leader, ...answersOf(chance), comment]];
    case 2:
      return [[respondent, leader, "seven", two, three, comment]];
    case 3:
      return [[respondent, "L99", one, two, three, comment], row];
    case 4:
      return [[respondent, leader, one], row];
    case 5:
      return [[respondent, leader, one, two, three, comment, "5", comment]];
    case 6:
      return [[` ${respondent}\u00a0`, leader, one, two, three, comment]];
    case 7:
      return [["", respondent, leader, one, two, three, comment], row];
    default:
      return [row];
  }
};

/** A study that a person has answered in, in some of its deliveries, and that went through some changes before. */
export const studyWithPerson = (before: MadeStudy, person: Person, chance: Chance): StudyWithPerson => {
  let made = before;
  const names = Object.keys(steps);
  for (let k = chance.below(4); k > 0; k -= 1) made = steps[chance.pick(names)]!(made, chance);
  const own = new Map<string, { readonly at: number; readonly cells: Cells }[]>();
  const deliveries = made.deliveries.map((delivery) => {
    const rows = delivery.rows.filter(([id]) => id !== person.id);
    const removed = delivery.rows.flatMap((cells, at) =>
      cells[0] === person.id ? [{ at, cells: [...cells, person.comment] }] : [],
    );
    const added = chance.once(3)
      ? []
      : rowsOfPerson(person, chance).map((cells) => ({ at: chance.below(rows.length + 1), cells }));
    own.set(delivery.file, [...removed, ...added]);
    return { ...delivery, rows };
  });
  return { others: { ...made, deliveries }, own };
};

export const startOf = madeStudy;

/** How a delivery is written; none of it changes what it says. */
interface Form {
  readonly name: "text" | "json-lines" | "workbook" | "workbook with a list" | "system-file" | "parquet";
  readonly separator: string;
  readonly lineEnd: string;
  readonly encoding: string;
}

const formOf = (chance: Chance, isRagged: boolean): Form => ({
  name: chance.pick(
    isRagged
      ? ["text"]
      : ["text", "text", "json-lines", "workbook", "workbook with a list", "system-file", "parquet", "parquet"],
  ),
  separator: chance.pick(separators),
  lineEnd: chance.pick(lineEnds),
  encoding: chance.pick(["utf-8", "utf-8", "windows-1252", "utf-16le", "utf-16be"]),
});

const header = ["respondent", "leader", "s1", "s2", "s3", "comment"];

const text = ({ header, rows }: Table, { separator, lineEnd, encoding }: Form): Buffer => {
  // Where a tab separates, hardly anybody quotes: a mark in a cell is a mark.
  const quotes = (given: string): boolean => given.includes(separator) || (given.includes('"') && separator !== "\t");
  const cell = (given: string): string => (quotes(given) ? `"${given.replaceAll('"', '""')}"` : given);
  const lines = [header, ...rows].map((cells) => cells.map(cell).join(separator) + lineEnd);
  return iconv.encode(lines.join(""), encoding, { addBOM: encoding.startsWith("utf-16") });
};

const systemFile = ({ header, rows }: Table, compression: "none" | "codes" | "blocks"): Buffer =>
  writeSystemFile({
    compression,
    variables: header.map((longName, k) => ({ name: `V${k}`, longName, width: 80 })),
    cases: rows,
  });

const bytesOf = async (table: Table, people: readonly string[], form: Form, chance: Chance): Promise<Buffer> => {
  switch (form.name) {
    case "json-lines":
      return jsonLines(table);
    case "workbook":
      return workbook({ Svar: table }, chance.once(2));
    case "workbook with a list":
      return workbook({ Svar: table, Respondenter: { header: ["id"], rows: people.map((id) => [id]) } }, false);
    case "system-file":
      return systemFile(table, chance.pick(["none", "codes", "blocks"]));
    case "parquet": {
      const made = await parquetOf(table, "text");
      if (made === null) throw new Error("no Parquet could be written");
      return made;
    }
    default:
      return text(table, form);
  }
};

/** The rows of a delivery, the person's among them or without them. */
const rowsOf = ({ rows, file }: MadeDelivery, own: StudyWithPerson["own"], isWithout: boolean): readonly Cells[] => {
  const merged: Cells[] = rows.map((cells, k) => [...cells, `svar ${k % 9}`]);
  if (isWithout) return merged;
  for (const { at, cells } of (own.get(file) ?? []).toSorted((a, b) => b.at - a.at)) merged.splice(at, 0, cells);
  return merged;
};

/** Writes the files of a study, the person's rows among them or without them; how, is drawn. Returns the forms that were drawn. */
export const writeWithPerson = async (
  folder: string,
  { others, own }: StudyWithPerson,
  who: "all" | "others",
  chance: Chance,
): Promise<readonly string[]> => {
  const deliveries = others.deliveries.map((one) => ({ ...one, rows: rowsOf(one, own, who === "others") }));
  await writeStudy(folder, { ...others, deliveries });
  const forms: string[] = [];
  for (const { file, rows } of deliveries) {
    const isRagged = rows.some((cells) => cells.length !== header.length);
    const form = formOf(chance, isRagged);
    const people = [...new Set(rows.map(([id = ""]) => id))];
    await writeFile(join(folder, file), await bytesOf({ header, rows }, people, form, chance));
    forms.push(form.name === "text" ? `${form.encoding} text` : form.name);
  }
  return forms;
};
