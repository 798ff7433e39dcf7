import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Refusal } from "../../src/errors.ts";
import { holdStudy, originServed } from "../../src/server/lock.ts";

let state = "";
const children: ChildProcess[] = [];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "lock-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(state, { recursive: true });
});

const holding = `
  const { holdStudy } = await import("./dist/src/server/lock.js");
  try { await holdStudy("small", process.argv[1]); console.log("held"); setInterval(() => undefined, 1e6); }
  catch (fault) { console.log(JSON.stringify(fault.problems)); }`;

/** Another process that holds the study as long as it lives, or is refused; what it says. */
const another = (...before: readonly string[]) => {
  const [command = "", ...words] = [...before, process.execPath, "--input-type=module", "-e", holding, state];
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const said = new Promise<string>((known) => child.stdout.once("data", (bytes) => known(String(bytes).trim())));
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  return { child, said, gone };
};

const refused = async (pid: number): Promise<void> => {
  const fault = await holdStudy("small", state).catch((one: unknown) => one);
  expect(fault).toBeInstanceOf(Refusal);
  expect(fault).toMatchObject({ problems: [{ code: "server-running", study: "small", pid }] });
};

const canUnshare = spawnSync("unshare", ["-rn", "true"]).status === 0;

describe("the lock of a study's server", () => {
  it("is one process's, which is named, until that ends or is killed", async () => {
    const { child, said, gone } = another();
    expect(await said).toBe("held");
    await refused(child.pid!);
    child.kill("SIGKILL");
    await gone;
    expect(readdirSync(join(state, "lock"))).toHaveLength(1);
    const lock = await holdStudy("small", state);
    expect(readdirSync(join(state, "lock"))).toHaveLength(1);
    await refused(process.pid);
    lock.close();
    expect(readdirSync(join(state, "lock"))).toEqual([]);
    (await holdStudy("small", state)).close();
  });
  // Where the system has no namespaces that this user may make, there is nothing to be held apart by.
  it.skipIf(!canUnshare)("is seen from another network, as that of another container is", async () => {
    const lock = await holdStudy("small", state);
    const other = another("unshare", "-rn");
    expect(await other.said).toContain(`"server-running","study":"small","pid":${process.pid}`);
    lock.close();
    const holder = another("unshare", "-rn");
    expect(await holder.said).toBe("held");
    await expect(holdStudy("small", state)).rejects.toThrow(Refusal);
  });
  it("is never two's, however many come at once", async () => {
    let holders = 0;
    const each = async (): Promise<number> => {
      const lock = await holdStudy("small", state).catch(() => null);
      if (lock === null) return 0;
      holders += 1;
      const most = holders;
      await new Promise((resolve) => setTimeout(resolve, 20));
      holders -= 1;
      lock.close();
      return most;
    };
    for (let round = 0; round < 5; round += 1)
      expect(Math.max(...(await Promise.all(Array.from({ length: 12 }, each))))).toBeLessThanOrEqual(1);
    (await holdStudy("small", state)).close();
  });
  it("tells where the study is served, in a folder however deep", async () => {
    const deep = join(state, "x".repeat(200));
    mkdirSync(deep);
    expect(await originServed(deep)).toBeNull();
    const lock = await holdStudy("small", deep);
    expect(await originServed(deep)).toBeNull();
    lock.serves("http://localhost:8411");
    expect(await originServed(deep)).toBe("http://localhost:8411");
    lock.close();
    expect(await originServed(deep)).toBeNull();
  });
});
