import { Buffer } from "node:buffer";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import type { Chance } from "./chance.ts";
import { type Faulty, harmless, losing } from "./faults.ts";
import type { Table } from "./made-study.ts";
import { parquetOf } from "./parquet.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const entry = (name: string, content: string, offset: number) => {
  const bytes = Buffer.from(content);
  const packed = deflateRawSync(bytes);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(bytes), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(bytes.length, 18);
  common.writeUInt16LE(name.length, 22);
  const place = Buffer.alloc(14);
  place.writeUInt32LE(offset, 10);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), common, place, Buffer.from(name)]);
  return { local, central };
};

/** A zip archive. */
const archive = (parts: Readonly<Record<string, string>>): Buffer => {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const { local, central } = entry(name, content, offset);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
};

const xml = '<?xml version="1.0" encoding="UTF-8"?>';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";

const sheetCell = (text: string, numbers: boolean): string =>
  numbers && /^\d+$/.test(text)
    ? `<c><v>${text}</v></c>`
    : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

const sheetXml = ({ header, rows }: Table, numbers: boolean): string => {
  const lines = [header, ...rows].map(
    (cells) => `<row>${cells.map((cell) => sheetCell(cell, numbers)).join("")}</row>`,
  );
  return `${xml}<worksheet xmlns="${main}"><sheetData>${lines.join("")}</sheetData></worksheet>`;
};

/** A workbook of sheets by their names, numbers as numbers or everything as text. */
export const workbook = (sheets: Readonly<Record<string, Table>>, numbers: boolean): Buffer => {
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const listed = Object.entries(sheets).map(([name, table], k) => ({ name, id: k + 1, xml: sheetXml(table, numbers) }));
  const each = (write: (sheet: (typeof listed)[number]) => string): string => listed.map(write).join("");
  return archive({
    "[Content_Types].xml": `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${each(({ id }) => `<Override PartName="/xl/worksheets/sheet${id}.xml" ContentType="${type}.worksheet+xml"/>`)}</Types>`,
    "_rels/.rels": `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each(({ name, id }) => `<sheet name="${escaped(name)}" sheetId="${id}" r:id="r${id}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${xml}<Relationships xmlns="${packages}/relationships">${each(({ id }) => `<Relationship Id="r${id}" Type="${office}/worksheet" Target="worksheets/sheet${id}.xml"/>`)}</Relationships>`,
    ...Object.fromEntries(listed.map(({ id, xml }) => [`xl/worksheets/sheet${id}.xml`, xml])),
  });
};

export const jsonLines = ({ header, rows }: Table): Buffer =>
  Buffer.from(
    rows
      .map(
        (cells) =>
          `{${header.map((name, k) => `${JSON.stringify(name)}: ${JSON.stringify(cells[k] ?? "")}`).join(", ")}}\n`,
      )
      .join(""),
  );

const page = ({ header, rows }: Table): Buffer =>
  Buffer.from(
    `<html><body><table>${[header, ...rows]
      .map((cells) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`)
      .join("\n")}</table></body></html>`,
  );

const heads = [
  "PAR1",
  "$FL2@(#) SPSS DATA FILE",
  "$FL3@(#)",
  "%PDF-1.7",
  "PK\x03\x04",
  "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
  "\x1f\x8b\x08",
  "{",
  "{}",
  "[1,2]",
  "<?xml?>",
  "SQLite format 3\0",
  "\x00\x00",
];
const pretender = ({ below, pick }: Chance): Buffer =>
  Buffer.concat([
    Buffer.from(pick(heads), "latin1"),
    Buffer.from(Array.from({ length: below(900) }, () => below(256))),
    Buffer.from(pick(["", "PAR1", "PK\x05\x06"]), "latin1"),
  ]);

/** Formats in which columns have names of their own cannot hold one twice, or none. */
const mostColumns = 2000;
const isNamed = ({ header, rows }: Table): boolean =>
  rows.length > 0 &&
  header.length <= mostColumns &&
  header.every((name) => name.trim() !== "") &&
  new Set(header.map((name) => name.toLowerCase())).size === header.length;

/** The table in a format other than text, under the name of a text. */
export const otherFormat = async (table: Table, text: Buffer, chance: Chance): Promise<Faulty<Buffer>> => {
  const bound = isNamed(table) ? harmless : losing;
  switch (chance.below(8)) {
    case 0:
    case 1:
      return { name: "workbook", made: workbook({ Ark1: table }, chance.once(2)), ...bound };
    case 2:
      return { name: "json-lines", made: jsonLines(table), ...bound };
    case 3:
    case 4: {
      const made = await parquetOf(table, chance.pick(["typed", "text"]));
      return made === null ? { name: "html", made: page(table), ...losing } : { name: "parquet", made, ...bound };
    }
    case 5:
      return { name: "gzip", made: gzipSync(text), ...losing };
    case 6:
      return { name: "html", made: page(table), ...losing };
    default:
      return { name: "pretender", made: pretender(chance), ...losing };
  }
};
