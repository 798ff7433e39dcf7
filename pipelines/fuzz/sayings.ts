import type { Chance } from "./chance.ts";
import { anything, type Bound, harmless, losing } from "./faults.ts";
import type { Table } from "./made-study.ts";

/** What the study file says of a text, true or not. */
interface Saying extends Bound {
  readonly name: string;
  readonly options: readonly string[];
}

const silent: Saying = { name: "", options: [], ...harmless };
const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"];

const ofEncoding = (name: string, { pick, once }: Chance): Saying => {
  if (encodings.includes(name) && !once(3)) return { ...silent, name: "encoded", options: [`encoding: ${name}`] };
  return { name: "misencoded", options: [`encoding: ${pick(encodings)}`], ...anything };
};

const fraction = /^\d+([.,])\d{1,2}$/;

/** The decimal mark of a table's fractions; null where they show two, or none. */
const markOf = ({ rows }: Table): string | null => {
  const marks = new Set(rows.flatMap((cells) => cells.flatMap((cell) => fraction.exec(cell)?.[1] ?? [])));
  return marks.size === 1 ? [...marks][0]! : null;
};

const ofMark = (mark: string, { once }: Chance): Saying => {
  const other = mark === "," ? "." : ",";
  return once(3)
    ? { name: "wrong-mark", options: [`decimal: "${other}"`], ...losing }
    : { ...silent, name: "marked", options: [`decimal: "${mark}"`] };
};

/** Says of a text, seldom, which encoding or decimal mark it has. */
export const sayings = (table: Table, encoding: string, chance: Chance): Saying => {
  if (chance.once(8)) return ofEncoding(encoding, chance);
  const mark = chance.once(8) ? markOf(table) : null;
  return mark === null ? silent : ofMark(mark, chance);
};
