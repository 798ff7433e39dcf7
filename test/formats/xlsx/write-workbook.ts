import { crc32, deflateRawSync } from "node:zlib";

/** A part of an archive, and what to lie about it. */
export interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly stored?: boolean;
  readonly declaredSize?: number;
  readonly declaredPacked?: number;
  readonly flags?: number;
  readonly method?: number;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const part = (name: string, text: string): Part => ({ name, bytes: utf8(text) });

const fields = (...values: readonly (readonly [size: 2 | 4, value: number])[]): Buffer => {
  const buffer = Buffer.alloc(values.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of values) {
    if (size === 2) buffer.writeUInt16LE(value, at);
    else buffer.writeUInt32LE(value, at);
    at += size;
  }
  return buffer;
};

const all32 = 0xffffffff;
const long = (value: number): readonly (readonly [2 | 4, number])[] => [
  [4, value],
  [4, 0],
];

/** Writes a zip archive whose directory holds every size and place in 64 bits, as a writer does that streams. */
export const zip64 = (parts: readonly Part[]): Uint8Array => {
  const short = Buffer.from(zip(parts));
  const end = short.length - 22;
  const start = short.readUInt32LE(end + 16);
  const entries: Buffer[] = [];
  for (let at = start; at < end; ) {
    const nameEnd = at + 46 + short.readUInt16LE(at + 28);
    const head = Buffer.from(short.subarray(at, nameEnd));
    const [packed, unpacked, offset] = [20, 24, 42].map((field) => head.readUInt32LE(field));
    for (const field of [20, 24, 42]) head.writeUInt32LE(all32, field);
    head.writeUInt16LE(5 + 28, 30);
    const stamp = fields([2, 0x7777], [2, 1]);
    entries.push(
      head,
      stamp,
      Buffer.from([9]),
      fields([2, 1], [2, 24], ...long(unpacked!), ...long(packed!), ...long(offset!)),
    );
    at = nameEnd;
  }
  const directory = Buffer.concat(entries);
  const count = parts.length;
  const end64 = fields([4, 0x06064b50], ...long(44), [2, 45], [2, 45], [4, 0], [4, 0], ...long(count), ...long(count));
  const places = fields(...long(directory.length), ...long(start));
  const locator = fields([4, 0x07064b50], [4, 0], ...long(start + directory.length), [4, 1]);
  const short64 = fields([4, 0x06054b50], [2, 0], [2, 0], [2, 0xffff], [2, 0xffff], [4, all32], [4, all32], [2, 0]);
  return new Uint8Array(Buffer.concat([short.subarray(0, start), directory, end64, places, locator, short64]));
};

/** Writes a zip archive. */
export const zip = (parts: readonly Part[], comment = ""): Uint8Array => {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const each of parts) {
    const name = Buffer.from(each.name);
    const packed = each.stored ? Buffer.from(each.bytes) : deflateRawSync(each.bytes);
    const described = [
      [2, 20],
      [2, each.flags ?? 0],
      [2, each.method ?? (each.stored ? 0 : 8)],
      [4, 0],
      [4, crc32(each.bytes)],
      [4, each.declaredPacked ?? packed.length],
      [4, each.declaredSize ?? each.bytes.length],
      [2, name.length],
      [2, 0],
    ] as const;
    const local = Buffer.concat([fields([4, 0x04034b50], ...described), name, packed]);
    directory.push(fields([4, 0x02014b50], [2, 20], ...described, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), name);
    files.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, parts.length],
    [2, parts.length],
    [4, listed.length],
    [4, offset],
    [2, comment.length],
  );
  return new Uint8Array(Buffer.concat([...files, listed, end, Buffer.from(comment)]));
};

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface WrittenSheet {
  readonly name: string;
  /** What stands in `<sheetData>`. */
  readonly data: string;
  readonly state?: string;
  /** What follows `<sheetData>`. */
  readonly after?: string;
}

export interface WrittenWorkbook {
  readonly sheets: readonly WrittenSheet[];
  /** What stands in each `<si>`. */
  readonly strings?: readonly string[];
  /** Format codes: style 1 has the first, style 2 the second, and so on; a number is a built-in format. */
  readonly formats?: readonly (string | number)[];
  readonly from1904?: boolean;
}

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

export const sheetXml = (data: string, after = ""): string =>
  `${declaration}<worksheet xmlns="${main}"><dimension ref="A1:XFD1048576"/><sheetData>${data}</sheetData>${after}</worksheet>`;

const stylesXml = (formats: readonly (string | number)[]): string => {
  const custom = formats.flatMap((code, k) =>
    typeof code === "string" ? [`<numFmt numFmtId="${164 + k}" formatCode="${escaped(code)}"/>`] : [],
  );
  const styles = formats.map((code, k) => `<xf numFmtId="${typeof code === "string" ? 164 + k : code}"/>`);
  return `${declaration}<styleSheet xmlns="${main}"><numFmts>${custom.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join("")}</cellXfs></styleSheet>`;
};

export const relationships = (targets: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

/** The parts of a workbook, as a spreadsheet program writes them. */
export const workbookParts = ({ sheets, strings, formats, from1904 }: WrittenWorkbook): Part[] => {
  const listed = sheets.map(
    ({ name, state }, k) =>
      `<sheet name="${escaped(name)}" sheetId="${k + 1}" ${state ? `state="${state}" ` : ""}r:id="rId${k + 1}"/>`,
  );
  return [
    part(
      "[Content_Types].xml",
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ),
    part("_rels/.rels", relationships([["rId1", "officeDocument", "xl/workbook.xml"]])),
    part(
      "xl/workbook.xml",
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${from1904 ? ' date1904="1"' : ""}/><sheets>${listed.join("")}</sheets></workbook>`,
    ),
    part(
      "xl/_rels/workbook.xml.rels",
      relationships([
        ...sheets.map((_, k) => [`rId${k + 1}`, "worksheet", `worksheets/sheet${k + 1}.xml`] as const),
        ["rIdS", "sharedStrings", "sharedStrings.xml"],
        ["rIdF", "styles", "styles.xml"],
      ]),
    ),
    part(
      "xl/sharedStrings.xml",
      `${declaration}<sst xmlns="${main}">${(strings ?? []).map((each) => `<si>${each}</si>`).join("")}</sst>`,
    ),
    part("xl/styles.xml", stylesXml(formats ?? [])),
    ...sheets.map(({ data, after }, k) => part(`xl/worksheets/sheet${k + 1}.xml`, sheetXml(data, after))),
  ];
};

export const workbookFile = (workbook: WrittenWorkbook): Uint8Array => zip(workbookParts(workbook));

type Value = string | number | boolean | null;

const valueCell = (value: Value): string => {
  if (value === null) return "<c/>";
  if (typeof value === "number") return `<c><v>${value}</v></c>`;
  if (typeof value === "boolean") return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
};

/** Rows of values from row 1; an empty row is left out, so that the next has a number of its own. */
export const rowsXml = (rows: readonly (readonly Value[])[]): string =>
  rows.map((row, k) => (row.length === 0 ? "" : `<row r="${k + 1}">${row.map(valueCell).join("")}</row>`)).join("");

export const sheetOfRows = (name: string, rows: readonly (readonly Value[])[]): WrittenSheet => ({
  name,
  data: rowsXml(rows),
});
