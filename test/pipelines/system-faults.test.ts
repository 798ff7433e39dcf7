import { spawn, spawnSync } from "node:child_process";
import { existsSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallStudy } from "./small-study.ts";
import { spejl } from "./spejl.ts";

const cli = ["dist/pipelines/cli.js"];
const env = { ...process.env, LANG: "en_GB.UTF-8", LC_ALL: "", NO_COLOR: "1" };
const stack = /^\s+at /m;

/** Runs a command under a limit of the shell. */
const limited = (limit: string, ...words: readonly string[]) =>
  spawnSync("bash", ["-c", `ulimit ${limit}; exec "$0" "$@"`, process.execPath, ...cli, ...words], {
    encoding: "utf8",
    env,
  });

describe("a fault of the system is told in words, with the exit code that it has", () => {
  it("where what is printed finds no room", () => {
    const folder = smallStudy();
    const { status, stderr } = spawnSync(process.execPath, [...cli, "check", folder, "--json"], {
      encoding: "utf8",
      env,
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    });
    expect(stderr).toMatch(/disk is full/i);
    expect(stderr).not.toMatch(stack);
    expect(status).toBe(5);
  });

  it("and the work goes on where nobody reads what is said beside it", async () => {
    const folder = smallStudy();
    const child = spawn(process.execPath, [...cli, "run", folder], { env, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.destroy();
    const status = await new Promise((resolve) => child.on("exit", resolve));
    expect(status).toBe(0);
    expect(existsSync(join(folder, "reports", "research.html"))).toBe(true);
  });

  it("where a report is to lie in what is no folder", () => {
    const folder = smallStudy();
    spejl("run", folder);
    const { status, stderr } = spejl("report", "management", folder, "--out", "/dev/null/x");
    expect(stderr).toMatch(/\/dev\/null\/x.*a file, not a folder/);
    expect(stderr).not.toMatch(stack);
    expect(status).toBe(3);
  });

  it.each([
    ["a file", (path: string) => writeFileSync(path, "")],
    ["a link to itself", (path: string) => symlinkSync(".spejl", path)],
  ])("where the store is %s: it is not said that there is no release", (_, make) => {
    const folder = smallStudy();
    make(join(folder, ".spejl"));
    for (const words of [["report", "research"], ["run"]]) {
      const { status, stderr } = spejl(...words, folder);
      expect(stderr).toMatch(/\.spejl.*cannot be used/);
      expect(stderr).not.toMatch(stack);
      expect(status).toBe(3);
    }
  });

  it("where a file may not grow further, at whatever write; and what is made afterwards is whole", () => {
    const folder = smallStudy();
    for (const blocks of [0, 40, 400]) {
      const { status, stderr } = limited(`-f ${blocks}`, "run", folder);
      expect(stderr).not.toMatch(stack);
      expect([0, 5]).toContain(status);
    }
    const whole = spejl("run", folder, "--json");
    const fresh = spejl("run", smallStudy(), "--json");
    const releaseOf = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout).publish.release;
    expect(releaseOf(whole)).toBe(releaseOf(fresh));
  });

  it("where no more files can be opened, not even the program's own", () => {
    const folder = smallStudy();
    for (const files of [20, 24, 28, 32, 40]) {
      const { status, stderr } = limited(`-n ${files}`, "run", folder);
      expect(stderr).not.toMatch(stack);
      expect([0, 5]).toContain(status);
      if (status === 5) expect(stderr).toMatch(/too many files|open files/i);
    }
    expect(limited("-n 20", "run", folder).status).toBe(5);
  });

  it("where the program's own heap is full, before the engine ends it without a word", () => {
    const { status, stderr } = spawnSync(process.execPath, ["--max-old-space-size=34", ...cli, "run", smallStudy()], {
      encoding: "utf8",
      env,
    });
    expect(stderr).toMatch(/not enough memory/);
    expect(stderr).not.toMatch(stack);
    expect(status).toBe(5);
  });

  it("where a leader's id is longer than a file's name may be: every page is there", () => {
    const long = "Ø".repeat(300);
    const named = (text: string) => text.replaceAll(/\bL3,/g, `${long},`);
    const folder = smallStudy({ "roster.csv": named, "before.csv": named, "after.csv": named });
    spejl("run", folder);
    const { status, stdout } = spejl("report", "leader", "--all", folder, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pages: 16 });
    rmSync(join(folder, "reports"), { recursive: true });
    expect(spejl("report", "leader", long, folder).status).toBe(0);
  });
});
