import { Buffer } from "node:buffer";
import { byteFault, encoded } from "./byte-faults.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { type Bound, both, type Faulty, harmless } from "./faults.ts";
import { limesurvey } from "./limesurvey.ts";
import { deliveryFiles, type MadeStudy, makeStudy, rosterFile, type Table } from "./made-study.ts";
import { otherFormat } from "./other-formats.ts";
import { qualtrics } from "./qualtrics.ts";
import { sayings } from "./sayings.ts";
import { spss } from "./spss.ts";
import { surveyxact } from "./surveyxact.ts";
import { tableFault } from "./table-faults.ts";
import { textFault } from "./text-faults.ts";
import type { VendorForm } from "./vendor-forms.ts";
import { drawWriting, linesOf, textOf, type Writing } from "./writing.ts";

/** A study of which some files are not as they should be, and what is to be expected of each. */
export interface HostileStudy {
  readonly index: number;
  readonly made: MadeStudy;
  readonly files: Readonly<Record<string, HostileFile>>;
}

export interface HostileFile extends Faulty<Buffer> {
  /** Records that the reading must count; null where that is not known. */
  readonly records: number | null;
}

/** A file, what the study file says of how to read it, and the files beside it that this names. */
interface Told extends HostileFile {
  readonly options: readonly string[];
  readonly beside: VendorForm["beside"];
}

const joined = (...names: readonly string[]): string => names.filter((name) => name !== "").join(" ");

const notes = ["Udtræk fra systemet", "", "Dato: 2020-01-01; kl. 12, uge 1", "a,b|c", "Note"];

/** Lines above the header, of which the study file says how many they are. */
const announced = (text: string, { separator, lineEnds, separatorLine }: Writing, chance: Chance) => {
  if (separatorLine || !chance.once(6)) return { text, options: [] };
  const above = Array.from({ length: chance.below(5) }, () => chance.pick(notes) + (lineEnds[0] ?? ""));
  const options = [
    `header: ${above.length + 1}`,
    ...(chance.once(2) ? [`separator: ${JSON.stringify(separator)}`] : []),
  ];
  return { text: above.join("") + text, options };
};

const bare = { options: [], beside: {} };

const asText = (table: Table, chance: Chance, above: typeof announced): Told => {
  const writing = drawWriting(chance);
  const { text, options } = above(textOf(linesOf(table, writing, chance), writing, chance), writing, chance);
  const changed = chance.once(4) ? textFault(text, chance) : { name: "", made: text, ...harmless };
  const [name, bytes, bound] = encoded(changed.made, chance);
  const said = sayings(table, name, chance);
  return {
    name: joined(changed.name, name, options.length > 0 ? "announced" : "", said.name),
    made: bytes,
    options: [...options, ...said.options],
    beside: {},
    records: null,
    ...both(both(changed, bound), said),
  };
};

const unannounced = (text: string) => ({ text, options: [] });

/** What a survey system writes: text of a form of its own, with files beside it. */
const asVendor = (table: Table, file: string, chance: Chance): Told => {
  const form = chance.pick([qualtrics, surveyxact, limesurvey])(table, chance);
  const text = asText(form.table, chance, unannounced);
  const names = Object.keys(form.beside).map((end) => `${file}.${end}`);
  const books = Object.values(form.beside);
  return {
    ...text,
    name: joined(form.name, text.name),
    options: [...text.options, ...(names.length > 0 ? [`codebook: [${names.join(", ")}]`] : [])],
    beside: Object.fromEntries(books.map((book, k) => [names[k]!, book])),
    ...books.reduce<Bound>(both, both(form, text)),
  };
};

const asFile = async (table: Table, file: string, chance: Chance): Promise<Told> => {
  if (chance.once(5)) return asVendor(table, file, chance);
  if (chance.once(10)) return { ...bare, records: table.rows.length, ...spss(table, chance) };
  const text = asText(table, chance, announced);
  return chance.once(8) ? { ...bare, records: null, ...(await otherFormat(table, text.made, chance)) } : text;
};

const hostileFile = async (table: Table, name: string, chance: Chance): Promise<Told> => {
  const changed = chance.once(2) ? tableFault(table, chance) : { name: "", made: table, ...harmless };
  const file = await asFile(changed.made, name, chance);
  const broken = chance.once(6) ? byteFault(file.made, chance) : { name: "", made: file.made, ...harmless };
  const bound: Bound = both(both(changed, file), broken);
  const records = bound.same ? table.rows.length : file.strays < Infinity && broken.name === "" ? file.records : null;
  return { ...file, name: joined(changed.name, file.name, broken.name), made: broken.made, records, ...bound };
};

const plainFile = ({ header, rows }: Table): Told => {
  const cells = (line: readonly string[]) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";");
  return {
    name: "",
    made: Buffer.from([header, ...rows].map((line) => `${cells(line)}\n`).join("")),
    ...bare,
    records: rows.length,
    ...harmless,
  };
};

/** The study of a seed and number: mostly one file of it is changed, seldom all. */
export const hostileStudy = async (seed: number, index: number): Promise<HostileStudy> => {
  const chance = chanceOf(seed, index);
  const made = makeStudy(chance);
  const names = [rosterFile, ...deliveryFiles];
  const changed = chance.once(2) ? names : [chance.pick([deliveryFiles[0], deliveryFiles[0], ...names])];
  const files: Record<string, HostileFile> = {};
  let { study } = made;
  for (const name of names) {
    const table = made.tables[name] as Table;
    const file = changed.includes(name) ? await hostileFile(table, name, chance) : plainFile(table);
    files[name] = file;
    for (const [end, book] of Object.entries(file.beside)) files[end] = { ...book, ...harmless, records: null };
    study = study.replace(`file: ${name},`, [`file: ${name},`, ...file.options.map((one) => `${one},`)].join(" "));
  }
  return { index, made: { ...made, study }, files };
};
