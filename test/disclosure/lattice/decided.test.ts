import { describe, expect, it } from "vitest";
import { groupKey } from "../../../src/disclosure/lattice/atoms.ts";
import type { Decision } from "../../../src/disclosure/lattice/decide.ts";
import {
  decidedCell,
  decisionOn,
  derivedCell,
  suppressedIn,
  undividedCells,
} from "../../../src/disclosure/lattice/decided.ts";
import { lastFact, type PastFact, type PastRelease, pastOf } from "../../../src/disclosure/lattice/past.ts";
import { shown, suppressed } from "../../../src/disclosure/published.ts";
import { team } from "./organisation.ts";

const on = (grouping: string, cell: string, outcome: Decision["outcome"], over: Partial<Decision> = {}): Decision => ({
  ...{ grouping, cell, wave: "w1", outcome, passed: true, ...over },
});
const patternOf = (...all: readonly Decision[]) => new Map(all.map((each) => [groupKey(each), each]));
const [all, x, y, z] = [
  on("organisation", "", "shown"),
  on("arm", "x", "kept"),
  on("arm", "y", "suppressed"),
  on("arm", "z", "suppressed", { passed: false }),
];
const pattern = patternOf(all, x, y, z);

describe("a value that was decided on", () => {
  const cell = (groups: readonly Decision[], values: { fresh: number | null; kept: number | null }) =>
    decidedCell(pattern, groups, values);
  it.each([
    [[all], 1, 2, 1],
    [[x], 1, 2, 2],
    [[all, x], 1, 2, 2],
    [[x, all], 1, 2, 2],
    [[y], 1, 2, null],
    [[all, y], 1, 2, null],
    [[x, y], 1, 2, null],
    [[{ ...all, wave: "w2" }], 1, 2, null],
    [[all], null, 2, null],
    [[x], 1, null, null],
    [[all], 0, 2, 0],
  ])("on %j is of %s now and %s before: %s", (groups, fresh, kept, expected) => {
    expect(cell(groups, { fresh, kept })).toEqual(expected === null ? suppressed : shown(expected));
  });

  it("has no decision where it has no teams", () => {
    expect([decisionOn(pattern, all), decisionOn(pattern, { ...all, cell: "v" })]).toEqual([all, null]);
  });

  it("is counted where it was large enough, and where that did not help it", () => {
    expect(suppressedIn(pattern, ["arm", "organisation", "unit"])).toEqual([
      { grouping: "arm", large: 2, suppressed: 1 },
      { grouping: "organisation", large: 1, suppressed: 0 },
      { grouping: "unit", large: 0, suppressed: 0 },
    ]);
  });

  it("is shown from others where all of them are", () => {
    expect(derivedCell([shown(1), shown(2)], 3)).toEqual(shown(3));
    for (const missing of [suppressed, null, undefined]) expect(derivedCell([shown(1), missing], 3)).toBe(suppressed);
  });
});

const fact = (grouping: string, cell: string, over: Partial<PastFact> = {}): PastFact => ({
  ...{ fact: "f", audience: "management", statistic: "mean", scale: "s", rater: "employee", value: 50, step: 0.1 },
  ...{ grouping, cell, wave: "w1", ...over },
});
const release = (name: string, atoms: PastRelease["atoms"], ...facts: readonly PastFact[]): PastRelease => ({
  ...{ release: name, atoms, facts },
});

describe("teams that no shown mean tells apart", () => {
  const atoms = [
    ...[team("a", 8, { arm: "x", unit: "u" }), team("b", 8, { unit: "u", arm: "x" }), team("c", 8, { arm: "y" })],
    ...[team("d", 8, { arm: null }), team("e", 8, { arm: "x" }, { wave: "w2" })],
  ];
  const cells = (own: Parameters<typeof undividedCells>[2], past: readonly PastRelease[] = []) =>
    undividedCells(atoms, "w1", own, past).cells.map((cell) => cell.map(({ leader }) => leader).join(""));

  it("are those of one wave, apart by what is shown of it or kept, in whatever order their groups stand", () => {
    expect(cells(patternOf(all))).toEqual(["abcd"]);
    expect(cells(pattern)).toEqual(["ab", "cd"]);
    expect(cells(patternOf(all, x, on("unit", "u", "shown")))).toEqual(["ab", "cd"]);
    expect(cells(patternOf(all, { ...x, wave: "w2" }))).toEqual(["abcd"]);
    expect(cells(patternOf(all, y))).toEqual(["abcd"]);
    expect(cells(patternOf())).toEqual(["abcd"]);
  });

  it("have a row of each shown mean, numbered by release", () => {
    const past = [release("r1", atoms, fact("arm", "y"))];
    const { cells: own, rows } = undividedCells(atoms, "w1", patternOf(all), past);
    expect(own.map((cell) => cell.map(({ leader }) => leader))).toEqual([["a", "b", "d"], ["c"]]);
    expect(rows.map((row) => [...row].sort())).toEqual([[0, 1], [1]]);
  });

  it.each([
    ["another wave", { wave: "w2" }],
    ["an effect", { statistic: "difference" as const }],
    ["for others than management", { audience: "leader:a" }],
  ])("are not told apart by what an earlier release said that is %s", (_, over) => {
    expect(cells(patternOf(all), [release("r1", atoms, fact("arm", "y", over))])).toEqual(["abcd"]);
  });

  it("are told apart by which of them an earlier release had, of that wave", () => {
    const earlier = [atoms[0]!, atoms[1]!, team("c", 8, {}, { wave: "w2" })];
    expect(cells(patternOf(all), [release("r1", earlier)])).toEqual(["ab", "cd"]);
  });
});

describe("the ledger", () => {
  const group = { grouping: "arm", cell: "x", wave: "w1" };
  const atoms = [team("a", 8, { arm: "x" }), team("b", 8, { arm: "x" }), team("c", 0, { arm: "x" }), team("d", 8)];
  it("has of a group what the last release says, and the leaders of the release that it is of", () => {
    const own = fact("arm", "x");
    const [first, last] = [release("r1", atoms.slice(1), own), release("r2", atoms, own)];
    expect(lastFact([first, last], "mean", "s", group)).toEqual({ fact: own, since: "r2", leaders: 2 });
    const kept = fact("arm", "x", { since: "r1" });
    const again = release("r2", atoms, kept);
    expect(lastFact([first, again], "mean", "s", group)).toEqual({ fact: kept, since: "r1", leaders: 1 });
    expect(lastFact([again], "mean", "s", group)).toEqual({ fact: kept, since: "r1", leaders: 0 });
    expect(lastFact([first, release("r2", atoms)], "mean", "s", group)).toBeNull();
    expect(lastFact([], "mean", "s", group)).toBeNull();
  });

  it.each([
    ["statistic", { statistic: "difference" as const }],
    ["scale", { scale: "t" }],
    ["wave", { wave: "w2" }],
    ["cell", { cell: "y" }],
    ["audience", { audience: "leaders" }],
  ])("has nothing of it where the %s is another", (_, over) => {
    expect(lastFact([release("r1", atoms, fact("arm", "x", over))], "mean", "s", group)).toBeNull();
  });

  it("has the first of what it says twice", () => {
    const [one, two] = [fact("arm", "x"), fact("arm", "x", { value: 51 })];
    expect(lastFact([release("r1", atoms, one, two)], "mean", "s", group)?.fact).toBe(one);
  });

  it("is of employees where nothing else is said, and of leaders apart", () => {
    const self = { ...team("a", 1), rater: "self" as const };
    const past = [release("r1", [atoms[0]!, self], fact("arm", "x"), fact("arm", "x", { rater: "self" }))];
    expect(pastOf(past, "employee")).toEqual([release("r1", [atoms[0]!], fact("arm", "x"))]);
    expect(pastOf(past, "self")).toEqual([release("r1", [self], fact("arm", "x", { rater: "self" }))]);
  });
});
