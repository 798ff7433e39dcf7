import { Buffer } from "node:buffer";
import { byteFault, encoded } from "./byte-faults.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { type Bound, both, type Faulty, harmless } from "./faults.ts";
import { deliveryFiles, type MadeStudy, makeStudy, rosterFile, type Table } from "./made-study.ts";
import { otherFormat } from "./other-formats.ts";
import { tableFault } from "./table-faults.ts";
import { textFault } from "./text-faults.ts";
import { drawWriting, linesOf, textOf } from "./writing.ts";

/** A study of which some files are not as they should be, and what is to be expected of each. */
export interface HostileStudy {
  readonly index: number;
  readonly made: MadeStudy;
  readonly files: Readonly<Record<string, Faulty<Buffer>>>;
}

const joined = (...names: readonly string[]): string => names.filter((name) => name !== "").join(" ");

const asText = (table: Table, chance: Chance): Faulty<Buffer> => {
  const writing = drawWriting(chance);
  const text = textOf(linesOf(table, writing, chance), writing, chance);
  const changed = chance.once(4) ? textFault(text, chance) : { name: "", made: text, ...harmless };
  const [name, bytes, bound] = encoded(changed.made, chance);
  return { name: joined(changed.name, name), made: bytes, ...both(changed, bound) };
};

const hostileFile = async (table: Table, chance: Chance): Promise<Faulty<Buffer>> => {
  const changed = chance.once(2) ? tableFault(table, chance) : { name: "", made: table, ...harmless };
  const text = asText(changed.made, chance);
  const file = chance.once(8) ? await otherFormat(changed.made, text.made, chance) : text;
  const broken = chance.once(6) ? byteFault(file.made, chance) : { name: "", made: file.made, ...harmless };
  const bound: Bound = both(both(changed, file), broken);
  return { name: joined(changed.name, file.name, broken.name), made: broken.made, ...bound };
};

const plainFile = ({ header, rows }: Table): Faulty<Buffer> => {
  const cells = (line: readonly string[]) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";");
  return { name: "", made: Buffer.from([header, ...rows].map((line) => `${cells(line)}\n`).join("")), ...harmless };
};

/** The study of a seed and number: mostly one file of it is changed, seldom all. */
export const hostileStudy = async (seed: number, index: number): Promise<HostileStudy> => {
  const chance = chanceOf(seed, index);
  const made = makeStudy(chance);
  const names = [rosterFile, ...deliveryFiles];
  const changed = chance.once(2) ? names : [chance.pick([deliveryFiles[0], deliveryFiles[0], ...names])];
  const files: Record<string, Faulty<Buffer>> = {};
  for (const name of names) {
    const table = made.tables[name] as Table;
    files[name] = changed.includes(name) ? await hostileFile(table, chance) : plainFile(table);
  }
  return { index, made, files };
};
