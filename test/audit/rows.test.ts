import { describe, expect, it } from "vitest";
import { columnsOfLeak, isKnown, nameSet } from "../../src/audit/finding.ts";
import { minimalSets, type Protection, protectLeaders, withoutSupersets } from "../../src/audit/protection.ts";
import type { Atom, Fact, Publication } from "../../src/audit/publication.ts";
import { refine } from "../../src/audit/refine.ts";
import { deriveRows, isIn } from "../../src/audit/rows.ts";
import { respondentsIn, systemsOf } from "../../src/audit/system.ts";

const team = (leader: string, n: Atom["n"], over: Partial<Atom> = {}): Atom => ({
  ...{ atom: leader, leader, wave: "w", groups: { all: "", arm: leader === "a" ? "x" : "y" }, n, members: [] },
  ...over,
});
const fact = (over: Partial<Fact> = {}): Fact => ({
  ...{ fact: "f", audience: "management", statistic: "mean", scale: "s", rater: "employee", value: 1, step: 0 },
  ...{ grouping: "all", cell: "", wave: "w", ...over },
});
const publication = (atoms: readonly Atom[], facts: readonly Fact[], composites: Publication["composites"] = {}) => ({
  releases: [{ release: "r", atoms, facts, pages: null }],
  ...{ ranges: {}, composites },
});
const rowsOf = (...asked: Parameters<typeof publication>) => {
  const made = publication(...asked);
  return deriveRows(made, refine(made));
};
const told = (...asked: Parameters<typeof publication>) => {
  const { rows, unknowns } = rowsOf(...asked);
  return rows.map(({ coefficients, multiplier }) => [
    multiplier,
    Object.fromEntries([...coefficients].map(([at, each]) => [`${unknowns[at]!.scale} ${unknowns[at]!.n}`, each])),
  ]);
};

describe("a team", () => {
  it("is in a cell of its wave, and in that of its leader", () => {
    const cell = { grouping: "arm", cell: "x", wave: "w" };
    expect(isIn(team("a", {}), cell)).toBe(true);
    expect(isIn(team("b", {}), cell)).toBe(false);
    expect(isIn(team("a", {}), { ...cell, wave: "v" })).toBe(false);
    expect(isIn(team("a", {}), { grouping: "leader", cell: "a", wave: "w" })).toBe(true);
  });
});

describe("the row of a mean", () => {
  const both = { all: ["s", "t"] };
  it("of a scale of scales is that of its parts, for those who answered all of them", () => {
    const atoms = [team("a", { all: 2, s: 3, t: 2 })];
    // 4 · mean is the sum of both parts; 6 · mean of a part twice that of those with all and of the one without.
    expect(told(atoms, [fact({ scale: "all" })], both)).toEqual([[4, { "s+all 2": 1, "t+all 2": 1 }]]);
    expect(told(atoms, [fact()], both)).toEqual([[6, { "s+all 2": 2, "s 1": 2 }]]);
    expect(told(atoms, [fact({ scale: "t" })], both)).toEqual([[4, { "t+all 2": 2 }]]);
    expect(told(atoms, [fact({ scale: "other" })], both)).toEqual([]);
  });

  it("of a scale of scales is its own where more answered that than a part, or nobody", () => {
    expect(told([team("a", { all: 4, s: 3, t: 4 })], [fact({ scale: "all" })], both)).toEqual([[8, { "all 4": 2 }]]);
    expect(told([team("a", { all: 4, s: 3, t: 4 })], [fact()], both)).toEqual([[6, { "s 3": 2 }]]);
    expect(told([team("a", { all: 0, s: 3, t: 4 })], [fact()], both)).toEqual([[6, { "s 3": 2 }]]);
  });

  it("is whole however many parts scales have", () => {
    const more = { all: ["s", "t"], three: ["u", "v", "x"] };
    const atoms = [team("a", { three: 5, u: 5, v: 5, x: 5 })];
    expect(told(atoms, [fact({ scale: "three" })], more)).toEqual([
      [30, { "u+three 5": 2, "v+three 5": 2, "x+three 5": 2 }],
    ]);
  });

  it("counts those with a score, of the rater", () => {
    const atoms = [team("a", { s: 3 }), team("b", { s: 0 }), team("c", { s: 2 }, { rater: "self" })];
    expect(told(atoms, [fact()])).toEqual([[3, { "s 3": 1 }]]);
    expect(told(atoms, [fact({ rater: "self" })])).toEqual([[2, { "s 2": 1 }]]);
  });
});

describe("a fact", () => {
  const atoms = [team("a", { s: 3 }), team("b", { s: 2 })];
  const against = { grouping: "arm", cell: "y", wave: "w" };
  const x = { grouping: "arm", cell: "x" };
  const routed = (over: Partial<Fact>) => {
    const { rows, nonLinear, baseless } = rowsOf(atoms, [fact(over)]);
    return [rows.length, nonLinear.length, baseless.length];
  };
  it.each([
    [{}, [1, 0, 0]],
    [{ ...x, statistic: "difference", against }, [1, 0, 0]],
    [{ ...x, statistic: "estimate", against }, [1, 0, 0]],
    [{ ...x, statistic: "estimate" }, [0, 1, 0]],
    [{ statistic: "variance" }, [0, 1, 0]],
    [{ statistic: "count" }, [0, 0, 0]],
    [{ statistic: "rate" }, [0, 0, 0]],
    [{ statistic: "within" }, [0, 0, 0]],
    [{ statistic: "overall" }, [0, 0, 0]],
    [{ statistic: "benchmark" }, [0, 0, 0]],
    [{ grouping: "arm", cell: "z" }, [0, 0, 1]],
    [{ scale: "t" }, [0, 0, 1]],
    [{ ...x, statistic: "difference", against: { ...against, cell: "z" } }, [0, 0, 1]],
  ] as const)("that is %o is %j: a row, no sum of answers, or of nobody", (over, expected) => {
    expect(routed(over)).toEqual(expected);
  });
});

describe("respondents of several blocks", () => {
  const block = (n: number, persons: string) => ({ n, persons: new Set(persons), parts: [], leaders: [] });
  it("count a person once, and a block too", () => {
    const [one, two] = [block(4, "pq"), block(3, "qr")];
    expect([respondentsIn([one, two]), respondentsIn([one, one]), respondentsIn([])]).toEqual([6, 4, 0]);
  });
});

describe("sets of owners", () => {
  const protection = (weights: readonly number[], limit: number, persons: readonly string[] = []): Protection => ({
    ...{ kind: "respondents", owners: weights.map((_, k) => [k]), weights, limit },
    persons: weights.map((_, k) => new Set(persons[k] ?? "")),
  });
  const sets = (own: Protection, supports: (set: readonly number[]) => boolean = () => true) =>
    minimalSets([0, 1, 2], own, supports)?.map((set) => [...set].sort().join(""));

  it("are the smallest below the limit that carry anything", () => {
    expect(sets(protection([1, 2, 5], 5))).toEqual(["0", "1"]);
    expect(sets(protection([1, 2, 4], 5), (set) => set.length === 2)).toEqual(["01"]);
    expect(sets(protection([1, 2, 3], 5), (set) => set.length === 2)).toEqual(["01", "02"]);
    expect(sets(protection([1, 1, 2], 5), (set) => set.includes(0) || set.length === 2)).toEqual(["0", "12"]);
    expect(sets(protection([0, 1, 5], 5))).toEqual(["1"]);
    expect(sets(protection([1, 1, 1], 5), () => false)).toEqual([]);
  });

  it("count persons of several of them once", () => {
    const pairs = (set: readonly number[]) => set.length === 2;
    expect(sets(protection([3, 3, 3], 5, ["pq", "pq", "x"]), pairs)).toEqual(["01"]);
    expect(sets(protection([3, 3, 3], 5, ["p", "p", "x"]), pairs)).toEqual([]);
  });

  it("hold no other one", () => {
    expect(withoutSupersets([[1, 2], [1], [2, 3], [1, 2, 3]])).toEqual([[1], [2, 3]]);
    expect(withoutSupersets([[1], [1]])).toEqual([[1]]);
  });
});

describe("what a leak is about", () => {
  const atoms = [team("a", { s: 3 }), team("b", { s: 2 }), team("c", { s: 4 })];
  const rows = rowsOf(atoms, [fact(), fact({ fact: "g", grouping: "arm", cell: "x" })]);
  const [system] = systemsOf(rows.rows, rows);
  const leak = (kind: "respondents" | "leader", ...names: readonly string[]) => ({ kind, system: system!, names });

  it("are the columns of its parts, or of its leaders, all of them", () => {
    const of = (at: number) => system!.blocks[system!.columns[at]!.block]!.leaders.join("");
    expect(columnsOfLeak(leak("leader", "a")).map(of)).toEqual(["a"]);
    expect(columnsOfLeak(leak("leader", "b"))).toEqual([]);
    expect(columnsOfLeak(leak("leader", "b", "c")).map(of)).toEqual(["bc"]);
    expect(columnsOfLeak(leak("respondents", "p0")).map(of)).toEqual(["a"]);
    expect(columnsOfLeak(leak("respondents", "p0", "p1", "p2"))).toHaveLength(2);
  });

  it("has the names of leaders or parts, in their order", () => {
    expect(nameSet(system!, "leader", [2, 0])).toEqual(["a", "c"]);
    expect(nameSet(system!, "respondents", [1, 0])).toEqual(["p0", "p1", "p2"]);
  });

  it("is known where management's view has it, but for what the viewer knows anyhow", () => {
    const known = (own: ReturnType<typeof leak>, others: readonly ReturnType<typeof leak>[], viewers = "") =>
      isKnown(own, others, [system!], new Set(viewers.split(" ")));
    expect(known(leak("respondents", "p0"), [leak("respondents", "p0")])).toBe(true);
    expect(known(leak("leader", "a"), [leak("respondents", "a")])).toBe(false);
    expect(known(leak("respondents", "p0"), [leak("respondents", "p1", "p2")])).toBe(false);
    expect(known(leak("respondents", "p0"), [leak("respondents", "p0", "p1", "p2")])).toBe(false);
    expect(known(leak("respondents", "p0"), [leak("respondents", "p0", "p1", "p2")], "p1 p2")).toBe(true);
    expect(known(leak("respondents", "p0"), [])).toBe(false);
  });

  it("protects one leader fewer from who looks on", () => {
    expect(protectLeaders(system!, 3, null)).toMatchObject({ weights: [1, 1, 1], limit: 3 });
    expect(protectLeaders(system!, 3, "b")).toMatchObject({ weights: [1, 0, 1], limit: 2 });
  });
});
