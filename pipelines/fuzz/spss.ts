import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import type { Chance } from "./chance.ts";
import { type Choice, codedTable } from "./coded-columns.ts";
import { anything, type Faulty, harmless, losing } from "./faults.ts";
import type { Table } from "./made-study.ts";
import { type CaseValue, type MadeFile, type MadeVariable, writeSystemFile } from "./system-file.ts";

/** A part of a very long string holds 255 bytes, but counts for 252. */
const [partBytes, partShare, mostBytes] = [255, 252, 32_000] as const;
const plainNumber = /^(?:0|[1-9]\d{0,8})(?:[.,]\d{0,1}[1-9])?$/;

/** A column as the variables that hold it, with their values case by case. */
interface Held {
  readonly variables: readonly MadeVariable[];
  readonly values: readonly (readonly CaseValue[])[];
  readonly width: number;
}

const asNumbers = (name: string, longName: string, cells: readonly string[]): Held => ({
  variables: [{ name, longName, label: "Hvor enig er du?" }],
  values: cells.map((cell) => [cell === "" ? null : Number(cell.replace(",", "."))]),
  width: 0,
});

const asText = (name: string, longName: string, texts: readonly Buffer[]): Held => {
  const longest = Math.min(mostBytes, Math.max(1, ...texts.map(({ length }) => length)));
  if (longest <= partBytes)
    return { variables: [{ name, longName, width: longest }], values: texts.map((text) => [text]), width: longest };
  const count = Math.ceil(longest / partShare);
  const widths = Array.from({ length: count }, (_, k) =>
    k < count - 1 ? partBytes : longest - partShare * (count - 1),
  );
  const variables = widths.map((width, k) => ({ name: k === 0 ? name : `${name}${k}`, width }));
  return {
    variables: [{ ...variables[0]!, longName }, ...variables.slice(1)],
    values: texts.map((text) => widths.map((_, k) => text.subarray(k * partBytes, (k + 1) * partBytes))),
    width: longest,
  };
};

const isNumeric = (cells: readonly string[]): boolean =>
  cells.some((cell) => cell !== "") && cells.every((cell) => cell === "" || plainNumber.test(cell));

const slotsOf = ({ width = 0 }: MadeVariable): number => Math.max(1, Math.ceil(width / 8));

const fileOf = (table: Table, choices: readonly (readonly Choice[] | null)[], encoding: string, chance: Chance) => {
  const held = table.header.map((longName, column) => {
    const cells = table.rows.map((cells) => cells[column] ?? "");
    const name = `V${column.toString(36).toUpperCase()}_`;
    if (isNumeric(cells)) return asNumbers(name, longName, cells);
    return asText(
      name,
      longName,
      cells.map((cell) => iconv.encode(cell, encoding)),
    );
  });
  const labels: NonNullable<MadeFile["labels"]>[number][] = [];
  let slot = 1;
  for (const [column, { variables }] of held.entries()) {
    const values = choices[column]?.map(({ code, label }) => [Number(code), label] as const);
    if (values && held[column]!.width === 0) labels.push({ values, slots: [slot] });
    slot += variables.reduce((sum, variable) => sum + slotsOf(variable), 0);
  }
  const long = held
    .filter(({ width }) => width > partBytes)
    .map(({ variables, width }) => `${variables[0]!.name}=${width}\0\t`);
  const made: MadeFile = {
    little: !chance.once(4),
    compression: chance.pick(["none", "codes", "blocks"]),
    blockSize: chance.pick([64, 4096, 0x3ff000]),
    encoding,
    variables: held.flatMap(({ variables }) => variables),
    labels,
    extensions: long.length > 0 ? [{ subtype: 14, bytes: Buffer.from(long.join("")) }] : [],
    cases: table.rows.map((_, row) => held.flatMap(({ values }) => values[row]!)),
  };
  return made;
};

const numbers = [0, 1, -1, 2, 3, 4, 7, 8, 14, 100, 255, 256, 999, 65_001, 1 << 24, 0x7fffffff, -0x80000000];

type FileFault = (made: MadeFile, chance: Chance) => MadeFile;
const fileFaults: Readonly<Record<string, FileFault>> = {
  "case-count": (made, { pick }) => ({
    ...made,
    declaredCases: pick([-1, 0, 1, made.cases.length - 1, 0x7fffffff, -2]),
  }),
  "label-slots": (made, { pick }) => ({ ...made, labels: [{ values: [[1, "Enig"]], slots: [pick(numbers), 1] }] }),
  "label-values": (made, { pick }) => ({
    ...made,
    labels: (made.labels ?? []).map((one) => ({
      ...one,
      values: one.values.map(([, label]) => [pick(numbers), label]),
    })),
  }),
  missing: (made, { below, pick }) => ({
    ...made,
    variables: made.variables.with(below(made.variables.length), {
      ...made.variables[0]!,
      missing: { count: pick([1, -2, -3, 3, 4, -1]), values: [1, 5, 3] },
    }),
  }),
  format: (made, { below }) => ({
    ...made,
    variables: made.variables.map((variable) => (variable.width ? variable : { ...variable, format: below(50) })),
  }),
  extension: (made, { below, pick }) => ({
    ...made,
    extensions: [
      ...(made.extensions ?? []),
      {
        subtype: pick([3, 4, 13, 14, 20, 21, 22]),
        bytes: Buffer.from(Array.from({ length: below(80) }, () => below(256))),
      },
    ],
  }),
  "long-strings": (made, { pick }) => ({
    ...made,
    extensions: [
      { subtype: 14, bytes: Buffer.from(`${made.variables[0]!.name}=${pick([255, 256, 600, 99_999, 1e9])}\0\t`) },
    ],
  }),
  "code-page": (made, { pick }) => ({
    ...made,
    encoding: null,
    codePage: pick([1252, 65_001, 2, 500, 0, -1, 28_605, 437]),
  }),
};

/** Whole numbers and codes at places where the format has such. */
const overwritten = (bytes: Buffer, { below, pick, once }: Chance): Buffer => {
  const made = Buffer.from(bytes);
  const count = 1 + below(3);
  for (let k = 0; k < count; k += 1) {
    const at = once(2) ? pick([64, 68, 72, 76, 80, 84]) : 4 * below(Math.floor((made.length - 4) / 4));
    if (once(3)) made[below(made.length)] = pick([0, 252, 253, 254, 255, 100]);
    else made.writeInt32LE(pick(numbers), at);
  }
  return made;
};

const isWritable = ({ header, rows }: Table): boolean =>
  rows.every((cells) => cells.length === header.length) && header.every((name) => !/[\t=\0]/.test(name));

/** The table as an SPSS system file, whole or with records that are not as they should be. */
export const spss = (table: Table, chance: Chance): Faulty<Buffer> => {
  const coded = codedTable(table, chance, chance.pick([String, (answer: number) => String(6 - answer)]));
  const western = [table.header, ...table.rows]
    .flat()
    .every((cell) => iconv.decode(iconv.encode(cell, "windows-1252"), "windows-1252") === cell);
  const encoding = western && chance.once(3) ? "windows-1252" : "utf-8";
  const made = fileOf(coded.table, coded.choices, encoding, chance);
  const bound = isWritable(table) ? harmless : losing;
  if (!chance.once(3)) return { name: "spss", made: writeSystemFile(made), ...bound };
  const [name, fault] = chance.pick(Object.entries(fileFaults));
  if (chance.once(2)) return { name: `spss ${name}`, made: writeSystemFile(fault(made, chance)), ...anything };
  return { name: "spss numbers", made: overwritten(writeSystemFile(made), chance), ...anything };
};
