import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { holdStudy } from "../../../src/server/lock.ts";
import { openAccessLog } from "../../../src/server/state/access-log.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";
import { pseudonymOf, tracesOf } from "./traces.ts";

const canary = "kanarie-4410@example.org";
const withCanary = () => smallStudy({ "after.csv": (text) => `${text}${canary},L3,2,3\n` });

const elsewhere = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "spejl-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

interface Restored {
  readonly erased: number;
  readonly again: { readonly vault: readonly { readonly rows: number }[] };
  readonly putBack: readonly string[];
  readonly deliverAgain: readonly string[];
}
interface Refused {
  readonly problems: readonly { readonly code: string; readonly file: string }[];
}

const codeOf = (...words: readonly string[]) => {
  const { status, document } = spejlJson<Refused>(...words);
  return [status, document.problems[0]?.code];
};

describe("backup and restore", () => {
  it("bring a study back into an empty folder with the numbers it had, given its key", () => {
    const study = smallStudy();
    expect(spejl("run", study).status).toBe(0);
    const at = elsewhere();
    const copy = join(at, "copy");
    expect(spejl("backup", copy, study).status).toBe(0);
    expect(readdirSync(join(copy, "store"))).not.toContain("pseudonym.key");
    expect(statSync(copy).mode & 0o777).toBe(0o700);
    expect(statSync(join(copy, "store", "vault.duckdb")).mode & 0o777).toBe(0o600);
    expect(spejl("backup", copy, study).status).toBe(3);

    const empty = join(at, "empty");
    expect(codeOf("restore", copy, empty)).toEqual([3, "key-missing"]);
    expect(existsSync(join(empty, ".spejl"))).toBe(false);
    writeFileSync(join(at, "other.key"), "0".repeat(64));
    expect(codeOf("restore", copy, empty, "--key", join(at, "other.key"))).toEqual([3, "key-other"]);
    const key = join(study, ".spejl", "pseudonym.key");
    const { status, document } = spejlJson<Restored>("restore", copy, empty, "--key", key);
    expect(status).toBe(0);
    expect(document).toMatchObject({ erased: 0, putBack: ["before.csv", "after.csv"], deliverAgain: [] });
    const again = spejlJson<{ skipped: readonly string[] }>("run", empty).document;
    expect(again.skipped).toEqual(["ingest", "score", "summarize", "estimate"]);
    const latest = (of: string) => readFileSync(join(of, ".spejl", "releases", "latest"), "utf8");
    expect(latest(empty)).toBe(latest(study));
    expect(spejlJson("estimate", empty).document).toEqual(spejlJson("estimate", study).document);
    expect(spejl("audit", empty).status).toBe(0);
  }, 240_000);

  it("keep the erased erased: a backup from before does not bring them back", async () => {
    const folder = withCanary();
    expect(spejl("score", folder).status).toBe(0);
    const pseudonym = pseudonymOf(folder, canary);
    const at = elsewhere();
    const copy = join(at, "copy");
    expect(spejl("backup", copy, folder, "--with-key").status).toBe(0);
    expect(spejl("erase", canary, folder, "--yes").status).toBe(0);
    expect(spejl("restore", copy, folder).status).toBe(2);
    const { status, document } = spejlJson<Restored>("restore", copy, folder, "--yes");
    expect(status).toBe(0);
    expect(document.erased).toBe(1);
    expect(document.again.vault.map(({ rows }) => rows)).toEqual([1]);
    expect(await tracesOf(folder, canary, pseudonym)).toEqual([]);
    const { deliveries } = spejlJson<{ deliveries: readonly { erased: number }[] }>("ingest", folder).document;
    expect(deliveries.map(({ erased }) => erased)).toEqual([0, 1]);
    expect(await tracesOf(folder, canary, pseudonym)).toEqual([]);
    expect(spejl("audit", folder).status).toBe(0);
    expect(readFileSync(join(folder, ".spejl", "log.jsonl"), "utf8")).toMatch(/"command":"restore","result":"done"/);
  }, 240_000);

  it("keep the erased erased on another machine too, given the record of erasures that was kept elsewhere", async () => {
    const folder = withCanary();
    expect(spejl("ingest", folder).status).toBe(0);
    const pseudonym = pseudonymOf(folder, canary);
    const at = elsewhere();
    const copy = join(at, "copy");
    expect(spejl("backup", copy, folder, "--with-key").status).toBe(0);
    expect(spejl("erase", canary, folder, "--yes").status).toBe(0);

    const empty = join(at, "empty");
    cpSync(join(folder, ".spejl", "erased.jsonl"), join(empty, ".spejl", "erased.jsonl"));
    const { status, document } = spejlJson<Restored>("restore", copy, empty, "--yes");
    expect(status).toBe(0);
    expect(document.erased).toBe(1);
    expect(await tracesOf(empty, canary, pseudonym)).toEqual([]);
    expect(document.deliverAgain).toEqual(["after.csv"]);
    cpSync(join(folder, "after.csv"), join(empty, "after.csv"));
    expect(spejl("ingest", empty).status).toBe(0);
    expect(await tracesOf(empty, canary, pseudonym)).toEqual([]);
  }, 240_000);

  it("refuse a damaged backup by the name of what is damaged, and change nothing", () => {
    const folder = smallStudy();
    expect(spejl("ingest", folder).status).toBe(0);
    const at = elsewhere();
    const copy = join(at, "copy");
    expect(spejl("backup", copy, folder, "--with-key").status).toBe(0);
    const vault = readFileSync(join(folder, ".spejl", "vault.duckdb"));
    const stored = ["store/vault.duckdb", "store/kept.json", "study/study.yaml", "backup.json"];
    for (const file of stored) {
      const damaged = join(at, "damaged");
      cpSync(copy, damaged, { recursive: true });
      const bytes = readFileSync(join(damaged, file));
      const place = Math.floor(bytes.length / 2);
      bytes[place] = bytes[place]! ^ 1;
      writeFileSync(join(damaged, file), bytes);
      const { status, document } = spejlJson<Refused>("restore", damaged, folder, "--yes");
      expect([status, document.problems[0]?.code]).toEqual([3, "backup-damaged"]);
      expect(document.problems[0]!.file).toContain(file);
      rmSync(damaged, { recursive: true });
    }
    rmSync(join(copy, "store", "vault.duckdb"));
    expect(codeOf("restore", copy, folder, "--yes")).toEqual([3, "backup-damaged"]);
    expect(codeOf("restore", at, folder, "--yes")).toEqual([3, "backup-absent"]);
    expect(readFileSync(join(folder, ".spejl", "vault.duckdb")).equals(vault)).toBe(true);
  }, 240_000);

  it("encrypt every file with the passphrase, and open with no other", () => {
    const folder = withCanary();
    expect(spejl("ingest", folder).status).toBe(0);
    const at = elsewhere();
    const [copy, secret, other] = [join(at, "copy"), join(at, "secret.txt"), join(at, "other.txt")];
    writeFileSync(secret, "åben sesam\n");
    writeFileSync(other, "sesam\n");
    expect(spejl("backup", copy, folder, "--with-key", "--passphrase-file", secret).status).toBe(0);
    const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const entry of files) {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      expect(bytes.includes(canary)).toBe(false);
      if (entry.name !== "backup.json") expect(bytes.includes("respondent")).toBe(false);
    }
    const empty = join(at, "empty");
    expect(codeOf("restore", copy, empty)).toEqual([3, "backup-locked"]);
    expect(codeOf("restore", copy, empty, "--passphrase-file", other)).toEqual([3, "backup-locked"]);
    expect(spejl("restore", copy, empty, "--passphrase-file", secret).status).toBe(0);
    expect(readFileSync(join(empty, "after.csv"), "utf8")).toContain(canary);
    expect(
      spejlJson<{ deliveries: readonly { unchanged: number }[] }>("ingest", empty).document.deliveries,
    ).toMatchObject([{ unchanged: 96 }, { unchanged: 97 }]);
  }, 240_000);
});

describe("what a server keeps", () => {
  const people = "id;viewers;leader;mail\nanna;leader;L1;anna@example.org\n";
  it("is backed up without its key and whatever would let somebody in, and no restore takes it back", async () => {
    const study = smallStudy({ "people.csv": people });
    expect(spejl("run", study).status).toBe(0);
    expect(spejl("people", study).status).toBe(0);
    expect(spejl("invite", "anna", study).status).toBe(0);
    const state = join(study, ".spejl", "server");
    const log = await openAccessLog(state, Date.now);
    const entry = { person: "anna", action: "read", object: "/report", release: null, result: "200" } as const;
    await log.append(entry);
    const copy = join(elsewhere(), "copy");
    expect(spejl("backup", copy, study).status).toBe(0);
    expect(readdirSync(join(copy, "store", "server")).sort()).toEqual(["access.jsonl", "people.json"]);
    await log.append(entry);
    await log.close();
    const before = readFileSync(join(state, "access.jsonl"), "utf8");
    const lock = await holdStudy(study, state);
    expect(codeOf("restore", copy, study, "--yes")).toEqual([4, "server-running"]);
    lock.close();
    expect(spejl("restore", copy, study, "--yes").status).toBe(0);
    expect(readFileSync(join(state, "access.jsonl"), "utf8")).toBe(before);
    expect(readdirSync(state)).toContain("secret.key");
  });
});
