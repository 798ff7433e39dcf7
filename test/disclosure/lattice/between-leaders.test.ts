import { describe, expect, it } from "vitest";
import type { Atom } from "../../../src/disclosure/lattice/atoms.ts";
import { betweenLeaders } from "../../../src/disclosure/lattice/between-leaders.ts";
import { decide } from "../../../src/disclosure/lattice/decide.ts";
import { undividedCells } from "../../../src/disclosure/lattice/decided.ts";
import { requestOf, rules, scale, team } from "./organisation.ts";

/** Sixteen teams whose means lie so far to both sides of the middle. */
const around = (spread: number, sizeOf: (k: number) => number = () => 8): readonly Atom[] =>
  Array.from({ length: 16 }, (_, k) => team(`L${k}`, sizeOf(k), {}, { mean: 50 + (k % 2 ? spread : -spread) }));
const between = (atoms: readonly Atom[], cells: readonly (readonly Atom[])[] = [atoms]) =>
  betweenLeaders(cells, scale, rules);

describe("the variance between leaders", () => {
  it("is that of their means where teams are of one size", () => {
    expect(between(around(10))).toEqual({ variance: expect.closeTo((16 * 100) / 15, 9), df: 15 });
  });

  it("is none where it is so small that nobody's mean can lie a quarter of the scale apart", () => {
    // Nobody is further than s (L − 1) / √L from the mean of all: 3.75 s here.
    const least = 12.5 / (Math.sqrt(16 / 15) * 3.75);
    expect(between(around(least * 1.01))).not.toBeNull();
    expect(between(around(least * 0.99))).toBeNull();
    expect(between(around(0))).toBeNull();
  });

  it("is none where a team is so large that it cannot be far from the mean of all", () => {
    const one = (size: number) => (k: number) => (k === 0 ? size : 8);
    expect(between(around(6, one(8)))).not.toBeNull();
    expect(between(around(6, one(60)))).toBeNull();
  });

  it("counts what the teams of a cell leave to each other, once a shown mean divides them", () => {
    const atoms = Array.from({ length: 16 }, (_, k) =>
      team(`L${k}`, 8, {}, { mean: k < 4 ? 94 : 40 + (k % 2 ? 6 : -6) }),
    );
    expect(between(atoms)).not.toBeNull();
    expect(between(atoms, [atoms.slice(0, 4), atoms.slice(4)])).toBeNull();
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
    return undividedCells(atoms, "w1", pattern, past).map((cell) => cell.length);
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
