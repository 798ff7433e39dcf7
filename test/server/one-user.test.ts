import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { smallStudy } from "../pipelines/small-study.ts";
import { spejlProcess } from "../pipelines/spejl.ts";

const user = 64_001;
const cli = join(process.cwd(), "dist", "pipelines", "cli.js");
const env = { ...process.env, LANG: "en_GB.UTF-8", LC_ALL: "", HOME: "/nonexistent" };
const asUser = (words: readonly string[]) =>
  spawnSync(process.execPath, words, { uid: user, gid: user, env, encoding: "utf8", cwd: "/" });

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

/** Everything below a folder, itself too. */
const below = (folder: string): readonly string[] => [
  folder,
  ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
];

const give = (folder: string, to: number): void => {
  for (const path of below(folder)) chownSync(path, to, to);
};

/** A study of a user who is not the one that tests run as; null where there can be none. */
const studyOfAnother = (): string | null => {
  if (process.getuid?.() !== 0 || asUser([cli, "--version"]).status !== 0) return null;
  const folder = smallStudy({ "people.csv": "id;viewers;leader;mail\nanna;leader;L1;anna@example.org\n" });
  mkdirSync(join(folder, ".spejl"), { mode: 0o700 });
  chmodSync(folder, 0o755);
  give(folder, user);
  return folder;
};

const reason = "takes root, to be two users, and a checkout that every user may read";

const served = async (folder: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [cli, "serve", folder, "--port", "0", "--json"], {
    uid: user,
    gid: user,
    env,
    cwd: "/",
    stdio: ["ignore", "pipe", "ignore"],
  });
  running.push(child);
  const said = await new Promise<string>((known) => {
    child.stdout.once("data", (bytes) => known(String(bytes)));
    child.once("exit", () => known(""));
  });
  expect(said).toContain('"origin"');
  return child;
};

const stop = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => {
    child.once("exit", (code) => done(code));
    child.kill("SIGTERM");
  });

describe("a study that one user runs and serves", () => {
  it("lets that user do all that there is to do, beside the server and after it", async ({ skip }) => {
    const folder = studyOfAnother();
    if (folder === null) return skip(reason);
    const does = (...words: readonly string[]): void => {
      const { status, stdout, stderr } = asUser([cli, ...words]);
      expect(status, `${words.join(" ")}: ${stdout}${stderr}`).toBe(0);
    };
    does("ingest", folder);
    does("people", folder);
    const server = await served(folder);
    does("invite", "anna", folder);
    does("erase", "L1-0", folder, "--yes");
    does("backup", join(folder, "copy"), folder);
    does("audit", folder);
    expect(await stop(server)).toBe(0);
    does("audit", "prune", "--before", "2100-01-01", "--yes", folder);
    does("key", "rotate", folder);
    expect(await stop(await served(folder))).toBe(0);
    expect(below(join(folder, ".spejl")).filter((path) => lstatSync(path).uid !== user)).toEqual([]);
  }, 240_000);

  it("keeps root from leaving files that the user could not read", ({ skip }) => {
    const folder = studyOfAnother();
    if (folder === null) return skip(reason);
    for (const words of [["people"], ["invite", "anna"], ["ingest"], ["erase", "L1-0"], ["key", "rotate"]]) {
      const { status, stderr } = spejlProcess(...words, folder);
      expect([status, stderr], words[0]).toEqual([3, expect.stringContaining(`sudo -u '#${user}'`)]);
    }
    expect(below(join(folder, ".spejl"))).toEqual([join(folder, ".spejl")]);
    expect(existsSync(join(folder, "reports"))).toBe(false);
  });
});
