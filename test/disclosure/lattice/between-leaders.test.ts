import { describe, expect, it } from "vitest";
import type { Atom } from "../../../src/disclosure/lattice/atoms.ts";
import { betweenLeaders, pooledError } from "../../../src/disclosure/lattice/between-leaders.ts";
import { decide } from "../../../src/disclosure/lattice/decide.ts";
import { undividedCells } from "../../../src/disclosure/lattice/decided.ts";
import { requestOf, rules, scale, shownIn, team } from "./organisation.ts";

/** Sixteen teams whose means lie so far to both sides of the middle. */
const around = (spread: number, sizeOf: (k: number) => number = () => 8): readonly Atom[] =>
  Array.from({ length: 16 }, (_, k) => team(`L${k}`, sizeOf(k), {}, { mean: 50 + (k % 2 ? spread : -spread) }));
const between = (atoms: readonly Atom[], cells: readonly (readonly Atom[])[] = [atoms]) =>
  betweenLeaders({ cells, rows: cells.map((_, at) => [at]) }, scale, rules);

describe("the variance between leaders", () => {
  it("is that of their means where teams are of one size", () => {
    expect(between(around(10))).toEqual({ variance: expect.closeTo((16 * 100) / 15, 9), df: 15 });
  });

  it("is none where it is so small that nobody's mean can lie a quarter of the scale apart", () => {
    // Beside a known team that is as far off as all are, nobody is further than 4 · 14/15 of it from the mean of the
    // others, which lies a fifteenth of it to one side.
    const least = 12.5 / ((4 * 14) / 15 - 1 / 15);
    expect(between(around(least * 1.01))).not.toBeNull();
    expect(between(around(least * 0.99))).toBeNull();
    expect(between(around(0))).toBeNull();
  });

  it("is there or not on whichever scale the same answers are told", () => {
    const told = (atoms: readonly Atom[]): readonly Atom[] =>
      atoms.map((atom) => ({ ...atom, sums: { s: atom.n["s"]! + atom.sums["s"]! / 25 } }));
    const onFive = (atoms: readonly Atom[]) =>
      betweenLeaders({ cells: [told(atoms)], rows: [[0]] }, { scale: "s", low: 1, high: 5 }, rules);
    for (const spread of [3, 4, 6, 10, 30, 45]) {
      const known = between(around(spread));
      expect(onFive(around(spread))?.variance ?? null, `${spread}`).toEqual(
        known && expect.closeTo(known.variance / 25 ** 2, 9),
      );
    }
    const low = around(6).map((atom) => ({ ...atom, sums: { s: atom.sums["s"]! * 0.35 } }));
    expect(onFive(low) === null).toBe(between(low) === null);
  });

  it("is none where a team is so large that it cannot be far from the mean of all", () => {
    const one = (size: number) => (k: number) => (k === 0 ? size : 8);
    expect(between(around(6, one(8)))).not.toBeNull();
    expect(between(around(6, one(60)))).toBeNull();
  });

  it("is none where shown means of cells that lie far apart leave next to nothing of it", () => {
    const halves = (by: number, spread: number) =>
      Array.from({ length: 16 }, (_, k) =>
        team(`L${k}`, 8, {}, { mean: 50 + (k < 8 ? -by : by) + (k % 2 ? spread : -spread) }),
      );
    const apart = halves(20, 2);
    expect(between(apart)).not.toBeNull();
    expect(between(apart, [apart.slice(0, 8), apart.slice(8)])).toBeNull();
    const near = halves(2, 8);
    expect(between(near, [near.slice(0, 8), near.slice(8)])).not.toBeNull();
  });

  it("asks for it also where the leader of another team knows what that one takes up", () => {
    // One team far from all others takes up nearly all; who leads it knows how near the others are.
    const one = (mean: number) =>
      Array.from({ length: 16 }, (_, k) => team(`L${k}`, 8, {}, { mean: k === 0 ? mean : 50 + (k % 2 ? 2 : -2) }));
    expect(between(one(90))).toBeNull();
    const two = one(90).map((atom, k) => (k === 1 ? team("L1", 8, {}, { mean: 10 }) : atom));
    expect(between(two)).not.toBeNull();
  });

  it("counts what the teams of a cell leave to each other, once a shown mean divides them", () => {
    const atoms = Array.from({ length: 16 }, (_, k) =>
      team(`L${k}`, 8, {}, { mean: k < 4 ? 94 : 40 + (k % 2 ? 6 : -6) }),
    );
    expect(between(atoms)).not.toBeNull();
    expect(between(atoms, [atoms.slice(0, 4), atoms.slice(4)])).toBeNull();
  });

  it("asks what the others of a cell can give or take before the end of the scale", () => {
    // Of four at 94 two can give 0.06 of a team each, where one is known; at 88 they give 0.24.
    const four = (mean: number) =>
      Array.from({ length: 16 }, (_, k) => team(`L${k}`, 8, {}, { mean: k < 4 ? mean : 40 + (k % 2 ? 8 : -8) }));
    const told = (mean: number, turned: boolean) => {
      const atoms = four(mean).map((atom) => (turned ? { ...atom, sums: { s: 800 - atom.sums["s"]! } } : atom));
      return between(atoms, [atoms.slice(0, 4), atoms.slice(4)]);
    };
    for (const turned of [false, true]) {
      expect(told(94, turned)).toBeNull();
      expect(told(88, turned)).not.toBeNull();
    }
  });

  it("takes what a known team of another cell takes up away, of large teams most", () => {
    const atoms = (size: number) => [
      ...[90, 10, 52, 48, 52, 48, 52, 48].map((mean, k) => team(`A${k}`, 8, {}, { mean })),
      ...[51, 49, 51, 49, 51, 49, 51, 49].map((mean, k) => team(`B${k}`, size, {}, { mean })),
    ];
    const told = (size: number) => between(atoms(size), [atoms(size).slice(0, 8), atoms(size).slice(8)]);
    expect(told(8)).not.toBeNull();
    expect(told(30)).toBeNull();
  });

  it("leaves three of a cell open, and no two", () => {
    const atoms = [50, 58, 42].concat(Array.from({ length: 13 }, (_, k) => (k % 2 ? 42 : 58)));
    const own = atoms.map((mean, k) => team(`L${k}`, 8, {}, { mean }));
    expect(between(own, [own.slice(0, 3), own.slice(3)])).not.toBeNull();
    expect(between(own, [own.slice(1, 3), [own[0]!, ...own.slice(3)]])).toBeNull();
  });

  it.each([
    [10, 3, 3, true],
    [9, 4, 4, false],
    [10, 3, 2, false],
  ])("of %i leaders with %i answers each and the last with %i is there: %s", (leaders, n, last, is) => {
    const atoms = Array.from({ length: leaders }, (_, k) =>
      team(`L${k}`, k === leaders - 1 ? last : n, {}, { mean: k % 2 ? 90 : 10 }),
    );
    expect(between(atoms) !== null).toBe(is);
  });

  it("makes a standard error by the number of teams", () => {
    expect([1, 4, 16].map((leaders) => pooledError({ variance: 16, df: 15 }, leaders))).toEqual([4, 2, 1]);
  });
});

describe("the variance between leaders of cells that means cross", () => {
  /** Units of so many leaders, every second of them in the other arm, each mean somewhere else. */
  const crossed = (units: number, leaders: number, spread: number): readonly Atom[] =>
    Array.from({ length: units * leaders }, (_, k) =>
      team(
        `L${k}`,
        8,
        { unit: `u${Math.floor(k / leaders)}`, arm: k % 2 ? "a" : "b" },
        {
          mean: 50 + spread * Math.sin(2.4 * k + 1),
        },
      ),
    );
  const shown = (atoms: readonly Atom[]) => {
    const pattern = decide(requestOf(atoms, { groupings: ["organisation", "arm", "unit"] }));
    expect([...pattern.values()].every(({ outcome }) => outcome === "shown")).toBe(true);
    return undividedCells(atoms, "w1", pattern, []);
  };
  it("is shown beside units and arms though two leaders are in both, where there are many", () => {
    const divided = shown(crossed(12, 4, 20));
    expect(Math.max(...divided.cells.map(({ length }) => length))).toBe(2);
    expect(betweenLeaders(divided, scale, rules)).not.toBeNull();
    const [first, ...others] = divided.cells;
    const cells = [[...first!, team("nobody", 0)], ...others];
    expect(betweenLeaders({ ...divided, cells }, scale, rules)).toEqual(betweenLeaders(divided, scale, rules));
    expect(betweenLeaders({ ...divided, rows: divided.cells.map((_, at) => [at]) }, scale, rules)).toBeNull();
  });
  it("is none where the shown means leave so little of it that a leader's mean is pinned", () => {
    expect(betweenLeaders(shown(crossed(12, 4, 4)), scale, rules)).toBeNull();
  });
  it("is not lost to the finest groupings, which are left out instead", () => {
    const atoms = crossed(12, 4, 4);
    const request = { groupings: ["organisation", "arm", "unit"], finest: ["unit"] };
    const pattern = decide(requestOf(atoms, request));
    expect(shownIn(pattern)).toEqual(["organisation", "arm a", "arm b"]);
    expect(betweenLeaders(undividedCells(atoms, "w1", pattern, []), scale, rules)).not.toBeNull();
    expect(shownIn(decide(requestOf(crossed(12, 4, 20), request))).length).toBe(15);
  });
});

describe("the teams that no shown mean tells apart", () => {
  const atoms = Array.from({ length: 12 }, (_, k) => team(`L${k}`, 8, { department: k < 6 ? "a" : "b" }));
  const cells = (shown: readonly string[], past: Parameters<typeof undividedCells>[3] = []) => {
    const pattern = new Map(
      [...decide(requestOf(atoms))].map(([key, each]) => [
        key,
        { ...each, outcome: shown.includes(each.grouping) ? ("shown" as const) : ("suppressed" as const) },
      ]),
    );
    return undividedCells(atoms, "w1", pattern, past).cells.map((cell) => cell.length);
  };
  const fact = {
    audience: "management",
    statistic: "mean",
    scale: "s",
    rater: "employee",
    value: 50,
    step: 0.1,
  } as const;
  const a = { ...fact, fact: "a", grouping: "department", cell: "a", wave: "w1" } as const;

  it("are those of the same shown groups, of this release and of earlier ones", () => {
    expect(cells(["organisation"])).toEqual([12]);
    expect(cells(["organisation", "department"])).toEqual([6, 6]);
    expect(cells(["organisation"], [{ release: "r1", atoms, facts: [a] }])).toEqual([6, 6]);
    expect(cells(["organisation"], [{ release: "r1", atoms: atoms.slice(1), facts: [a] }])).toEqual([1, 5, 6]);
  });
});
