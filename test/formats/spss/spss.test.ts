import { describe, expect, it } from "vitest";
import { type MadeFile, writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { Refusal } from "../../../src/errors.ts";
import { isSpss, readSpss } from "../../../src/formats/spss/spss.ts";
import { readAll } from "./read.ts";

const survey: MadeFile = {
  encoding: "UTF-8",
  variables: [
    { name: "ID", width: 5 },
    { name: "Q1", longName: "vision_1", label: "Min leder har en vision – i år" },
    { name: "TEKST", width: 19, label: "Bemærkninger" },
    { name: "SCORE", missing: { count: -3, values: [90, 99, -1] } },
  ],
  labels: [
    {
      values: [
        [5, "Helt enig"],
        [1, "Helt uenig"],
        [2.5, "Både og"],
        [-1, "Ved ikke"],
      ],
      slots: [2, 6],
    },
    { values: [["A1", "Afdeling 1"]], slots: [1] },
  ],
  cases: [
    ["A1", 5, "Hun lytter", 1.1],
    ["", null, "", null],
    ["A2", 151, "æøå\r\nanden\x1flinje", -99],
    ["A3", 152, " foran", 1e21],
    ["A4", -100, "1234567890123456789", 0.1 + 0.2],
    ["A5", 0, "", 99],
  ],
};
const rows = [
  ["A1", "5", "Hun lytter", "1.1"],
  ["", "", "", ""],
  ["A2", "151", "æøå anden linje", "-99"],
  ["A3", "152", " foran", "1e+21"],
  ["A4", "-100", "1234567890123456789", "0.30000000000000004"],
  ["A5", "0", "", "99"],
];

/** A file of which one can see whether it is open. */
const watched = (bytes: Buffer) => {
  let readers = 0;
  const open = async function* (): AsyncGenerator<Uint8Array> {
    readers += 1;
    try {
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
    } finally {
      readers -= 1;
    }
  };
  return { open, isOpen: () => readers > 0 };
};

const compressions = ["none", "codes", "blocks"] as const;
const orders = [true, false];

describe("a system file", () => {
  it.each(compressions.flatMap((compression) => orders.map((little) => ({ compression, little }))))(
    "is one record a case, wherever it is cut ($compression, little end first: $little)",
    async (how) => {
      const bytes = writeSystemFile({ ...survey, ...how, blockSize: 24 });
      for (const size of [1, 3, 7, 64, 1000, bytes.length])
        expect(await readAll(bytes, size)).toMatchObject({ cases: 6, rows, rest: "", notes: [] });
    },
  );

  it("is known by its first bytes", () => {
    expect(isSpss(writeSystemFile(survey))).toBe(true);
    expect(isSpss(writeSystemFile({ ...survey, compression: "blocks" }))).toBe(true);
    expect(isSpss(Buffer.from("$FL1"))).toBe(false);
    expect(isSpss(Buffer.from("$F"))).toBe(false);
  });

  it("describes its columns", async () => {
    const { columns, encoding } = await readAll(writeSystemFile(survey));
    const labels = [
      { code: "5", label: "Helt enig" },
      { code: "1", label: "Helt uenig" },
      { code: "2.5", label: "Både og" },
      { code: "-1", label: "Ved ikke" },
    ];
    const missing = [
      { low: 90, high: 99 },
      { low: -1, high: -1 },
    ];
    const plain = { id: null, wording: null, labels: [], scores: new Map(), missing: [], personal: false };
    expect(encoding).toBe("utf-8");
    expect(columns).toEqual([
      { ...plain, name: "ID", labels: [{ code: "A1", label: "Afdeling 1" }] },
      { ...plain, name: "vision_1", wording: "Min leder har en vision – i år", labels },
      { ...plain, name: "TEKST", wording: "Bemærkninger" },
      { ...plain, name: "SCORE", labels, missing },
    ]);
  });

  it("has missing values in every way that a file can declare them", async () => {
    const lowest = -1.7976931348623155e308;
    const declared = [
      { count: 0, values: [] },
      { count: 3, values: [7, 8, 9] },
      { count: -2, values: [lowest, 0] },
      { count: -2, values: [90, Number.MAX_VALUE] },
    ];
    const variables = declared.map((missing, k) => ({ name: `Q${k}`, missing }));
    const { columns } = await readAll(writeSystemFile({ variables, cases: [] }));
    expect(columns.map(({ missing }) => missing)).toEqual([
      [],
      [7, 8, 9].map((value) => ({ low: value, high: value })),
      [{ low: Number.NEGATIVE_INFINITY, high: 0 }],
      [{ low: 90, high: Number.POSITIVE_INFINITY }],
    ]);
  });

  it("keeps its names whatever they are, also where two are the same or one is empty", async () => {
    const variables = [
      { name: "A", longName: "__proto__" },
      { name: "B", longName: "constructor" },
      { name: "C", longName: "constructor" },
      { name: "__PROTO_" },
      { name: "" },
      { name: "D", longName: "to\nlinjer" },
    ];
    const { columns, rows: read } = await readAll(writeSystemFile({ variables, cases: [[1, 2, 3, 4, 5, 6]] }));
    expect(columns.map(({ name }) => name)).toEqual([
      "__proto__",
      "constructor",
      "constructor",
      "__PROTO_",
      "VAR5",
      "to linjer",
    ]);
    expect(read).toEqual([["1", "2", "3", "4", "5", "6"]]);
  });

  it("gives as many records as there are cases where the header does not know the number", async () => {
    for (const compression of compressions) {
      const file = await readAll(writeSystemFile({ ...survey, compression, declaredCases: -1 }));
      expect(file).toMatchObject({ cases: null, rows });
    }
  });

  it("may lack the mark of the end where the header knows the number", async () => {
    const file = await readAll(writeSystemFile({ ...survey, compression: "codes", endMark: false }));
    expect(file.rows).toEqual(rows);
  });

  it("may be read again, with the same records and the same counts", async () => {
    const bytes = writeSystemFile({ variables: [{ name: "D", format: 20 }], cases: [[1], [2e10]] });
    const { records, notes } = await readAll(bytes);
    const again: Uint8Array[] = [];
    for await (const chunk of records()) again.push(chunk);
    expect(Buffer.concat(again).toString()).toBe("\n2216-07-23\n");
    expect(notes).toEqual([{ what: "out-of-range", column: "D", cells: 1 }]);
  });

  it("loses none of twenty thousand cases, whatever the compression", async () => {
    const cases = Array.from({ length: 20_000 }, (_, k) => [k % 7, k + 0.5, `svar ${k}`]);
    const expected = cases.map((values) => values.map(String));
    for (const compression of compressions) {
      const variables = [{ name: "A" }, { name: "B" }, { name: "C", width: 12 }];
      const file = await readAll(writeSystemFile({ variables, compression, blockSize: 4096, cases }));
      expect(file.rows).toEqual(expected);
    }
  });

  it("says nothing where there is no value, by its own number for that or the usual one", async () => {
    const usual = Buffer.alloc(8);
    usual.writeDoubleLE(-Number.MAX_VALUE);
    const own = Buffer.alloc(8);
    own.writeDoubleLE(-12345);
    const bytes = writeSystemFile({ variables: [{ name: "Q" }], cases: [[null], [-12345], [-1]] });
    own.copy(bytes, bytes.indexOf(usual));
    expect((await readAll(bytes)).rows).toEqual([[""], [""], ["-1"]]);
  });

  it("is closed when its columns are known, and when nobody wants more of its cases", async () => {
    const cases = Array.from({ length: 20_000 }, () => ["A", 1, "tekst", 0.123456789]);
    const { open, isOpen } = watched(writeSystemFile({ ...survey, cases }));
    const { records } = await readSpss("svar.sav", open);
    expect(isOpen()).toBe(false);
    for await (const chunk of records()) {
      expect([chunk.length > 0, isOpen()]).toEqual([true, true]);
      break;
    }
    expect(isOpen()).toBe(false);
  });

  it("is closed when it is refused", async () => {
    const bytes = writeSystemFile({ ...survey, declaredCases: 2 });
    const { open, isOpen } = watched(bytes);
    const { records } = await readSpss("svar.sav", open);
    await expect(records().next()).rejects.toBeInstanceOf(Refusal);
    expect(isOpen()).toBe(false);
    bytes.writeInt32LE(9, 64);
    await expect(readSpss("svar.sav", open)).rejects.toBeInstanceOf(Refusal);
    expect(isOpen()).toBe(false);
  });
});
