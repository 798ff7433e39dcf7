import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ingest } from "../../../pipelines/ingest/ingest.ts";
import { readStudy } from "../../../src/store/study-files.ts";
import { openVault } from "../../../src/store/vault/open.ts";
import { smallStudy } from "../small-study.ts";
import { ingestOf, rowsOf, stagesOf } from "../staged-study.ts";

/** The number under which each file was read, and how many rows the vault holds of it. */
const partsIn = async (folder: string): Promise<Readonly<Record<string, readonly number[]>>> => {
  using vault = await openVault(folder);
  const listed = await rowsOf(vault, "(select file, part from deliveries)");
  const held = await rowsOf(vault, "(select part, count(*) as n from staged_rows group by part)");
  const rows = new Map(held.map((row) => [row["part"], Number(row["n"])]));
  expect([...rows.keys()].sort()).toEqual(listed.map((row) => row["part"]).sort());
  return Object.fromEntries(
    listed.map((row) => [String(row["file"]), [Number(row["part"]), rows.get(row["part"]) ?? 0]]),
  );
};

const change = (folder: string, file: string, by: (text: string) => string): void =>
  writeFileSync(join(folder, file), by(readFileSync(join(folder, file), "utf8")));

describe("a second ingest", () => {
  it("reads again only the delivery that changed, and holds nothing of the one before", async () => {
    const folder = smallStudy();
    await ingestOf(folder);
    const before = await partsIn(folder);
    expect(before).toEqual({ "before.csv": [1, 96], "after.csv": [2, 96] });
    appendFileSync(join(folder, "after.csv"), "new,L1,1,1\n");
    const { deliveries } = await ingestOf(folder);
    expect(deliveries.map(({ accepted, unchanged }) => [accepted, unchanged])).toEqual([
      [96, 96],
      [97, 96],
    ]);
    expect(await partsIn(folder)).toEqual({ "before.csv": [1, 96], "after.csv": [3, 97] });
  });

  it("ends as a fresh one does, whatever came before", async () => {
    const changed = { "after.csv": (text: string) => text.replace("L1-0,L1,", "L1-0,L2,").replace(/L3-1,.*\n/, "") };
    const withdrawn = (text: string) => text.replace("after.csv, wave", "after.csv, complete: 95, wave");
    const folder = smallStudy();
    await stagesOf(folder);
    change(folder, "after.csv", changed["after.csv"]);
    change(folder, "study.yaml", withdrawn);
    change(folder, "study.yaml", (text) =>
      text.replace(/( {2}- \{ file: before.*\n)( {2}- \{ file: after.*\n)/, "$2$1"),
    );
    const again = await stagesOf(folder);
    change(folder, "study.yaml", (text) =>
      text.replace(/( {2}- \{ file: after.*\n)( {2}- \{ file: before.*\n)/, "$2$1"),
    );
    const back = await stagesOf(folder);
    const fresh = await stagesOf(smallStudy(changed));
    expect(back.tables).toEqual(fresh.tables);
    expect(again.tables.score_moments).toEqual(fresh.tables.score_moments);
  });

  it("judges anew by the roster, the instrument and how a delivery is to be read", async () => {
    const folder = smallStudy({ "study.yaml": (text) => text.replace("analysis:", "stopAbove: 1\nanalysis:") });
    await ingestOf(folder);
    change(folder, "roster.csv", (text) => text.replace(/^L16,.*\n/m, ""));
    expect((await ingestOf(folder)).deliveries.map(({ rejected }) => rejected)).toEqual([6, 6]);
    change(folder, "instrument.yaml", (text) => text.replace("range: [1, 3]", "range: [1, 2]"));
    expect((await ingestOf(folder)).deliveries[0]?.rejected).toBeGreaterThan(6);
    change(folder, "instrument.yaml", (text) => text.replace("range: [1, 2]", "range: [1, 3]"));
    change(folder, "study.yaml", (text) => text.replace("after.csv, wave", "after.csv, where: { leader: L1 }, wave"));
    expect((await ingestOf(folder)).deliveries[1]).toMatchObject({ rows: 96, accepted: 6, rejected: 0, skipped: 90 });
  });

  it("does nothing where the study file has changed in what no answer depends on", async () => {
    const folder = smallStudy();
    const isSkipped = async (): Promise<boolean> => {
      const study = await readStudy(folder);
      using vault = await openVault(folder);
      return (await ingest(vault, study, () => undefined)).skipped;
    };
    expect(await isSkipped()).toBe(false);
    const phase = "{ id: one, from: 2020-02-01, to: 2020-12-31, name: { da: Forløb, en: Programme } }";
    change(folder, "study.yaml", (text) =>
      text.replace("en: Small study", "en: Another title").replace("instrument:", `phases: [${phase}]\ninstrument:`),
    );
    expect(await isSkipped()).toBe(true);
    change(folder, "study.yaml", (text) => text.replace("analysis:", "stopAbove: 1\nanalysis:"));
    expect(await isSkipped()).toBe(false);
  });

  it("keeps what was read where another delivery is refused", async () => {
    const folder = smallStudy();
    await ingestOf(folder);
    appendFileSync(join(folder, "before.csv"), "new,L1,1,1\n");
    const good = readFileSync(join(folder, "after.csv"), "utf8");
    writeFileSync(join(folder, "after.csv"), good.replaceAll(/,\d,\d\n/g, ",7,7\n"));
    await expect(ingestOf(folder)).rejects.toThrow("no-row-accepted");
    using vault = await openVault(folder);
    expect(await rowsOf(vault, "(select count(*) as n from responses)")).toEqual([{ n: "192" }]);
    vault[Symbol.dispose]();
    writeFileSync(join(folder, "after.csv"), good);
    await ingestOf(folder);
    expect(await partsIn(folder)).toEqual({ "before.csv": [3, 97], "after.csv": [2, 96] });
  });

  it("finds copies across deliveries, and takes them back when the copy is gone", async () => {
    const folder = smallStudy();
    const row = readFileSync(join(folder, "before.csv"), "utf8").split("\n")[1];
    change(folder, "study.yaml", (text) =>
      text.replace("analysis:", "  - { file: more.csv, wave: before, rater: employee }\nanalysis:"),
    );
    writeFileSync(join(folder, "more.csv"), `respondent,leader,s1,s2\n${row}\nx,L1,1,1\n`);
    const first = await ingestOf(folder);
    expect(first.quarantine).toMatchObject([{ file: "more.csv", line: 2, code: "duplicate" }]);
    change(folder, "before.csv", (text) => text.replace(`${row}\n`, ""));
    change(folder, "study.yaml", (text) => text.replace("before.csv, wave", "before.csv, complete: 95, wave"));
    const second = await ingestOf(folder);
    expect(second.quarantine).toEqual([]);
    expect(second.deliveries.map(({ accepted, unchanged }) => [accepted, unchanged])).toEqual([
      [95, 95],
      [96, 96],
      [2, 2],
    ]);
  });
});
