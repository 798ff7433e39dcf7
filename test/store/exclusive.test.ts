import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exclusively } from "../../src/store/log/exclusive.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "exclusive-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the lock of a folder", () => {
  it("is whole before it has its name, is its owner's, and leaves nothing beside it", async () => {
    // What a process leaves that was killed while it made the lock.
    writeFileSync(join(folder, "log.lock.123.partial"), Buffer.alloc(4096));
    expect(await exclusively(folder, async () => 5)).toBe(5);
    expect(readdirSync(folder)).toEqual(["log.lock"]);
    expect(statSync(join(folder, "log.lock")).mode & 0o777).toBe(0o600);
    const made = readFileSync(join(folder, "log.lock"));
    await exclusively(folder, async () => undefined);
    expect(readFileSync(join(folder, "log.lock"))).toEqual(made);
  });

  it("keeps processes that make it at the same time from working at the same time", () => {
    const work = `
      import { appendFileSync } from "node:fs";
      import { exclusively } from "${join(process.cwd(), "dist/src/store/log/exclusive.js")}";
      for (let k = 0; k < 5; k += 1) await exclusively(process.argv[1], async () => {
        appendFileSync(process.argv[1] + "/told", "in\\n");
        await new Promise((resolve) => setTimeout(resolve, 3));
        appendFileSync(process.argv[1] + "/told", "out\\n");
      });`;
    const one = `"$0" --input-type=module -e '${work}' ${folder}`;
    const { status, stderr } = spawnSync("bash", ["-c", `${one} & ${one} & ${one} & wait`, process.execPath], {
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
    expect(readFileSync(join(folder, "told"), "utf8")).toBe("in\nout\n".repeat(15));
    expect(readdirSync(folder).sort()).toEqual(["log.lock", "told"]);
  });
});
