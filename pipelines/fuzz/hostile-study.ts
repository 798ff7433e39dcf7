import { Buffer } from "node:buffer";
import { byteFault, encoded } from "./byte-faults.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { type Bound, both, type Faulty, harmless } from "./faults.ts";
import { deliveryFiles, type MadeStudy, makeStudy, rosterFile, type Table } from "./made-study.ts";
import { otherFormat } from "./other-formats.ts";
import { tableFault } from "./table-faults.ts";
import { textFault } from "./text-faults.ts";
import { drawWriting, linesOf, textOf, type Writing } from "./writing.ts";

/** A study of which some files are not as they should be, and what is to be expected of each. */
export interface HostileStudy {
  readonly index: number;
  readonly made: MadeStudy;
  readonly files: Readonly<Record<string, Faulty<Buffer>>>;
}

/** A file, and what the study file says of how to read it. */
interface Told extends Faulty<Buffer> {
  readonly options: readonly string[];
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

const asText = (table: Table, chance: Chance): Told => {
  const writing = drawWriting(chance);
  const { text, options } = announced(textOf(linesOf(table, writing, chance), writing, chance), writing, chance);
  const changed = chance.once(4) ? textFault(text, chance) : { name: "", made: text, ...harmless };
  const [name, bytes, bound] = encoded(changed.made, chance);
  const told = options.length > 0 ? "announced" : "";
  return { name: joined(changed.name, name, told), made: bytes, options, ...both(changed, bound) };
};

const hostileFile = async (table: Table, chance: Chance): Promise<Told> => {
  const changed = chance.once(2) ? tableFault(table, chance) : { name: "", made: table, ...harmless };
  const text = asText(changed.made, chance);
  const file = chance.once(8) ? { ...(await otherFormat(changed.made, text.made, chance)), options: [] } : text;
  const broken = chance.once(6) ? byteFault(file.made, chance) : { name: "", made: file.made, ...harmless };
  const bound: Bound = both(both(changed, file), broken);
  return { name: joined(changed.name, file.name, broken.name), made: broken.made, options: file.options, ...bound };
};

const plainFile = ({ header, rows }: Table): Told => {
  const cells = (line: readonly string[]) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";");
  return {
    name: "",
    made: Buffer.from([header, ...rows].map((line) => `${cells(line)}\n`).join("")),
    options: [],
    ...harmless,
  };
};

/** The study of a seed and number: mostly one file of it is changed, seldom all. */
export const hostileStudy = async (seed: number, index: number): Promise<HostileStudy> => {
  const chance = chanceOf(seed, index);
  const made = makeStudy(chance);
  const names = [rosterFile, ...deliveryFiles];
  const changed = chance.once(2) ? names : [chance.pick([deliveryFiles[0], deliveryFiles[0], ...names])];
  const files: Record<string, Told> = {};
  let { study } = made;
  for (const name of names) {
    const table = made.tables[name] as Table;
    const file = changed.includes(name) ? await hostileFile(table, chance) : plainFile(table);
    files[name] = file;
    study = study.replace(`file: ${name},`, [`file: ${name},`, ...file.options.map((one) => `${one},`)].join(" "));
  }
  return { index, made: { ...made, study }, files };
};
