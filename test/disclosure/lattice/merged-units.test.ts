import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Atom } from "../../../src/disclosure/lattice/atoms.ts";
import { decide } from "../../../src/disclosure/lattice/decide.ts";
import { unitCellOf, withUnitCells } from "../../../src/disclosure/lattice/merged-units.ts";
import { leaksOf, requestOf, rules, scale, shownGroups, teams } from "./organisation.ts";

const unit = (name: string, leaders: number, department = "a", more: Parameters<typeof teams>[4] = {}) =>
  teams(leaders, 8, `${department}${name}`, { department, unit: name }, more);

const cellsOf = (atoms: readonly Atom[]): readonly string[] =>
  [...new Set(withUnitCells(atoms, [scale], rules).flatMap(({ groups }) => groups["unit"] ?? []))].map((key) => {
    const { department, units } = unitCellOf(key);
    return `${department}: ${units.join(" + ")}`;
  });

describe("the units of a department", () => {
  it("stay by themselves where all are large enough", () => {
    expect(cellsOf([...unit("x", 4), ...unit("y", 4)])).toEqual(["a: x", "a: y"]);
  });
  it("are put together, the smallest ones, where those are large enough only so", () => {
    expect(cellsOf([...unit("x", 6), ...unit("y", 2), ...unit("z", 2)])).toEqual(["a: x", "a: y + z"]);
  });
  it("take the next smallest with them where one small unit would hide it anyway", () => {
    expect(cellsOf([...unit("x", 6), ...unit("y", 4), ...unit("z", 1)])).toEqual(["a: x", "a: y + z"]);
  });
  it("are put together by name where they are as large, in whatever order they come", () => {
    const four = ["v", "w", "x", "y"].map((name) => unit(name, 2));
    for (const order of [four, four.toReversed()])
      expect(cellsOf(order.flat()).toSorted()).toEqual(["a: v + w", "a: x", "a: y"]);
  });
  it("are as few together as show most", () => {
    expect(cellsOf([...unit("v", 2), ...unit("w", 2), ...unit("x", 4), ...unit("y", 9)])).toEqual([
      ...["a: v + w", "a: x", "a: y"],
    ]);
    expect(cellsOf([...unit("v", 1), ...unit("w", 1), ...unit("x", 1), ...unit("y", 9)])).toEqual([
      "a: v + w + x",
      "a: y",
    ]);
  });
  it("are counted by leaders, not by their answers at several waves", () => {
    const again = unit("z", 2).map((atom) => ({ ...atom, wave: "w2" }));
    expect(cellsOf([...unit("x", 9), ...unit("y", 3), ...unit("z", 2), ...again, ...unit("v", 3)])).toEqual([
      ...["a: x", "a: y", "a: v + z"],
    ]);
  });
  it("have no cell in no department, and none without a unit", () => {
    const lone = [
      ...teams(4, 8, "L", { department: "a", unit: null }),
      ...teams(4, 8, "M", { department: null, unit: "x" }),
    ];
    expect(withUnitCells(lone, [scale], rules).map(({ groups }) => groups["unit"])).toEqual(new Array(8).fill(null));
    expect(withUnitCells(teams(1, 8, "L"), [scale], rules)[0]!.groups["unit"]).toBeNull();
  });
  it("stay as they are where nothing would be left beside the others, and in other departments", () => {
    expect(cellsOf([...unit("x", 6), ...unit("y", 1), ...unit("y", 1, "b"), ...unit("z", 9, "b")])).toEqual([
      "a: x",
      "a: y",
      "b: y",
      "b: z",
    ]);
  });
  it("are the same cells at every wave: a unit that is small at one of several may stay where that shows more", () => {
    const wave = (name: string, small: number) => [
      ...unit("x", 6, "a", { wave: name }),
      ...unit("y", 5, "a", { wave: name }),
      ...unit("z", small, "a", { wave: name }),
    ];
    expect(cellsOf([...wave("w1", 4), ...wave("w2", 4), ...wave("w3", 2)])).toEqual(["a: x", "a: y", "a: z"]);
    expect(cellsOf([...wave("w1", 2), ...wave("w2", 2), ...wave("w3", 4)])).toEqual(["a: x", "a: y + z"]);
  });
  it("are another cell where they are put together otherwise", () => {
    const keyOf = (atoms: readonly Atom[]) => withUnitCells(atoms, [scale], rules).at(-1)!.groups["unit"];
    const before = [...unit("x", 6), ...unit("y", 2), ...unit("z", 2)];
    const after = [...unit("v", 2), ...before];
    expect(keyOf(before)).not.toBe(keyOf(after));
  });
  it("never show fewer cells than hiding would, and give nobody away", () => {
    const organisation = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom("a", "b"), fc.constantFrom("x", "y", "z")), {
        minLength: 1,
        maxLength: 9,
      })
      .map((all) => all.flatMap(([n, department, name], k) => teams(1, n, `L${k}`, { department, unit: name })));
    const groupings = ["organisation", "department", "unit"];
    fc.assert(
      fc.property(organisation, (atoms) => {
        const apart = atoms.map((atom) => ({
          ...atom,
          groups: { ...atom.groups, unit: `${atom.groups["department"]}${atom.groups["unit"]}` },
        }));
        const merged = withUnitCells(atoms, [scale], rules);
        const shown = shownGroups(decide(requestOf(merged, { groupings })));
        expect(leaksOf(merged, shown)).toEqual([]);
        expect(shown.length).toBeGreaterThanOrEqual(shownGroups(decide(requestOf(apart, { groupings }))).length);
      }),
      { numRuns: 60 },
    );
  });
});
