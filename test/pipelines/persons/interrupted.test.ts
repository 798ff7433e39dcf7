import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { eraseForGood } from "../../../pipelines/persons/erasure.ts";
import { purge } from "../../../pipelines/persons/purge.ts";
import { openTerminal } from "../../../pipelines/terminal/terminal.ts";
import { addErasures, readErasures } from "../../../src/store/persons/erased.ts";
import { subjectOfId } from "../../../src/store/persons/pseudonym.ts";
import { keptKey } from "../../../src/store/persons/study-key.ts";
import { readStudy } from "../../../src/store/study-files.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

const canary = "kanarie-3317@example.org";
const withCanary = () => smallStudy({ "after.csv": (text) => `${text}${canary},L3,2,3\n` });
const terminal = openTerminal({ json: false, quiet: true, color: false });

const elsewhere = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "spejl-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const codeOf = (...words: readonly string[]) => {
  const { status, document } = spejlJson<{ problems?: readonly { code: string }[] }>(...words);
  return [status, document.problems?.[0]?.code];
};

const skippedOf = (folder: string): readonly string[] =>
  spejlJson<{ skipped: readonly string[] }>("run", folder).document.skipped;

describe("an erasure", () => {
  it("that was stopped once the person was out makes the numbers again at the next try", async () => {
    const folder = withCanary();
    expect(spejl("estimate", folder).status).toBe(0);
    const key = (await keptKey(folder))!;
    const erasures = await addErasures(folder, [{ subject: subjectOfId(key, canary), at: "" }]);
    await purge(await readStudy(folder), key, erasures);
    expect(spejl("erase", canary, folder, "--yes").status).toBe(0);
    expect(skippedOf(folder)).toEqual(["ingest", "score", "summarize", "estimate"]);
  }, 120_000);

  it("is remembered beside another one at the same time", async () => {
    const folder = withCanary();
    expect(spejl("ingest", folder).status).toBe(0);
    const key = (await keptKey(folder))!;
    const study = await readStudy(folder);
    const ids = [canary, "L1-0", "L2-0", "L4-0"];
    const ended = await Promise.allSettled(ids.map((id) => eraseForGood(study, id, key, terminal)));
    const known = new Set((await readErasures(folder)).map(({ subject }) => subject));
    for (const [k, { status }] of ended.entries())
      if (status === "fulfilled") expect(known.has(subjectOfId(key, ids[k]!))).toBe(true);
    // Who found the study held by another has to try again.
    for (const id of ids) await eraseForGood(study, id, key, terminal);
    const erased = new Set((await readErasures(folder)).map(({ subject }) => subject));
    expect(ids.every((id) => erased.has(subjectOfId(key, id)))).toBe(true);
  }, 120_000);
});

describe("a restore", () => {
  it("that was stopped between its two moves leaves the store that was, whatever is run next", () => {
    const folder = withCanary();
    expect(spejl("ingest", folder).status).toBe(0);
    expect(spejl("erase", canary, folder, "--yes").status).toBe(0);
    const key = readFileSync(join(folder, ".spejl", "pseudonym.key"), "utf8");
    const copy = join(elsewhere(), "copy");
    for (const [command, ...rest] of [
      ["ingest", folder],
      ["audit", folder],
      ["backup", copy, folder, "--with-key"],
      ["restore", copy, folder, "--yes"],
    ] as const) {
      renameSync(join(folder, ".spejl"), join(folder, ".spejl-former"));
      expect(spejl(command, ...rest).status).toBe(0);
      expect(readFileSync(join(folder, ".spejl", "pseudonym.key"), "utf8")).toBe(key);
      expect(existsSync(join(folder, ".spejl-former"))).toBe(false);
    }
    const { deliveries } = spejlJson<{ deliveries: readonly { erased: number }[] }>("ingest", folder).document;
    expect(deliveries.map(({ erased }) => erased)).toEqual([0, 1]);
  }, 120_000);

  it("puts a vault in the place of one that cannot be opened", () => {
    const folder = withCanary();
    expect(spejl("ingest", folder).status).toBe(0);
    const copy = join(elsewhere(), "copy");
    expect(spejl("backup", copy, folder, "--with-key").status).toBe(0);
    writeFileSync(join(folder, ".spejl", "vault.duckdb"), "no database at all");
    expect(spejl("restore", copy, folder, "--yes").status).toBe(0);
    expect(skippedOf(folder)).toEqual(["ingest"]);
  }, 120_000);

  it("is refused where persons were erased under another key than the backup's", () => {
    const folder = withCanary();
    expect(spejl("ingest", folder).status).toBe(0);
    const copy = join(elsewhere(), "copy");
    expect(spejl("backup", copy, folder, "--with-key").status).toBe(0);
    rmSync(join(folder, ".spejl"), { recursive: true });
    expect(spejl("ingest", folder).status).toBe(0);
    expect(spejl("erase", canary, folder, "--yes").status).toBe(0);
    expect(codeOf("restore", copy, folder, "--yes")).toEqual([3, "erasures-other-key"]);
    const { deliveries } = spejlJson<{ deliveries: readonly { erased: number }[] }>("ingest", folder).document;
    expect(deliveries.map(({ erased }) => erased)).toEqual([0, 1]);
  }, 120_000);
});
