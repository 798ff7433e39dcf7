import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ingest } from "../../../pipelines/ingest/ingest.ts";
import { type Problem, Refusal } from "../../../src/errors.ts";
import { readStudy } from "../../../src/store/study-files.ts";
import { vaultFile } from "../../../src/store/vault/open.ts";
import { isDamage, withVault } from "../../../src/store/vault/with-vault.ts";
import { smallStudy } from "../../pipelines/small-study.ts";
import { rowsOf } from "../../pipelines/staged-study.ts";

/** Ingests a study, and gives what was made again and what the database holds then. */
const ingested = async (folder: string) => {
  const study = await readStudy(folder);
  const repaired: Problem[] = [];
  return withVault(
    folder,
    async (vault) => {
      const { skipped } = await ingest(vault, study, () => undefined);
      return { skipped, repaired, rows: await rowsOf(vault, "responses") };
    },
    (problem) => repaired.push(problem),
  );
};

const flipped = (path: string, share: number): void => {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length * share);
  bytes[at] = bytes[at]! ^ 4;
  writeFileSync(path, bytes);
};
const block = 1 << 18;
const damages: readonly (readonly [string, (path: string) => void])[] = [
  ["empty", (path) => writeFileSync(path, "")],
  ["cut short", (path) => writeFileSync(path, readFileSync(path).subarray(0, statSync(path).size >> 1))],
  ["another file", (path) => writeFileSync(path, "not a database\n".repeat(2000))],
  ["with a block of zeros", (path) => writeFileSync(path, readFileSync(path).fill(0, 3 << 12, (3 << 12) + block))],
  ...[0.01, 0.1, 0.3, 0.5, 0.7, 0.9].map(
    (share) => [`with a bit flipped at ${share} of it`, (path: string) => flipped(path, share)] as const,
  ),
];

describe("a database that is damaged", () => {
  it("is made again from the deliveries, with the same rows, which is said once", async () => {
    const folder = smallStudy();
    const first = await ingested(folder);
    const path = vaultFile(folder);
    for (const [name, damage] of damages) {
      damage(path);
      const { rows, repaired } = await ingested(folder);
      expect([name, repaired]).toEqual([name, [{ code: "vault-damaged", place: { file: path } }]]);
      expect(rows).toEqual(first.rows);
      expect(readdirSync(join(folder, ".spejl")).sort()).toEqual([
        "deliveries",
        "kept.json",
        "pseudonym.key",
        "vault.duckdb",
      ]);
      expect(await ingested(folder)).toMatchObject({ skipped: true, repaired: [] });
    }
  });

  it("beside a log of nonsense holds what it held", async () => {
    const folder = smallStudy();
    const { rows } = await ingested(folder);
    for (const log of ["", "garbage", "garbage".repeat(1000)]) {
      writeFileSync(`${vaultFile(folder)}.wal`, log);
      expect((await ingested(folder)).rows).toEqual(rows);
    }
  });

  it("stays where the new one cannot be made, until it can", async () => {
    const folder = smallStudy();
    await ingested(folder);
    const delivery = readFileSync(join(folder, "after.csv"));
    writeFileSync(vaultFile(folder), "");
    rmSync(join(folder, "after.csv"));
    await expect(ingested(folder)).rejects.toThrow("file-missing");
    expect(readdirSync(join(folder, ".spejl"))).toContain("vault.duckdb.damaged");
    writeFileSync(join(folder, "after.csv"), delivery);
    expect((await ingested(folder)).rows.length).toBe(192);
    expect(readdirSync(join(folder, ".spejl"))).not.toContain("vault.duckdb.damaged");
  });
});

describe("a database that is not damaged", () => {
  const failing = (folder: string) =>
    ingested(folder).then(
      () => [],
      (fault: unknown) => (fault instanceof Refusal ? fault.problems : [fault]),
    );

  it("but held by another process is left as it is", async () => {
    const folder = smallStudy();
    await ingested(folder);
    const bytes = readFileSync(vaultFile(folder));
    const code = `const { DuckDBInstance } = await import("@duckdb/node-api"); await DuckDBInstance.create(process.argv[1]); console.log("held"); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ["--input-type=module", "-e", code, vaultFile(folder)]);
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    const problems = await failing(folder);
    holder.kill();
    expect(problems).toEqual([{ code: "study-held", pid: holder.pid }]);
    expect(readFileSync(vaultFile(folder)).equals(bytes)).toBe(true);
  });

  it("but cannot be opened is refused by its name", async () => {
    const folder = smallStudy();
    mkdirSync(vaultFile(folder), { recursive: true });
    expect(await failing(folder)).toEqual([
      { code: "path-unusable", place: { file: expect.stringContaining("vault.duckdb") }, cause: "EISDIR" },
    ]);
  });

  it("leaves what went wrong with the work as it was", async () => {
    const told: Problem[] = [];
    const work = withVault(
      smallStudy(),
      () => Promise.reject(new Error("a bug")),
      (problem) => told.push(problem),
    );
    await expect(work).rejects.toThrow("a bug");
    expect(told).toEqual([]);
  });
});

describe("what the database says", () => {
  it.each([
    'IO Error: The file "/s/vault.duckdb" exists, but it is not a valid DuckDB database file!',
    "IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 3",
    'IO Error: Could not read enough bytes from file "/s/vault.duckdb": attempted to read 4096 bytes',
    "IO Error: Trying to read a database file with version number 4, but we can only read version 67",
    'Failure while replaying WAL file "/s/vault.duckdb.wal": end of file',
    "Serialization Error: Failed to deserialize: field id mismatch",
    "INTERNAL Error: Attempted to access index 3 within vector of size 3",
    "FATAL Error: database has been invalidated because of a previous fatal error",
    "Catalog Error: Table with name responses does not exist!",
  ])("tells of damage: %s", (message) => {
    expect(isDamage(new Error(message))).toBe(true);
  });

  it.each([
    'IO Error: Could not set lock on file "/s/vault.duckdb.wal": Conflicting lock is held in node (PID 7)',
    'IO Error: Cannot open file "/s/vault.duckdb.wal": Permission denied',
    "IO Error: Could not write the WAL: No space left on device",
    "Conversion Error: Could not convert string 'Catalog Error' to INT32",
    "Invalid Input Error: not a FATAL Error, an INTERNAL Error or a Serialization Error",
    "Binder Error: Referenced column nothing not found",
    "a bug of the awaits",
  ])("tells of none: %s", (message) => {
    expect(isDamage(new Error(message))).toBe(false);
  });
});

it("nobody but the owner can read what is in the store", async () => {
  const folder = smallStudy();
  const before = process.umask();
  await ingested(folder);
  const top = join(folder, ".spejl");
  const all = readdirSync(top, { recursive: true }).map((name) => join(top, String(name)));
  for (const path of [top, ...all]) {
    const { mode } = statSync(path);
    expect([path, (mode & 0o777).toString(8)]).toEqual([path, statSync(path).isDirectory() ? "700" : "600"]);
  }
  expect(process.umask()).toBe(before);
});
