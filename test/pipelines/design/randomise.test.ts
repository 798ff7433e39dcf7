import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

interface Record {
  readonly seed: number;
  readonly list: { readonly leaders: number; readonly units: number };
  readonly counts: readonly {
    readonly block: string;
    readonly arm: string;
    readonly leaders: number;
    readonly units: number;
  }[];
  readonly seal: string;
}
interface Refused {
  readonly problems: readonly { code: string; line: number | null; message: string }[];
}

const leaders = Array.from({ length: 23 }, (_, k) => `L${k + 1}`);
const rows = leaders.map((id, k) => `${id},D${k % 3},U${Math.floor(k / 2)},"Navn, ${k}"`);
const roster = `leader,department,team,note\n${rows.join("\n")}\n`;
const mapped = {
  "study.yaml": (text: string) =>
    text.replace("department: department }", "department: department, block: department }"),
};
const undrawn = { ...mapped, "roster.csv": roster };

const assignmentOf = (folder: string): ReadonlyMap<string, string> => {
  const [header, ...lines] = readFileSync(join(folder, "assignment.csv"), "utf8").trim().split("\n");
  expect(header).toBe("leader,department,team,note,arm");
  return new Map(lines.map((line) => [line.split(",")[0]!, line.split(",").at(-1)!]));
};
const edit = (folder: string, file: string, change: (text: string) => string): void => {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  if (change(text) === text) throw new Error("nothing changed");
  writeFileSync(path, change(text));
};

describe("spejl randomise", () => {
  it("draws within blocks, in balance, and keeps every other column", () => {
    const folder = smallStudy(undrawn);
    const { status, document } = spejlJson<Record>("randomise", folder);
    expect(status).toBe(0);
    expect(document.list).toMatchObject({ leaders: 23, units: 23 });
    for (const block of ["D0", "D1", "D2"]) {
      const counts = document.counts.filter((one) => one.block === block).map((one) => one.leaders);
      expect(Math.abs(counts[0]! - counts[1]!)).toBeLessThanOrEqual(1);
    }
    const arms = assignmentOf(folder);
    expect([...arms.keys()].sort()).toEqual([...leaders].sort());
    expect([...arms.values()].filter((arm) => arm === "control").length).toBeOneOf([11, 12]);
    expect(readFileSync(join(folder, "assignment.csv"), "utf8")).toContain('"Navn, 4"');
  });

  it("that was stopped between record and list is finished by the next one, with the same arms", () => {
    const folder = smallStudy(undrawn);
    spejl("randomise", folder);
    const files = ["assignment.csv", "assignment.json"].map((name) => join(folder, name));
    const before = files.map((file) => readFileSync(file, "utf8"));
    rmSync(files[0]!);
    expect(spejl("randomise", folder).status).toBe(0);
    expect(files.map((file) => readFileSync(file, "utf8"))).toEqual(before);
  });

  it("does not depend on the order of rows, only on the seed", () => {
    const [one, turned, other] = [
      smallStudy(undrawn),
      smallStudy({ ...undrawn, "roster.csv": `leader,department,team,note\n${[...rows].reverse().join("\n")}\n` }),
      smallStudy(undrawn),
    ];
    expect(spejl("randomise", one).status).toBe(0);
    expect(spejl("randomise", turned).status).toBe(0);
    expect(spejl("randomise", other, "--seed", "99").status).toBe(0);
    expect(assignmentOf(turned)).toEqual(assignmentOf(one));
    expect(assignmentOf(other)).not.toEqual(assignmentOf(one));
  });

  it("draws whole units with --by, and refuses a unit that lies in two blocks", () => {
    const folder = smallStudy({ ...undrawn, "study.yaml": (text) => text });
    const { document } = spejlJson<Record>("randomise", folder, "--by", "team");
    expect(document.list.units).toBe(12);
    const arms = assignmentOf(folder);
    for (const [k, id] of leaders.entries()) expect(arms.get(id)).toBe(arms.get(leaders[k - (k % 2)]!));
    const { status, document: refused } = spejlJson<Refused>("randomise", smallStudy(undrawn), "--by", "team");
    expect(status).toBe(3);
    expect(refused.problems[0]).toMatchObject({ code: "unit-across-blocks", line: 3 });
  });

  it("draws in proportion to the arms' shares", () => {
    const folder = smallStudy({
      ...undrawn,
      "study.yaml": (text) => text.replace("{ id: training,", "{ id: training, share: 2,"),
    });
    const { document } = spejlJson<Record>("randomise", folder);
    const counts = ["control", "training"].map((arm) => document.counts.find((one) => one.arm === arm)?.leaders);
    expect(counts).toEqual([expect.toBeOneOf([7, 8]), expect.toBeOneOf([15, 16])]);
  });

  it("is confirmed by making it again, also when it has become the roster", () => {
    const folder = smallStudy(undrawn);
    spejl("randomise", folder);
    expect(spejlJson<{ verified: boolean }>("randomise", "--verify", folder)).toMatchObject({
      status: 0,
      document: { verified: true },
    });
    edit(folder, "study.yaml", (text) => text.replace("file: roster.csv", "file: assignment.csv"));
    expect(spejl("randomise", "--verify", folder).status).toBe(0);
    expect(spejl("ingest", folder, "--quiet").status).toBe(0);
  });

  const tampered: readonly (readonly [string, string, (text: string) => string, string])[] = [
    ["an arm", "assignment.csv", (text) => text.replace(/training\n/, "control\n"), "another arm than the seed gives"],
    ["a block", "assignment.csv", (text) => text.replace("L1,D0", "L1,D1"), "not those that were drawn"],
    [
      "the record's seed",
      "assignment.json",
      (text) => text.replace('"seed": 1', '"seed": 2'),
      "the record was changed",
    ],
    ["the roster, by a leader less", "roster.csv", (text) => text.replace(/L1,.*\n/, ""), "left the roster (1: L1)"],
    ["the roster, by a leader more", "roster.csv", (text) => `${text}L99,D1,U9,x\n`, "joined the roster (1: L99)"],
    [
      "the shares",
      "study.yaml",
      (text) => text.replace("{ id: training,", "{ id: training, share: 2,"),
      "their shares",
    ],
  ];
  it.each(tampered)("says what differs where somebody changed %s", (_, file, change, told) => {
    const folder = smallStudy(undrawn);
    spejl("randomise", folder);
    edit(folder, file, change);
    const { status, document } = spejlJson<Refused>("randomise", "--verify", folder);
    expect(status).toBe(3);
    expect(document.problems[0]).toMatchObject({ code: "assignment-differs", message: expect.stringContaining(told) });
  });

  it("never draws twice, nor over a file, and leaves nothing behind", () => {
    const assigned = smallStudy();
    expect(spejlJson<Refused>("randomise", assigned).document.problems[0]).toMatchObject({ code: "arms-assigned" });
    const folder = smallStudy(undrawn);
    spejl("randomise", folder);
    expect(spejlJson<Refused>("randomise", folder).document.problems[0]).toMatchObject({ code: "assignment-exists" });
    const other = smallStudy({ ...undrawn, "out.csv": "mine" });
    expect(spejl("randomise", other, "--out", join(other, "out.csv")).status).toBe(3);
    expect(readFileSync(join(other, "out.csv"), "utf8")).toBe("mine");
    expect(existsSync(join(other, "assignment.json"))).toBe(false);
    expect(spejl("randomise", other, "--out", join(other, "nowhere", "out.csv")).status).toBe(3);
    expect(readdirSync(other).filter((name) => /assignment|partial/.test(name))).toEqual([]);
  });

  const unusable: readonly (readonly [string, string, string, number])[] = [
    ["a row without leader", `${roster},D1,U9,x\n`, "row-unusable", 25],
    ["a short row", `${roster}L99,D1\n`, "row-unusable", 25],
    ["a leader twice", `${roster}L1,D0,U0,"Navn, 0"\n`, "id-duplicate", 25],
    ["no rows", "leader,department,team,note\n", "no-row-accepted", 0],
  ];
  it.each(unusable)("refuses a list with %s", (_, text, code, line) => {
    const { status, document } = spejlJson<Refused>("randomise", smallStudy({ ...undrawn, "roster.csv": text }));
    expect(status).toBe(3);
    expect(document.problems[0]).toMatchObject({ code, line: line === 0 ? null : line });
  });

  it("refuses a study without arms, an unknown column, and a verification of nothing", () => {
    const none = smallStudy({
      ...undrawn,
      "study.yaml": (text) => text.replace(/arms:\n.*\n.*\n/, "").replace("arm: arm, ", ""),
    });
    expect(spejlJson<Refused>("randomise", none).document.problems[0]).toMatchObject({ code: "arms-absent" });
    const folder = smallStudy(undrawn);
    expect(spejlJson<Refused>("randomise", folder, "--by", "teem").document.problems[0]).toMatchObject({
      code: "column-absent",
    });
    expect(spejlJson<Refused>("randomise", folder, "--verify").document.problems[0]).toMatchObject({
      code: "assignment-missing",
    });
    expect(spejl("randomise", "--help").stdout).toContain("Example");
  });
});

describe("the list that a draw leaves", () => {
  it("begins no cell as a formula, and is the same list when it is read", () => {
    const formula = (text: string) => text.replaceAll("L1,control", "=L1,").replaceAll(/,(control|training),/g, ",,");
    const folder = smallStudy({ "roster.csv": formula });
    expect(spejl("randomise", folder, "--seed", "4").status).toBe(0);
    expect(readFileSync(join(folder, "assignment.csv"), "utf8")).toContain("\n'=L1,");
    writeFileSync(join(folder, "roster.csv"), readFileSync(join(folder, "assignment.csv"), "utf8"));
    expect(spejlJson("randomise", folder, "--verify").status).toBe(0);
  });
});
