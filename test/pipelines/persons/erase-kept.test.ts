import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tracesIn } from "../../../pipelines/faults/trace-search.ts";
import { keepDelivery } from "../../../src/store/persons/kept-files.ts";
import { sheetOfRows, workbookFile } from "../../formats/xlsx/write-workbook.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";
import { pseudonymOf } from "./traces.ts";

const canary = "kanarie-9911@example.org";
const header = "respondent,leader,s1,s2";

type Rows = readonly (readonly string[])[];
const cellsOf = (text: string): Rows =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
const contentOf = (file: string): string => readFileSync(join(smallStudy(), file), "utf8");
const workbook = (sheets: Readonly<Record<string, Rows>>): Buffer =>
  Buffer.from(workbookFile({ sheets: Object.entries(sheets).map(([name, rows]) => sheetOfRows(name, rows)) }));

interface Erasing {
  readonly own: readonly { readonly file: string; readonly lines: readonly number[] }[];
  readonly kept: readonly { readonly file: string; readonly records: number }[];
  readonly erased: {
    readonly scan: { readonly records: readonly string[]; readonly id: readonly string[] | null };
  };
}
const erased = (id: string, folder: string): Erasing => {
  const { status, document } = spejlJson<Erasing>("erase", id, folder, "--yes");
  expect(status).toBe(0);
  return document;
};
const keptTexts = (folder: string): readonly string[] => {
  const kept = join(folder, ".spejl", "deliveries");
  return readdirSync(kept).map((name) => readFileSync(join(kept, name), "utf8"));
};

describe("kept deliveries after an erasure", () => {
  it("hold nobody in any sheet of a workbook that two deliveries read", async () => {
    const [before, after] = [cellsOf(contentOf("before.csv")), cellsOf(contentOf("after.csv"))];
    const folder = smallStudy({
      "before.csv": workbook({ Før: before, Efter: [...after, [canary, "L3", "2", "3"]] }),
      "after.csv": null,
      "study.yaml": (text) =>
        text
          .replace("file: before.csv, wave", "file: before.csv, sheet: Før, where: { leader: answered }, wave")
          .replace("file: after.csv, wave", "file: before.csv, sheet: Efter, where: { respondent: answered }, wave"),
    });
    expect(spejl("ingest", folder)).toMatchObject({ status: 0 });
    const wanted = { texts: [canary, pseudonymOf(folder, canary)], cells: [] };
    expect(await tracesIn(folder, wanted)).toHaveLength(2);
    expect(erased(canary, folder).kept).toMatchObject([{ file: "before.csv", records: 1 }]);
    expect(await tracesIn(folder, wanted)).toEqual([]);
    const rows = keptTexts(folder).filter((text) => text.startsWith('"respondent"'));
    expect(rows.map((text) => text.trim().split("\n").length)).toEqual([97, 97]);
    expect(spejl("ingest", folder).status).toBe(0);
    expect(await tracesIn(folder, wanted)).toEqual([]);
  }, 120_000);

  it("hold nobody in a sheet that nobody reads", async () => {
    const list = [["id"], ["L1-0"], [canary]];
    const folder = smallStudy({ "after.csv": workbook({ Svar: cellsOf(contentOf("after.csv")), Udsendt: list }) });
    writeFileSync(join(folder, "before.csv"), `${contentOf("before.csv")}${canary},L3,1,1\n`);
    expect(spejl("ingest", folder).status).toBe(0);
    const wanted = { texts: [canary], cells: [] };
    expect(await tracesIn(folder, wanted)).toHaveLength(2);
    expect(erased(canary, folder).erased.scan).toMatchObject({ records: [], id: [] });
    expect(await tracesIn(folder, wanted)).toEqual([]);
    writeFileSync(
      join(folder, "after.csv"),
      workbook({ Udsendt: [["id"]], Svar: cellsOf(contentOf("after.csv")), X: list }),
    );
    expect(spejl("ingest", folder).status).toBe(0);
    expect(await tracesIn(folder, wanted)).toEqual([]);
  }, 120_000);

  it.each([["k9"], ["7"], ["3"]])(
    "hold no record of an id as short as %s, and every record of others",
    (id) => {
      const rows = [`${id},L3,2,3`, `${id},L4,7,3`, `,${id},L5,2,3`, `${id},L6`, `other,L1,${id},3,x`];
      const folder = smallStudy({ "after.csv": (text) => `${text}${rows.join("\n")}\n` });
      expect(spejl("ingest", folder).status).toBe(0);
      const { own, kept, erased: done } = erased(id, folder);
      expect(own).toEqual([{ file: "after.csv", lines: [98, 99, 100, 101] }]);
      expect(kept.map(({ records }) => records)).toEqual([4]);
      expect(done.scan).toMatchObject({ records: [], id: null });
      const text = keptTexts(folder).find((one) => one.includes('"other"'));
      expect(text?.split("\n").length).toBe(99);
      expect(text?.includes(`"${id}","L`)).toBe(false);
    },
    120_000,
  );

  it("hold no piece of a record that a line end inside a cell has cut", async () => {
    const folder = smallStudy({
      "after.csv": (text) =>
        `${text.replace(/$/gm, ",").replace("s2,", "s2,note").replace(/\n,$/, "\n")}${canary},L3,2,1,lang\nnote om mig\n${canary},L3,1,3\n1,min egen\n`,
    });
    expect(spejl("ingest", folder).status).toBe(0);
    erased(canary, folder);
    expect(await tracesIn(folder, { texts: [canary, "min egen", "note om mig"], cells: [] })).toEqual([]);
  }, 120_000);

  it("hold what others answered about a leader who is erased, but no own answer, finished or not, of a file of both", () => {
    const text = (wave: number) =>
      [
        "type,leader,s1,s2,done",
        ...Array.from({ length: 16 }, (_, k) =>
          [`self,L${k + 1},${1 + (k % 3)},2,${k === 4 ? 0 : 1}`].concat(
            Array.from(
              { length: 6 },
              (_, r) => `employee,L${k + 1},${1 + ((k + r + wave) % 3)},${1 + ((k * r) % 3)},1`,
            ),
          ),
        ).flat(),
      ].join("\n");
    const folder = smallStudy({
      "before.csv": `${text(0)}\n`,
      "after.csv": `${text(1)}\n`,
      "study.yaml": (yaml) =>
        yaml.replace(/ {2}- \{ file: (\w+).csv, wave: \w+, rater: employee \}/g, (_, wave: string) =>
          ["type: employee", "type: self, done: 1"]
            .map((where) => [where.split(/[ ,]+/)[1], where])
            .map(([rater, where]) => `  - { file: ${wave}.csv, wave: ${wave}, rater: ${rater}, where: { ${where} } }`)
            .join("\n"),
        ),
    });
    expect(spejl("ingest", folder).status).toBe(0);
    const { own, kept } = erased("L5", folder);
    expect(own).toEqual([
      { file: "before.csv", lines: [30] },
      { file: "after.csv", lines: [30] },
    ]);
    expect(kept.map(({ records }) => records)).toEqual([1, 1]);
    for (const one of keptTexts(folder).filter((each) => each.startsWith('"type"')))
      expect(one.trim().split("\n").length).toBe(16 * 7);
  }, 120_000);

  it("are known before they are there, so that no stop leaves one in which nobody would look", async () => {
    const folder = smallStudy({ ".spejl/deliveries": "in the way" });
    const file = join(folder, "after.csv");
    const copy = { name: "after.csv", path: file, sha256: "0".repeat(64), bytes: 1 };
    const described = { file: "after.csv", delivered: copy.sha256, tables: [] };
    const kept = keepDelivery(folder, { ...copy, original: { path: file, size: 1, modified: 0 } }, described);
    await expect(kept).rejects.toThrow();
    expect(Object.keys(JSON.parse(readFileSync(join(folder, ".spejl", "kept.json"), "utf8")))).toEqual([copy.sha256]);
  });

  it("are read as stores knew them in which a file had one table", () => {
    const folder = smallStudy({ "after.csv": (text) => `${text}${canary},L3,2,3\n` });
    expect(spejl("ingest", folder).status).toBe(0);
    const register = join(folder, ".spejl", "kept.json");
    const known = JSON.parse(readFileSync(register, "utf8")) as Record<string, { tables: readonly object[] }>;
    const former = Object.entries(known).map(([hash, { tables, ...rest }]) => [hash, { ...rest, ...tables[0] }]);
    writeFileSync(register, JSON.stringify(Object.fromEntries(former)));
    expect(erased(canary, folder).kept.map(({ records }) => records)).toEqual([1]);
  }, 60_000);

  it("are all there is: what stopped commands left of the store goes too", async () => {
    const folder = smallStudy({ "after.csv": (text) => `${text}${canary},L3,2,3\n` });
    expect(spejl("ingest", folder).status).toBe(0);
    const store = join(folder, ".spejl");
    for (const beside of [".spejl-restoring/.spejl", ".spejl-former"])
      cpSync(store, join(folder, beside), { recursive: true });
    cpSync(join(store, "vault.duckdb"), join(store, "vault.duckdb.damaged"));
    erased(canary, folder);
    expect(await tracesIn(folder, { texts: [canary, pseudonymOf(folder, canary)], cells: [] })).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith(".spejl"))).toEqual([".spejl"]);
    expect(existsSync(join(store, "vault.duckdb.damaged"))).toBe(false);
  }, 60_000);

  it("may lose the lines that the erasure names, without a word about a delivery that came in part", () => {
    const after = `${contentOf("after.csv")}${canary},L3,2,3\n`;
    const folder = smallStudy({ "after.csv": after });
    expect(spejl("ingest", folder).status).toBe(0);
    expect(erased(canary, folder).own).toEqual([{ file: "after.csv", lines: [98] }]);
    expect(keptTexts(folder)).toContain(contentOf("before.csv"));
    writeFileSync(join(folder, "after.csv"), contentOf("after.csv"));
    expect(spejl("ingest", folder).status).toBe(0);
    expect(keptTexts(folder)).toContain(contentOf("before.csv"));
    writeFileSync(join(folder, "after.csv"), contentOf("after.csv").replace(/.*\n$/, ""));
    expect(spejl("ingest", folder).status).toBe(3);
    expect(header).toBe(after.split("\n")[0]);
  }, 60_000);
});
