import { describe, expect, it } from "vitest";
import { undivided } from "../../../src/disclosure/lattice/columns.ts";
import { partsOf, rowsOf } from "../../../src/disclosure/lattice/parts.ts";
import type { PastRelease } from "../../../src/disclosure/lattice/past.ts";
import { team } from "./organisation.ts";

type Team = Parameters<typeof partsOf>[0][number];
const of = (leader: string, members: readonly string[], over: Partial<Team> = {}): Team => ({
  ...team(leader, members.length, { arm: leader === "a" ? "x" : "y" }, { members }),
  ...over,
});
const release = (...atoms: readonly Team[]): PastRelease => ({ release: "r", atoms, facts: [] });
const told = (now: readonly Team[], ...past: readonly PastRelease[]) =>
  partsOf(now, past).map(({ leader, leaders, n, whole, persons }) => ({
    ...{ leader, leaders: leaders.join(), n: n["s"], whole, again: [...(persons["s"] ?? [])].join() },
  }));
const one = (leader: string, n: number, over: object = {}) => ({
  ...{ leader, leaders: leader, n, whole: false, again: "", ...over },
});
const [p, q, r] = ["p.1", "q.1", "r.1"];

describe("the parts of teams", () => {
  it("are the teams themselves where one release is all there is, by name", () => {
    expect(told([of("b", [p!]), of("a", [q!, r!])])).toEqual([
      one("a", 2, { whole: true }),
      one("b", 1, { whole: true }),
    ]);
    expect(told([of("a", [], { n: { s: 4 } })])).toEqual([one("a", 4, { whole: true })]);
  });

  it("are the team where every release used it alike, and none of it where nobody is left", () => {
    expect(told([of("a", [p!, q!])], release(of("a", [q!, p!])))).toEqual([one("a", 2, { whole: true })]);
    expect(told([], release(of("a", [p!])))).toEqual([one("a", 1)]);
  });

  it("are who stayed, who went, who came and who was moved", () => {
    expect(told([of("a", [p!, q!])], release(of("a", [p!])))).toEqual([one("a", 1), one("a", 1)]);
    expect(told([of("b", [p!])], release(of("a", [p!])))).toEqual([one("b", 1, { leaders: "a,b", whole: true })]);
  });

  it("have persons who are in two of them where answers were corrected", () => {
    expect(told([of("a", ["p.2", q!])], release(of("a", [p!, q!])))).toEqual([
      ...[one("a", 1), one("a", 1, { again: "p" }), one("a", 1, { again: "p" })],
    ]);
  });

  it("count those with a score: as few as may be in each, and one at least where any is", () => {
    const sizes = (before: number, now: number) =>
      told(
        [of("a", ["p.1", "q.1", "t.1"], { n: { s: now } })],
        release(of("a", ["p.1", "q.1", "r.1"], { n: { s: before } })),
      ).map(({ n }) => n);
    // Two stayed, one went and one came.
    expect(sizes(3, 3).toSorted()).toEqual([1, 1, 2]);
    expect(sizes(2, 3).toSorted()).toEqual([1, 1, 2]);
    expect(sizes(2, 2).toSorted()).toEqual([1, 1, 1]);
    expect(sizes(0, 3).toSorted()).toEqual([0, 0, 1]);
    expect(sizes(1, 1).toSorted()).toEqual([1, 1, 1]);
  });

  it("are told scale by scale where answers to each are known", () => {
    const versions = (s: readonly (string | null)[], t: readonly (string | null)[]) => ({
      ...{ versions: { s, t }, n: { s: 2, t: 2 } },
    });
    const parts = partsOf(
      [of("a", ["p.2", "q.2"], versions(["1", "1"], ["1", "2"]))],
      [release(of("a", ["p.1", "q.1"], versions(["1", "1"], ["1", "1"])))],
    );
    expect(
      parts.map(({ n, persons, whole }) => [n["s"] ?? 0, n["t"] ?? 0, [...(persons["t"] ?? [])].join(), whole]),
    ).toEqual(
      expect.arrayContaining([
        [2, 1, "", false],
        [0, 1, "q", false],
      ]),
    );
    expect(parts).toHaveLength(3);
  });

  it("have places in each group, in each release", () => {
    const parts = partsOf([of("a", [p!]), of("b", [q!, r!])], [release(of("a", [p!, q!]), of("b", [r!]))]);
    const rowOf = rowsOf(parts);
    const names = (cell: string, at: number) =>
      rowOf({ grouping: "arm", cell, wave: "w1" }, at).map((place) => parts[place]!.leaders.join(""));
    expect([names("x", 0), names("y", 0)]).toEqual([["a", "ab"], ["b"]]);
    expect([names("x", 1), names("y", 1), names("z", 1)]).toEqual([["a"], ["ab", "b"], []]);
  });
});

describe("teams that no row tells apart", () => {
  const atoms = ["a", "b", "c"].map((leader) => team(leader, 4));
  const cells = (rows: readonly (readonly number[])[]) => {
    const { cells: own, rows: of } = undivided(atoms, partsOf(atoms, []), rows);
    return [own.map((cell) => cell.map(({ leader }) => leader).join("")), of];
  };
  it("are together, and each row is of the cells that are in it", () => {
    expect(cells([])).toEqual([["abc"], []]);
    expect(cells([[0, 1, 2]])).toEqual([["abc"], [[0]]]);
    expect(cells([[0, 1, 2], [0]])).toEqual([
      ["a", "bc"],
      [[0, 1], [0]],
    ]);
    expect(cells([[0], [1], [2]])).toEqual([
      ["a", "b", "c"],
      [[0], [1], [2]],
    ]);
  });
  it("are apart where a row is of a part of one of them alone", () => {
    const now = [of("a", ["p.1", "q.1"]), of("b", ["r.1", "t.1"])];
    const parts = partsOf(now, [release(of("a", ["p.1"]), of("b", ["r.1", "t.1"]))]);
    const at = (leader: string) => parts.flatMap((part, place) => (part.leader === leader ? [place] : []));
    const all = parts.map((_, place) => place);
    expect([at("a").length, at("b").length]).toEqual([2, 1]);
    const split = (row: readonly number[]) => undivided(now, parts, [all, row]).cells.length;
    expect(undivided(now, parts, [all]).cells).toHaveLength(1);
    expect(split([at("a")[0]!])).toBe(2);
    expect(split([at("a")[1]!, ...at("b")])).toBe(2);
  });
});
