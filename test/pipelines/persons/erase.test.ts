import { appendFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";
import { pseudonymOf, tracesOf } from "./traces.ts";

const canary = "kanarie-7781@example.org";
const oddName = "Æble Østergård, Åse";

/** The small study with a person who answered both times, once with too few cells, and once where she cannot be counted. */
const withCanary = () =>
  smallStudy({
    "before.csv": (text) => `${text}${canary},L3,3,1\n`,
    "after.csv": (text) => `${text}${canary},L3,2,3\n${canary},L9,7,3\n${canary},L3,1\n`,
  });

interface Delivery {
  readonly file: string;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly erased: number;
}
interface Erasing {
  readonly own: readonly { readonly file: string; readonly lines: readonly number[] }[];
  readonly vault: readonly { readonly rows: number }[];
  readonly erased: { readonly scan: { readonly pseudonym: readonly string[]; readonly id: readonly string[] } } | null;
}

const partOf = (folder: string, part: string): string =>
  readFileSync(join(folder, ".spejl", "releases", releaseOf(folder), part), "utf8");

interface Report {
  readonly leader: string;
  readonly kept: readonly string[];
}
const reportsOf = (folder: string): readonly Report[] =>
  partOf(folder, "leaders.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const reportOf = (folder: string, leader: string): Report => reportsOf(folder).find((each) => each.leader === leader)!;

/** What management and the own leader saw before stays where one person would make the difference; all else is made anew. */
const madeAnew = (folder: string, but: string) => [
  partOf(folder, "research.json"),
  reportsOf(folder).filter(({ leader }) => leader !== but),
];

const releaseOf = (folder: string): string => readFileSync(join(folder, ".spejl", "releases", "latest"), "utf8");

describe("erasing a respondent", () => {
  it("leaves no trace, the numbers as if the person had never answered, and no way back by delivery", async () => {
    const folder = withCanary();
    expect(spejl("run", folder).status).toBe(0);
    const pseudonym = pseudonymOf(folder, canary);
    expect(await tracesOf(folder, canary)).not.toEqual([]);
    expect(await tracesOf(folder, pseudonym)).toContain("plain vault");
    const before = releaseOf(folder);
    const page = reportOf(folder, "L3");

    const shown = spejlJson<Erasing>("erase", canary, folder, "--dry-run");
    expect(shown.document.erased).toBeNull();
    expect(shown.document.vault.map(({ rows }) => rows)).toEqual([1, 1]);
    expect(shown.document.own).toEqual([
      { file: "before.csv", lines: [98] },
      { file: "after.csv", lines: [98, 99, 100] },
    ]);
    expect(spejl("erase", canary, folder).status).toBe(2);
    expect(await tracesOf(folder, pseudonym)).toContain("plain vault");

    const done = spejlJson<Erasing>("erase", canary, folder, "--yes");
    expect(done.status).toBe(0);
    expect(done.document.erased?.scan).toMatchObject({ pseudonym: [], id: [] });
    expect(await tracesOf(folder, canary, pseudonym)).toEqual([]);
    expect(releaseOf(folder)).toBe(before);

    const never = smallStudy();
    expect(spejl("run", never).status).toBe(0);
    const numbers = (of: string) => spejlJson("estimate", of).document;
    expect(numbers(folder)).toEqual(numbers(never));
    expect(spejl("publish", folder).status).toBe(0);
    expect(releaseOf(folder)).not.toBe(before);
    expect(madeAnew(folder, "L3")).toEqual(madeAnew(never, "L3"));
    expect(reportOf(folder, "L3")).toEqual({ ...page, kept: ["before", "after"] });

    renameSync(join(folder, "after.csv"), join(folder, "again.csv"));
    writeFileSync(
      join(folder, "study.yaml"),
      readFileSync(join(folder, "study.yaml"), "utf8").replace("after.csv", "again.csv"),
    );
    appendFileSync(join(folder, "again.csv"), `new-one,L3,2,2\n  ${canary} ,L4,2,2\n`);
    const { deliveries } = spejlJson<{ deliveries: readonly Delivery[] }>("ingest", folder).document;
    expect(deliveries).toMatchObject([
      { file: "before.csv", rows: 97, accepted: 96, rejected: 0, skipped: 1, erased: 1 },
      { file: "again.csv", rows: 101, accepted: 97, rejected: 0, skipped: 4, erased: 4 },
    ]);
    expect(await tracesOf(folder, canary, pseudonym)).toEqual([]);
    expect(spejl("ingest", folder).stdout).toMatch(/again\.csv: Rows of erased persons were skipped \(4\)/);
  }, 240_000);

  it("knows an id as the deliveries have it, and refuses one that is nowhere", () => {
    const folder = smallStudy();
    expect(spejl("ingest", folder).status).toBe(0);
    for (const id of ["L3-99", "l3-1", "L3"]) expect(spejl("erase", id, folder, "--yes").status).toBe(3);
    expect(spejl("erase", " L3-1 ", folder, "--yes").status).toBe(0);
    expect(spejl("erase", "L3-1", folder, "--yes").status).toBe(0);
  }, 120_000);

  it("converts kept files whose records cannot be taken out in place, and finds leaders by their own id", async () => {
    const lines = Array.from({ length: 96 }, (_, k) => ({
      respondent: k === 40 ? oddName : `p${k}`,
      leader: `L${1 + (k % 16)}`,
      s1: 1 + (k % 3),
      s2: 1 + ((k * 5) % 3),
    }));
    const own = Array.from({ length: 16 }, (_, k) => `L${k + 1},${1 + (k % 3)},${1 + ((k + 1) % 3)}`);
    const folder = smallStudy({
      "before.jsonl": lines.map((line) => JSON.stringify(line)).join("\n"),
      "own.csv": `leader,s1,s2\n${own.join("\n")}\n`,
      "study.yaml": (text) =>
        text
          .replace("before.csv", "before.jsonl")
          .replace("analysis:", "  - { file: own.csv, wave: before, rater: self }\nanalysis:"),
    });
    expect(spejl("ingest", folder).status).toBe(0);
    for (const id of [oddName, "L5"]) {
      const { status, document } = spejlJson<Erasing>("erase", id, folder, "--yes");
      expect(status).toBe(0);
      expect(document.vault.map(({ rows }) => rows)).toEqual([1]);
      expect(await tracesOf(folder, pseudonymOf(folder, id))).toEqual([]);
    }
    expect(await tracesOf(folder, oddName)).toEqual([]);
    const { deliveries } = spejlJson<{ deliveries: readonly Delivery[] }>("ingest", folder).document;
    expect(deliveries.map(({ accepted, erased }) => [accepted, erased])).toEqual([
      [95, 1],
      [96, 0],
      [15, 1],
    ]);
  }, 120_000);

  it("holds where the numbers cannot be made again, and says why", async () => {
    const folder = withCanary();
    expect(spejl("score", folder).status).toBe(0);
    const pseudonym = pseudonymOf(folder, canary);
    writeFileSync(join(folder, "before.csv"), "");
    const { status, stdout } = spejl("erase", canary, folder, "--yes");
    expect(status).toBe(0);
    expect(stdout).toContain("before.csv: The file is empty.");
    expect(await tracesOf(folder, canary, pseudonym)).toEqual([]);
  }, 120_000);
});
