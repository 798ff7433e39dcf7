import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRunStatus } from "../../src/store/run-status.ts";
import { smallStudy } from "./small-study.ts";
import { spejl } from "./spejl.ts";

const textIn = (folder: string): string => readFileSync(join(folder, ".spejl", "releases", "status.json"), "utf8");

describe("what is noted of a run for who administers it", () => {
  it("counts each delivery's rows and says where rows were not taken and why, without values or ids", async () => {
    const folder = smallStudy();
    appendFileSync(join(folder, "after.csv"), "p1,L01,2,2\np2,L2,7,1\n");
    expect(spejl("run", folder, "--quiet").status).toBe(0);
    const status = (await readRunStatus(folder))!;
    expect(status).toMatchObject({ command: "run", refused: [], quarantined: 2 });
    expect(status.release).toBe(readFileSync(join(folder, ".spejl", "releases", "latest"), "utf8"));
    expect(
      status.deliveries.map(({ file, rows, accepted, rejected, skipped }) => [file, rows, accepted, rejected, skipped]),
    ).toEqual([
      ["before.csv", 96, 96, 0, 0],
      ["after.csv", 98, 96, 2, 0],
    ]);
    expect(status.quarantine).toEqual([
      { file: "after.csv", line: 98, column: "leader", code: "leader-not-in-roster" },
      { file: "after.csv", line: 99, column: "s1", code: "answer-out-of-range" },
    ]);
    expect(textIn(folder)).not.toMatch(/L0?1\b|L2|p1|p2/);
  });
  it("names the faults of a run that was refused, and leaves the release alone", async () => {
    const folder = smallStudy();
    expect(spejl("run", folder, "--quiet").status).toBe(0);
    const { release } = (await readRunStatus(folder))!;
    writeFileSync(join(folder, "after.csv"), "");
    expect(spejl("publish", folder, "--quiet").status).toBe(3);
    expect(await readRunStatus(folder)).toMatchObject({
      command: "publish",
      refused: [{ code: "file-empty", file: "after.csv" }],
      release: null,
      deliveries: [],
    });
    expect(readFileSync(join(folder, ".spejl", "releases", "latest"), "utf8")).toBe(release);
    writeFileSync(join(folder, "study.yaml"), "study: [");
    expect(spejl("ingest", folder, "--quiet").status).toBe(3);
    expect(await readRunStatus(folder)).toMatchObject({ command: "ingest", refused: [{ file: "study.yaml" }] });
  });
  it("is nothing in a folder that is no study", () => {
    const folder = smallStudy();
    writeFileSync(join(folder, "study.yaml"), "study: [");
    expect(spejl("run", folder, "--quiet").status).toBe(3);
    expect(existsSync(join(folder, ".spejl"))).toBe(false);
  });
});
