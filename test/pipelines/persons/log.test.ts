import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openAccessLog } from "../../../src/server/state/access-log.ts";
import { appendLog, readLog } from "../../../src/store/log/log.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

interface Entry {
  readonly command: string;
  readonly result: string;
  readonly about: readonly string[];
  readonly objects: Readonly<Record<string, unknown>>;
}

const logOf = (folder: string): string => join(folder, ".spejl", "log.jsonl");
const entriesOf = (folder: string): readonly Entry[] =>
  readFileSync(logOf(folder), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { entry: Entry }).entry);

const codeOf = (...words: readonly string[]) => {
  const { status, document } = spejlJson<{ problems?: readonly { code: string; line: number | null }[] }>(...words);
  return [status, document.problems?.[0]?.code, document.problems?.[0]?.line];
};

const entry = (n: number) => ({ command: `test ${n}`, result: "done", about: [], objects: {} });

describe("the log of a study", () => {
  it("has who did what with which data, and no id, answer or name", () => {
    const folder = smallStudy();
    expect(spejl("run", folder).status).toBe(0);
    expect(spejl("report", "leader", "L5", folder).status).toBe(0);
    expect(spejl("report", "leader", "L55", folder).status).toBe(3);
    expect(spejl("erase", "L3-1", folder, "--yes").status).toBe(0);
    const entries = entriesOf(folder);
    expect(entries.map(({ command, result }) => `${command}: ${result}`)).toEqual([
      "run: begun",
      "run: done",
      "report leader: begun",
      "report leader: done",
      "report leader: begun",
      "report leader: leader-unknown",
      "erase: begun",
      "erase: done",
    ]);
    expect(entries[1]!.objects["deliveries"]).toHaveLength(2);
    expect(entries[1]!.objects["release"]).toMatch(/^after-/);
    expect(readFileSync(logOf(folder), "utf8")).not.toMatch(/L3-1|"L5"|Drift/);
    const { about } = spejlJson<{ about: { entries: readonly Entry[]; erased: boolean } }>(
      ...["audit", folder, "--about", "L5"],
    ).document;
    expect(about.entries.map(({ command }) => command)).toEqual(["report leader", "report leader"]);
    const gone = spejlJson<{ about: { entries: readonly Entry[]; erased: boolean; vault: unknown[] } }>(
      ...["audit", folder, "--about", "L3-1"],
    ).document.about;
    expect(gone).toMatchObject({ erased: true, vault: [] });
    expect(gone.entries).toHaveLength(2);
  }, 120_000);

  it("tells the line that was changed, and a log that was shortened or taken away", () => {
    const folder = smallStudy();
    for (const command of ["ingest", "ingest", "score"]) expect(spejl(command, folder).status).toBe(0);
    const whole = readFileSync(logOf(folder), "utf8");
    const head = readFileSync(join(folder, ".spejl", "log.head"), "utf8");
    const { hash } = JSON.parse(head) as { hash: string };
    expect(codeOf("audit", folder, "--anchor", `6:${hash}`)[0]).toBe(0);
    writeFileSync(logOf(folder), whole.replace('"n":3', '"n":4'));
    expect(codeOf("audit", folder)).toEqual([3, "log-broken", 3]);
    const lines = whole.split("\n");
    writeFileSync(logOf(folder), `${lines.slice(0, 4).join("\n")}\n`);
    expect(codeOf("audit", folder).slice(0, 2)).toEqual([3, "log-differs"]);
    expect(spejl("ingest", folder).status).toBe(0);
    expect(codeOf("audit", folder).slice(0, 2)).toEqual([3, "log-differs"]);
    rmSync(join(folder, ".spejl", "log.head"));
    expect(codeOf("audit", folder)[0]).toBe(0);
    expect(codeOf("audit", folder, "--anchor", `6:${hash}`).slice(0, 2)).toEqual([3, "log-differs"]);
    rmSync(logOf(folder));
    expect(codeOf("audit", folder).slice(0, 2)).toEqual([3, "log-missing"]);
  }, 120_000);

  it("takes away what a stop left of a line, says so, and goes on", async () => {
    const folder = smallStudy();
    for (const n of [1, 2]) await appendLog(folder, entry(n));
    appendFileSync(logOf(folder), '{"hash":"00');
    expect((await readLog(folder))?.torn).toBe(11);
    await appendLog(folder, entry(3));
    const reading = await readLog(folder);
    expect(reading).toMatchObject({ broken: [], torn: 0 });
    expect(reading?.entries.map(({ command, result }) => `${command} ${result}`)).toEqual([
      "test 1 done",
      "test 2 done",
      "log torn-line-removed",
      "test 3 done",
    ]);
  });

  it("has who it was, and the number of one whom the system has no name for, as in a container", async () => {
    const folder = smallStudy();
    await appendLog(folder, entry(1));
    const { userInfo } = os;
    const restore = () => {
      os.userInfo = userInfo;
      syncBuiltinESMExports();
    };
    onTestFinished(restore);
    os.userInfo = () => {
      throw new Error("ENOENT: uv_os_get_passwd");
    };
    syncBuiltinESMExports();
    await appendLog(folder, entry(2));
    restore();
    const actors = (await readLog(folder))?.entries.map(({ actor }) => actor);
    expect(actors).toEqual([userInfo().username, `uid ${process.getuid?.()}`]);
  });

  it("goes on behind a megabyte", async () => {
    const folder = smallStudy();
    const long = { command: "x".repeat(200_000), result: "done", about: [], objects: {} };
    for (let n = 1; n <= 8; n += 1) expect(await appendLog(folder, long)).toBe(n);
    expect((await readLog(folder))?.broken).toEqual([]);
  });

  it("has one chain when many write at once", async () => {
    const folder = smallStudy();
    await appendLog(folder, entry(0));
    const code = `
      const { appendLog } = await import(${JSON.stringify(join(process.cwd(), "dist/src/store/log/log.js"))});
      const one = { command: "test", result: "done", about: [], objects: {} };
      await Promise.all(Array.from({ length: 8 }, () => appendLog(${JSON.stringify(folder)}, one)));
    `;
    const writers = Array.from(
      { length: 4 },
      () =>
        new Promise<number | null>((done) => {
          spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "inherit" }).on("exit", done);
        }),
    );
    expect(await Promise.all(writers)).toEqual([0, 0, 0, 0]);
    const reading = await readLog(folder);
    expect(reading).toMatchObject({ broken: [], torn: 0, head: { entries: 33 } });
  }, 60_000);
});

describe("the server's log of who read what", () => {
  it("is proven beside it: whole, altered, shortened, and gone", async () => {
    const folder = smallStudy();
    expect(spejl("run", folder).status).toBe(0);
    const state = join(folder, ".spejl", "server");
    mkdirSync(state);
    const log = await openAccessLog(state, Date.now);
    for (const person of ["anna", "bo", "cai"])
      await log.append({ person, action: "read", object: "/report", release: null, result: "200" });
    const { entries, hash } = log.head();
    await log.close();
    const noted = ["--access-anchor", `${entries}:${hash}`];
    expect(spejlJson<{ access: object }>("audit", folder, ...noted).document.access).toEqual({ entries, hash });
    expect(spejl("audit", folder).stdout).toContain(`3 entries in the server's access log; the chain holds.`);
    const file = join(state, "access.jsonl");
    const whole = readFileSync(file, "utf8");
    writeFileSync(file, whole.replace('"bo"', '"eva"'));
    expect(codeOf("audit", folder)).toEqual([3, "log-broken", 2]);
    writeFileSync(file, whole.split("\n").slice(0, 2).join("\n").concat("\n"));
    expect(codeOf("audit", folder).slice(0, 1)).toEqual([0]);
    expect(codeOf("audit", folder, ...noted).slice(0, 2)).toEqual([3, "log-differs"]);
    rmSync(file);
    expect(codeOf("audit", folder, ...noted).slice(0, 2)).toEqual([3, "log-missing"]);
  });
});
