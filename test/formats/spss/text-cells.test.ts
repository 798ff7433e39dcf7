import { describe, expect, it } from "vitest";
import { byteWriter, type MadeFile, writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { readAll } from "./read.ts";

const utf8 = byteWriter(true, "utf-8");
const counted = (bytes: Buffer): Buffer => Buffer.concat([utf8.int(bytes.length), bytes]);
const bytesOf = (text: string): Buffer => Buffer.from(text);

/** A string that needs three variables: two of 255 bytes, and one of what is left when each counts for 252. */
const veryLong = (text: string): MadeFile => {
  const bytes = bytesOf(text);
  const part = (k: number): string => bytes.subarray(255 * k, 255 * (k + 1)).toString("latin1");
  return {
    encoding: "UTF-8",
    variables: [
      { name: "N" },
      { name: "TEKST", longName: "en_lang_tekst", width: 255 },
      { name: "TEKST1", width: 255 },
      { name: "TEKST2", width: 96 },
      { name: "EFTER", width: 2 },
    ],
    extensions: [{ subtype: 14, bytes: bytesOf("TEKST=00600\0\t") }],
    cases: [
      [1, part(0), part(1), part(2), "ja"],
      [2, "", "", "", ""],
    ],
  };
};

describe("strings", () => {
  it.each(["none", "codes", "blocks"] as const)("of up to 600 bytes are one column (%s)", async (compression) => {
    const text = Array.from({ length: 150 }, (_, k) => String(k).padStart(4, ".")).join("");
    const { columns, rows } = await readAll(writeSystemFile({ ...veryLong(text), compression }), 11);
    expect(columns.map(({ name }) => name)).toEqual(["N", "en_lang_tekst", "EFTER"]);
    expect(rows).toEqual([
      ["1", text, "ja"],
      ["2", "", ""],
    ]);
  });

  it.each([
    ["windows-1252", "Æblegrød – 5 €"],
    ["windows-1252", "Ã¦blegrÃ¸d"],
    ["ISO-8859-1", "Æblegrød"],
    ["UTF-8", "Æblegrød – 日本"],
    ["Shift_JIS", "日本 abc"],
    ["GBK", "中文"],
    ["CP850", "Æblegrød"],
  ])("are in the encoding that the file declares (%s)", async (encoding, text) => {
    const file = await readAll(
      writeSystemFile({
        encoding,
        variables: [{ name: "T", longName: `navn${text.slice(0, 2)}`, width: 30, label: text }],
        labels: [],
        cases: [[text]],
      }),
    );
    expect(file.rows).toEqual([[text]]);
    expect(file.columns[0]).toMatchObject({ name: `navn${text.slice(0, 2)}`, wording: text });
    expect(file.encoding).toBe(encoding.toLowerCase());
    expect(file.notes).toEqual([]);
  });

  it.each([
    [null, 1252, "windows-1252", false],
    [null, 28591, "iso-8859-1", false],
    [null, 850, "cp850", false],
    [null, 2, "windows-1252", true],
    ["no-such-code", 1, "windows-1252", true],
    ["base64", 1, "windows-1252", true],
    ["utf-16", 28591, "iso-8859-1", false],
  ])("follow the code page where the name says nothing (%s, %i)", async (declared, codePage, encoding, guessed) => {
    const made: MadeFile = { encoding: null, codePage, variables: [{ name: "T", width: 8 }], cases: [["x"]] };
    const extensions = declared === null ? [] : [{ subtype: 20, bytes: bytesOf(declared) }];
    const file = await readAll(writeSystemFile({ ...made, extensions }));
    expect(file.encoding).toBe(encoding);
    expect(file.notes).toEqual(guessed ? [{ what: "code-page-guessed" }] : []);
  });

  it("lose the half of a character that the width cut off, and tell of bytes that are no characters", async () => {
    const cut = bytesOf("aaaæ").subarray(0, 4).toString("latin1");
    const broken = bytesOf("æ").subarray(1).toString("latin1");
    const file = writeSystemFile({
      encoding: null,
      codePage: 65001,
      variables: [{ name: "T", width: 4 }],
      cases: [[cut], [`${broken}a`], [cut.slice(1)], ["b"]],
    });
    expect(await readAll(file)).toMatchObject({
      rows: [["aaa"], ["\ufffda"], ["aa"], ["b"]],
      notes: [{ what: "characters-unreadable", column: "T", cells: 2 }],
    });
  });

  it("have labels and missing values of their own where they are long", async () => {
    const value = (text: string): Buffer => counted(bytesOf(text.padEnd(12)));
    const labels = [
      counted(bytesOf("afdeling_navn")),
      utf8.int(12),
      utf8.int(2),
      value("Vuggestuen"),
      counted(bytesOf("Den røde")),
      value("x"),
      counted(bytesOf("Ukendt")),
    ];
    const missing = [counted(bytesOf("afdeling_navn")), Buffer.from([2]), utf8.int(8), bytesOf("x       99      ")];
    const file = await readAll(
      writeSystemFile({
        encoding: "UTF-8",
        variables: [{ name: "AFD", longName: "afdeling_navn", width: 12 }],
        extensions: [
          { subtype: 21, bytes: Buffer.concat(labels) },
          { subtype: 22, bytes: Buffer.concat(missing) },
        ],
        cases: [["Vuggestuen"], ["x"], ["99"], ["x9"], [""]],
      }),
    );
    expect(file.columns[0]!.labels).toEqual([
      { code: "Vuggestuen", label: "Den røde" },
      { code: "x", label: "Ukendt" },
    ]);
    expect(file.rows).toEqual([["Vuggestuen"], [""], [""], ["x9"], [""]]);
    expect(file.notes).toEqual([{ what: "declared-missing", column: "afdeling_navn", cells: 2 }]);
  });

  it("may have the length of their missing values before each of them, as old versions of PSPP wrote it", async () => {
    const value = (text: string): Buffer => counted(bytesOf(text.padEnd(8)));
    const bytes = Buffer.concat([counted(bytesOf("T")), Buffer.from([3]), value("x"), value("y"), value("w")]);
    const variables = [{ name: "T", width: 9 }];
    const file = await readAll(
      writeSystemFile({ variables, extensions: [{ subtype: 22, bytes }], cases: [["x"], ["y"], ["w"], ["z"]] }),
    );
    expect(file.rows).toEqual([[""], [""], [""], ["z"]]);
  });

  it("alone have the labels of long strings", async () => {
    const label = [counted(bytesOf("N")), utf8.int(9), utf8.int(1), counted(bytesOf("5")), counted(bytesOf("Enig"))];
    const extensions = [{ subtype: 21, bytes: Buffer.concat(label) }];
    const file = await readAll(writeSystemFile({ variables: [{ name: "N" }], extensions, cases: [] }));
    expect(file.columns[0]!.labels).toEqual([]);
  });

  it("have missing values of up to their width where they are short", async () => {
    const file = await readAll(
      writeSystemFile({
        variables: [{ name: "T", width: 2, missing: { count: 3, values: ["99", "x", ""] } }],
        cases: [["99"], ["x"], ["xx"], ["9"], [""]],
      }),
    );
    expect(file.rows).toEqual([[""], [""], ["xx"], ["9"], [""]]);
    expect(file.columns[0]!.missing).toEqual([]);
    expect(file.notes).toEqual([{ what: "declared-missing", column: "T", cells: 2 }]);
  });

  it("keep the first of labels that differ only beyond the width", async () => {
    const values = [["ja1", "Ja"] as const, ["ja2", "Nej"] as const];
    const file = await readAll(
      writeSystemFile({ variables: [{ name: "T", width: 2 }], labels: [{ values, slots: [1] }], cases: [] }),
    );
    expect(file.columns[0]!.labels).toEqual([{ code: "ja", label: "Ja" }]);
  });

  it("may hold zeros for blanks", async () => {
    const file = await readAll(
      writeSystemFile({
        compression: "codes",
        variables: [{ name: "T", width: 8 }],
        cases: [["a\0b\0\0"], ["\0".repeat(8)]],
      }),
    );
    expect(file.rows).toEqual([["a b"], [""]]);
  });
});
