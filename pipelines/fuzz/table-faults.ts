import type { Chance } from "./chance.ts";
import { type Bound, type Faulty, harmless, losing, straying } from "./faults.ts";
import { hostileCell } from "./hostile-cells.ts";
import type { Table } from "./made-study.ts";

type TableFault = (table: Table, chance: Chance) => readonly [Table, Bound];

const withRow = (table: Table, row: number, cells: readonly string[]): Table => ({
  ...table,
  rows: table.rows.with(row, cells),
});

const inserted = (table: Table, row: number, ...added: readonly (readonly string[])[]): Table => ({
  ...table,
  rows: table.rows.toSpliced(row, 0, ...added),
});

const withColumn = (table: Table, at: number, name: string, cell: (row: number) => string): Table => ({
  header: table.header.toSpliced(at, 0, name),
  rows: table.rows.map((cells, row) => cells.toSpliced(at, 0, cell(row))),
});

const named = ({ header, rows }: Table, column: number, name: string): Table => ({
  header: header.with(column, name),
  rows,
});

const poison = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "length",
  "",
  " ",
  "x",
  "x",
  "\u200B",
  "a;b",
  "NULL",
];

const reordered: TableFault = ({ header, rows }, chance) => {
  const order = chance.shuffled(header.map((_, column) => column));
  const arranged = (cells: readonly string[]): string[] => order.map((column) => cells[column] ?? "");
  return [{ header: arranged(header), rows: rows.map(arranged) }, harmless];
};

const unused: TableFault = (table, chance) => {
  let made = table;
  for (let k = 0; k <= chance.below(4); k += 1)
    made = withColumn(made, chance.below(made.header.length + 1), chance.pick(poison), () =>
      chance.pick(["", "1", "x y"]),
    );
  return [made, harmless];
};

const wide: TableFault = (table, chance) => {
  const count = chance.pick([60, 500, 2950]);
  const names = Array.from({ length: count }, (_, k) => `v${k}`);
  const rows = table.rows.slice(0, 400).map((cells) => [...cells, ...names.map((_, k) => String(k % 6))]);
  return [{ header: [...table.header, ...names], rows }, rows.length < table.rows.length ? losing : harmless];
};

/** Names that look the same to a reader. */
const disguised: TableFault = (table, chance) => {
  const column = chance.below(table.header.length);
  const name = table.header[column] ?? "";
  const made = chance.pick([
    ` ${name}`,
    `${name} `,
    `\u00A0${name}\u00A0`,
    name.normalize("NFD"),
    `\u200B${name}`,
    `${name}\u00AD`,
    `${name}\t`,
  ]);
  return [named(table, column, made), harmless];
};

const renamed: TableFault = (table, chance) => {
  const column = chance.below(table.header.length);
  const name = table.header[column] ?? "";
  const made = chance.pick([
    name.toUpperCase(),
    name.slice(1),
    "",
    `${name}_1`,
    "__proto__",
    hostileCell(chance),
    table.header[chance.below(table.header.length)] ?? "",
  ]);
  const swapped = made !== name && table.header.includes(made);
  return [named(table, column, made), swapped ? straying(table.rows.length) : losing];
};

const doubledColumn: TableFault = (table, chance) => {
  const column = chance.below(table.header.length);
  return [withColumn(table, column, table.header[column] ?? "", (row) => table.rows[row]?.[column] ?? ""), losing];
};

/** Cells of one row, or of one column throughout. */
const hostileCells: TableFault = (table, chance) => {
  const column = chance.below(table.header.length);
  if (chance.once(8)) {
    const rows = table.rows.map((cells) => cells.with(column, hostileCell(chance)));
    return [{ ...table, rows }, straying(rows.length)];
  }
  let made = table;
  const count = 1 + chance.below(4);
  for (let k = 0; k < count; k += 1) {
    const row = chance.below(table.rows.length);
    const at = chance.below(table.header.length);
    made = withRow(made, row, made.rows[row]!.with(at, hostileCell(chance)));
  }
  return [made, straying(count)];
};

const huge: TableFault = (table, chance) => {
  const row = chance.below(table.rows.length);
  const size = chance.pick([1 << 16, (1 << 20) - 40, 1 << 20, 3 << 20]);
  const text = chance.pick(["x", "9", "æ", "1 "]).repeat(size);
  return [withRow(table, row, table.rows[row]!.with(chance.below(table.header.length), text)), straying(1)];
};

const misshapen: TableFault = (table, chance) => {
  const row = chance.below(table.rows.length);
  const cells = table.rows[row]!;
  const made = chance.pick([
    cells.slice(0, chance.below(cells.length)),
    [...cells, "x"],
    [...cells, "", "", "5"],
    cells.map(() => ""),
    ["x"],
    [" "],
  ]);
  return [withRow(table, row, made), straying(1)];
};

const footer: TableFault = (table, chance) => {
  const empty = table.header.map(() => "");
  const made = chance.pick([
    ["Total", ...empty.slice(1)],
    ["Genereret 2020-01-01"],
    ["Note: ", "x"],
    [...empty.slice(1), "1"],
    table.header,
  ]);
  return [inserted(table, table.rows.length, ...Array.from({ length: 1 + chance.below(3) }, () => made)), straying(3)];
};

const repeated: TableFault = (table, chance) => {
  const row = chance.below(table.rows.length);
  return [inserted(table, chance.below(table.rows.length + 1), table.rows[row]!), losing];
};

const contradicted: TableFault = (table, chance) => {
  const row = chance.below(table.rows.length);
  const column = chance.below(table.header.length);
  const cells = table.rows[row]!.with(column, chance.pick(["1", "2", "B1001", "", "færdig"]));
  return [inserted(table, chance.below(table.rows.length + 1), cells), straying(1)];
};

const headerOnly: TableFault = ({ header }) => [{ header, rows: [] }, losing];
const oneColumn: TableFault = ({ header, rows }, chance) => {
  const column = chance.below(header.length);
  return [{ header: [header[column] ?? ""], rows: rows.map((cells) => [cells[column] ?? ""]) }, straying(rows.length)];
};

const faults: Readonly<Record<string, TableFault>> = {
  reordered,
  unused,
  wide,
  disguised,
  renamed,
  doubledColumn,
  hostileCells,
  moreHostileCells: hostileCells,
  huge,
  misshapen,
  footer,
  repeated,
  contradicted,
  headerOnly,
  oneColumn,
};

/** A table with something changed in it, by lot. */
export const tableFault = (table: Table, chance: Chance): Faulty<Table> => {
  const [name, fault] = chance.pick(Object.entries(faults));
  if (table.rows.length === 0) return { name: "reordered", made: table, ...harmless };
  const [made, bound] = fault(table, chance);
  return { name, made, ...bound };
};
