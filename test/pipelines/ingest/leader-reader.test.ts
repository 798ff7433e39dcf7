import { describe, expect, it } from "vitest";
import { type Lookup, leaderReader } from "../../../pipelines/ingest/leader-reader.ts";
import { bareId } from "../../../src/study/nearest.ts";

const lookup: Lookup = new Map([
  ["007", ["007"]],
  ["NA", ["NA"]],
  ["unit", ["A", "B"]],
  ["gone", ["C"]],
  ["half", ["A", "C"]],
  ["none", []],
]);

const learnt = (
  cells: readonly string[],
  known: Lookup = lookup,
  unknown: Parameters<typeof leaderReader>[1] = "leader-not-in-roster",
) => {
  const reader = leaderReader(known, unknown, new Set(["C"]));
  for (const cell of cells) reader.learn(cell);
  return cells.map((_, k) => [reader.leaders[k]!.join(), reader.faults[k], reader.nearestTo(k)]);
};

describe("who is rated", () => {
  it("are the leaders of a text who held a post, and why there are none", () => {
    expect(learnt([" 007", "unit", "half", "gone", "NA", "-", "", "7,0", "unis", "xyzw", "x".repeat(1001)])).toEqual([
      ["007", null, null],
      ["A,B", null, null],
      ["A", null, null],
      ["", "leader-not-in-post", null],
      ["NA", null, null],
      ["", "leader-missing", null],
      ["", "leader-missing", null],
      ["", "leader-not-in-roster", "007"],
      ["", "leader-not-in-roster", "unit"],
      ["", "leader-not-in-roster", null],
      ["", "id-too-long", null],
    ]);
    expect(learnt(["x".repeat(1000)])[0]![1]).toBe("leader-not-in-roster");
  });

  it("are whoever is named where nobody has listed leaders", () => {
    expect(learnt(["X", "C", "NA", ""], null)).toEqual([
      ["X", null, null],
      ["", "leader-not-in-post", null],
      ["", "leader-missing", null],
      ["", "leader-missing", null],
    ]);
  });

  it("are those of a unit: an empty unit is none that is known, and one without leaders has none", () => {
    expect(learnt(["", "none", "NA"], lookup, "unit-unknown").map(([, fault]) => fault)).toEqual([
      ...["unit-unknown", null, null],
    ]);
  });

  it("may have been shortened by a spreadsheet or written with blanks", () => {
    const reader = leaderReader(null, "leader-not-in-roster", new Set());
    const cells = ["1,2E+15", "1.2e15", "1e5", "12e5", "e5", "1E-5", "E1e5", " a"];
    for (const cell of cells) reader.learn(cell);
    expect(reader.scientific).toEqual([true, true, true, false, false, false, false, false]);
    expect(reader.trimmed).toEqual([...Array(7).fill(false), true]);
    expect([reader.id(7), reader.id(8)]).toEqual(["a", ""]);
  });
});

it.each([
  ["007", "7"],
  ["7.0", "7"],
  ["7,00", "7"],
  ["7.10", "7.10"],
  ["0", "0"],
  ["00", "0"],
  [" Ab ", "ab"],
  ["a0", "a0"],
])("%j is bare %j", (id, bare) => {
  expect(bareId(id)).toBe(bare);
});
