import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallStudy } from "./small-study.ts";
import { spejl, spejlJson } from "./spejl.ts";

interface Ran {
  readonly publish: { readonly release: string; readonly files: readonly string[] };
  readonly skipped: readonly string[];
  readonly repaired: readonly { readonly code: string; readonly file: string }[];
}
const stages = ["ingest", "score", "summarize", "estimate", "publish"];
const run = (folder: string): Ran => {
  const { status, document } = spejlJson<Ran>("run", folder);
  expect(status).toBe(0);
  return document;
};
const releases = (folder: string): string => join(folder, ".spejl", "releases");
const flip = (path: string): void => {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] = bytes[bytes.length >> 1]! ^ 4;
  writeFileSync(path, bytes);
};

describe("a release in the store", () => {
  it("is made again by a run that finds it damaged, which says so; until then no report is made of it", () => {
    const folder = smallStudy();
    const { release } = run(folder).publish;
    for (const [name, damage, ...report] of [
      ["latest", (path: string) => writeFileSync(path, "nonsense"), "research"],
      [join(release, "leaders.jsonl"), flip, "leader", "--all"],
    ] as const) {
      damage(join(releases(folder), name));
      const refused = spejl("report", ...report, folder);
      expect(refused.stderr).toMatch(/^\S*\.spejl\S*: The release is not as it was published\.\n {2}Run `spejl run`/);
      expect(refused.status).toBe(3);
      const again = run(folder);
      expect(again.repaired).toMatchObject([{ code: "release-damaged", file: join(releases(folder), name) }]);
      expect(again.skipped).toEqual(stages.slice(0, -1));
      expect(again.publish.release).toBe(release);
    }
    expect(run(folder)).toMatchObject({ repaired: [], skipped: stages });
  });

  it("is the same wherever the study lies and however its folder is typed, and leaders keep their pages", () => {
    const folder = smallStudy();
    const { release } = run(folder).publish;
    spejl("report", "leader", "--all", folder);
    const moved = `${folder}-moved`;
    renameSync(folder, moved);
    try {
      const again = run(join(moved, "..", moved.slice(dirname(moved).length + 1), "."));
      expect(again).toMatchObject({ skipped: stages, repaired: [], publish: { release } });
      expect(again.publish.files.every((file) => existsSync(file))).toBe(true);
      expect(readdirSync(join(moved, "reports", "leaders")).length).toBe(16);
    } finally {
      mkdirSync(folder);
      rmSync(moved, { recursive: true });
    }
  });

  it("takes leaders' pages with it when another release takes its place", () => {
    const folder = smallStudy();
    const { release } = run(folder).publish;
    spejl("report", "leader", "--all", folder);
    writeFileSync(
      join(folder, "study.yaml"),
      readFileSync(join(folder, "study.yaml"), "utf8").replace("Small", "Tiny"),
    );
    expect(run(folder).publish.release).not.toBe(release);
    expect(existsSync(join(folder, "reports", "leaders"))).toBe(false);
  });
});

describe("the file that keeps two commands from writing at once", () => {
  it("is refused by name where it is damaged, the vault being left as it is; without it all goes on", () => {
    const folder = smallStudy();
    run(folder);
    const lock = join(folder, ".spejl", "log.lock");
    const bytes = readFileSync(lock);
    bytes[100] = bytes[100]! ^ 4;
    writeFileSync(lock, bytes);
    for (const words of [["report", "research"], ["run"]]) {
      const { status, stderr } = spejl(...words, folder);
      expect(stderr).toMatch(/log\.lock, which keeps two commands from writing at once, is not as it was written/);
      expect(stderr).toMatch(/Delete the file/);
      expect(status).toBe(3);
    }
    expect(readdirSync(join(folder, ".spejl"))).not.toContain("vault.duckdb.damaged");
    rmSync(lock);
    expect(run(folder)).toMatchObject({ repaired: [], skipped: stages });
  });
});
