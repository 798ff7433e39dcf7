import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Refusal } from "../../../src/errors.ts";
import { copyFile, keepFile, sourceFile } from "../../../src/store/deliveries/copy.ts";
import { folderOf } from "../../pipelines/staged-study.ts";

const content = Buffer.alloc((1 << 20) + 17, "Ærø;1\n");
const folder = () => folderOf({ "a.csv": content, "empty.csv": "" });
const copied = (at: string, name = "a.csv") => copyFile(name, join(at, name), join(at, "copy"));
const refusal = async (attempt: Promise<unknown>) => {
  const fault = await attempt.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof Refusal)) throw new Error(`not refused: ${fault}`);
  return fault.problems;
};

describe("a copy of a file", () => {
  it("has the bytes and the hash of the file, and nobody else may read it", async () => {
    const at = folder();
    const copy = await copied(at);
    expect(copy).toMatchObject({
      name: "a.csv",
      path: join(at, "copy"),
      sha256: hash("sha256", content, "hex"),
      bytes: content.length,
    });
    expect(readFileSync(copy.path).equals(content)).toBe(true);
    expect(statSync(copy.path).mode & 0o077).toBe(0);
  });

  it("stays as it was when the file changes", async () => {
    const at = folder();
    const copy = await copied(at);
    writeFileSync(join(at, "a.csv"), "other");
    expect(hash("sha256", readFileSync(copy.path), "hex")).toBe(copy.sha256);
  });

  it("of a link is one of the file that it leads to", async () => {
    const at = folder();
    symlinkSync("a.csv", join(at, "link.csv"));
    const copy = await copied(at, "link.csv");
    expect(copy.sha256).toBe(hash("sha256", content, "hex"));
    expect(statSync(copy.path).isFile()).toBe(true);
  });

  it.each([
    ["missing.csv", { code: "file-missing", place: { file: "missing.csv" } }],
    ["a.csv/b.csv", { code: "file-missing", place: { file: "a.csv/b.csv" } }],
    ["broken.csv", { code: "file-missing", place: { file: "broken.csv" } }],
    ["empty.csv", { code: "file-empty", place: { file: "empty.csv" } }],
    ["folder", { code: "file-unreadable", place: { file: "folder" }, cause: "not a file" }],
    ["pipe", { code: "file-unreadable", place: { file: "pipe" }, cause: "not a file" }],
    ["circle", { code: "file-unreadable", place: { file: "circle" }, cause: "ELOOP" }],
  ])("is not made of %s, and a pipe that nobody writes to is not waited for", async (name, problem) => {
    const at = folder();
    mkdirSync(join(at, "folder"));
    execFileSync("mkfifo", [join(at, "pipe")]);
    symlinkSync("nowhere.csv", join(at, "broken.csv"));
    symlinkSync("circle", join(at, "circle"));
    expect(await refusal(copied(at, name))).toEqual([problem]);
    expect(await refusal(sourceFile(name, join(at, name)))).toEqual([problem]);
    expect(readdirSync(at)).not.toContain("copy");
  });
});

describe("a copy that is kept", () => {
  it("stands once under its hash, whole, and is gone from where it was", async () => {
    const at = folder();
    for (const name of ["first", "second"]) {
      const copy = await copyFile("a.csv", join(at, "a.csv"), join(at, name));
      await keepFile(copy, at);
      const kept = join(at, ".spejl", "deliveries");
      expect(readdirSync(kept)).toEqual([copy.sha256]);
      expect(readFileSync(join(kept, copy.sha256)).equals(content)).toBe(true);
      expect(readdirSync(at)).not.toContain(name);
    }
  });

  it("takes the place of one that was cut short", async () => {
    const at = folder();
    const copy = await copied(at);
    const kept = join(at, ".spejl", "deliveries");
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, copy.sha256), "Ær");
    await keepFile(copy, at);
    expect(readFileSync(join(kept, copy.sha256)).equals(content)).toBe(true);
  });
});
