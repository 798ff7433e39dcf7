import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ingest } from "../../../pipelines/ingest/ingest.ts";
import { readKeptFiles } from "../../../src/store/persons/kept-files.ts";
import { readStudy } from "../../../src/store/study-files.ts";
import { openVault } from "../../../src/store/vault/open.ts";
import { smallStudy } from "../small-study.ts";
import { ingestOf } from "../staged-study.ts";

/** A Qualtrics export of the small study: what the vendor adds about persons stands beside the answers. */
const qualtrics = (text: string): string => {
  const [header = "", ...rows] = text.trim().split("\n");
  const names = `IPAddress,RecipientEmail,${header}`.split(",");
  const ids = names.map((name) => `"{""ImportId"":""${name === "IPAddress" ? "ipAddress" : name}""}"`);
  const lines = rows.map((row, k) => `10.9.8.${k % 250},"person ""${k}""@example.org",${row}`);
  return `${[names.join(","), names.join(","), ids.join(","), ...lines].join("\n")}\n`;
};

const keptIn = (folder: string): readonly string[] => {
  const kept = join(folder, ".spejl", "deliveries");
  return readdirSync(kept).map((name) => readFileSync(join(kept, name), "utf8"));
};

describe("what is kept of a delivered file", () => {
  it("holds every record, and nothing of who somebody is", async () => {
    const folder = smallStudy({ "before.csv": qualtrics });
    const report = await ingestOf(folder);
    expect(report.deliveries[0]).toMatchObject({ format: "qualtrics", rows: 96, accepted: 96 });
    const texts = keptIn(folder);
    for (const text of texts) expect(text).not.toMatch(/10\.9\.8|example\.org/);
    const own = texts.find((text) => text.includes("IPAddress")) ?? "";
    const lines = own.trim().split("\n");
    expect(lines.length).toBe(97);
    expect(lines[1]).toMatch(/^"","","L1-0","L1",/);
  });

  it("is the file as it came where the column is mapped, or there is none", async () => {
    const mapped = smallStudy({
      "before.csv": qualtrics,
      "study.yaml": (text) =>
        text.replace(
          "{ file: before.csv, wave: before, rater: employee }",
          "{ file: before.csv, wave: before, rater: employee, columns: { respondent: RecipientEmail } }",
        ),
    });
    await ingestOf(mapped);
    const own = keptIn(mapped).find((text) => text.includes("IPAddress")) ?? "";
    expect(own).toContain("example.org");
    expect(own).not.toContain("10.9.8");
    const plain = smallStudy();
    await ingestOf(plain);
    expect(keptIn(plain)).toContain(readFileSync(join(plain, "after.csv"), "utf8"));
  });
});

describe("a kept file", () => {
  const ingested = async (folder: string) => {
    const study = await readStudy(folder);
    using vault = await openVault(folder);
    return await ingest(vault, study, () => undefined);
  };

  it("that is gone, cut or flipped is kept again by the next ingest, which says so", async () => {
    const folder = smallStudy({ "before.csv": qualtrics });
    await ingested(folder);
    const texts = [...keptIn(folder)].sort();
    const kept = join(folder, ".spejl", "deliveries");
    for (const name of readdirSync(kept)) {
      const path = join(kept, name);
      for (const damage of [
        () => rmSync(path),
        () => writeFileSync(path, readFileSync(path).subarray(1)),
        () => writeFileSync(path, readFileSync(path).fill("x", 9, 10)),
      ]) {
        damage();
        const { skipped, repaired } = await ingested(folder);
        expect({ skipped, repaired }).toEqual({
          skipped: true,
          repaired: [{ code: "kept-damaged", place: { file: path } }],
        });
        expect([...keptIn(folder)].sort()).toEqual(texts);
      }
    }
    expect((await ingested(folder)).repaired).toEqual([]);
  });

  it("of which the list can no longer be read is not taken for none: the list is named", async () => {
    const folder = smallStudy();
    await ingested(folder);
    const register = join(folder, ".spejl", "kept.json");
    expect(
      Object.values(await readKeptFiles(folder))
        .map(({ file }) => file)
        .sort(),
    ).toEqual(["after.csv", "before.csv"]);
    for (const damage of ["", "{", "null", '{"a":null}']) {
      writeFileSync(register, damage);
      await expect(readKeptFiles(folder)).rejects.toMatchObject({
        problems: [{ code: "record-damaged", place: { file: register } }],
      });
    }
    rmSync(register);
    expect(await readKeptFiles(folder)).toEqual({});
    mkdirSync(register);
    await expect(readKeptFiles(folder)).rejects.toThrow("EISDIR");
  });
});
