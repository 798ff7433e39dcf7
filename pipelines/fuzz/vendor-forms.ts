import type { Buffer } from "node:buffer";
import { byteFault, encoded } from "./byte-faults.ts";
import type { Chance } from "./chance.ts";
import { anything, type Bound, both, type Faulty, harmless } from "./faults.ts";
import type { Table } from "./made-study.ts";
import { textFault } from "./text-faults.ts";
import { drawWriting, linesOf, textOf } from "./writing.ts";

/** A table as a survey system writes it, and the files beside it that say what its codes mean. */
export interface VendorForm extends Bound {
  readonly name: string;
  readonly table: Table;
  /** By the end of their names. */
  readonly beside: Readonly<Record<string, Faulty<Buffer>>>;
}

/** A small table beside the answers, mostly whole; damage to it can change the meaning of every code. */
export const besideFile = (table: Table, chance: Chance): Faulty<Buffer> => {
  const writing = { ...drawWriting(chance), separatorLine: false };
  const text = textOf(linesOf(table, writing, chance), writing, chance);
  const changed = chance.once(20) ? { ...textFault(text, chance), ...anything } : { name: "", made: text, ...harmless };
  const [, bytes, bound] = encoded(changed.made, chance);
  const broken = chance.once(20) ? byteFault(bytes, chance) : { name: "", made: bytes, ...harmless };
  const isBroken = broken.name !== "";
  const name = [changed.name, broken.name].filter((one) => one !== "").join(" ");
  return { name, made: broken.made, ...both(both(changed, bound), isBroken ? anything : harmless) };
};
