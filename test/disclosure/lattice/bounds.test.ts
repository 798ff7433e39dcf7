import { describe, expect, it } from "vitest";
import { type Atom, supportOf } from "../../../src/disclosure/lattice/atoms.ts";
import { openCells, roomsOf } from "../../../src/disclosure/lattice/bounds.ts";
import { partitionOf, type Step } from "../../../src/disclosure/lattice/cells.ts";
import { besideOwn, type Column, isLarge } from "../../../src/disclosure/lattice/column.ts";
import { answeredOn, latticeOf } from "../../../src/disclosure/lattice/columns.ts";
import { opennessOf } from "../../../src/disclosure/lattice/openness.ts";
import { partsOf } from "../../../src/disclosure/lattice/parts.ts";
import { passesPrimary } from "../../../src/disclosure/lattice/primary.ts";
import { rules, scale, team, teams } from "./organisation.ts";

describe("what is open of a team", () => {
  const ten = { scale: "s", low: 1, high: 11 };
  const of = (atoms: readonly Atom[], past: readonly Atom[] | null = null) =>
    roomsOf(partsOf(atoms, past ? [{ release: "r", atoms: past, facts: [] }] : []), atoms, ten);

  it("is how far its sum may rise and fall within the scale", () => {
    expect(of([team("a", 4, {}, { mean: 3 }), team("b", 2, {}, { mean: 11 })])).toEqual([
      { leader: "a", n: 4, up: 32, down: 8, whole: true },
      { leader: "b", n: 2, up: 0, down: 20, whole: true },
    ]);
  });

  it("is none where nobody answered the scale, or the team is gone", () => {
    const members = ["p.1"];
    expect(of([{ ...team("a", 4), n: { t: 4 } }])).toEqual([null]);
    expect(of([team("b", 1, {}, { members: ["q.1"] })], [team("a", 1, {}, { members })]).map(Boolean)).toEqual([
      false,
      true,
    ]);
  });

  it("is of a part what the rest of the team cannot have made up", () => {
    const members = ["p.1", "q.1", "r.1", "t.1"];
    // A sum of 4 · 3 of four, of whom three stayed: 32 up less the 10 of the one, and 8 down less that.
    const [stayed, came] = of(
      [team("a", 4, {}, { mean: 3, members })],
      [team("a", 3, {}, { members: members.slice(0, 3) })],
    );
    expect(stayed).toEqual({ leader: "a", n: 4, up: 22, down: 0, whole: false });
    expect(came).toEqual({ leader: "a", n: 4, up: 2, down: 0, whole: false });
  });

  it("is summed over a cell, without a leader and the one other who could take most", () => {
    const rooms = of([
      ...[team("a", 1, {}, { mean: 3 }), team("b", 1, {}, { mean: 4 }), team("c", 1, {}, { mean: 9 })],
      team("d", 0),
    ]);
    const { within, whole } = openCells(rooms)({ places: [0, 1, 2, 3].slice(0, rooms.length), rows: [] });
    // Up 8, 7 and 2, down 2, 3 and 8.
    expect(["a", "b", "c", "x"].map(within.of)).toEqual([
      ...[
        { up: 8, down: 2 },
        { up: 7, down: 3 },
        { up: 2, down: 8 },
        { up: 0, down: 0 },
      ],
    ]);
    expect(["a", "b", "c", "x"].map(within.beside)).toEqual([
      ...[
        { up: 2, down: 3 },
        { up: 2, down: 2 },
        { up: 7, down: 2 },
        { up: 9, down: 5 },
      ],
    ]);
    expect(within.without(["a"])).toEqual({ up: 9, down: 11 });
    expect(within.without(["a", "c", "x"])).toEqual({ up: 7, down: 3 });
    expect([within.leaders, whole.leaders]).toEqual([
      ["a", "b", "c"],
      ["a", "b", "c"],
    ]);
  });
});

describe("cells that rows divide", () => {
  const cells = (partition: ReturnType<typeof partitionOf>, count: number) =>
    Array.from({ length: count }, (_, place) => partition.now.of(place));
  const shape = ({ changed, touched, divided, moved, row }: Step) => ({
    ...{ changed: [...changed], touched, divided: [...divided], moved: [...moved], row },
  });

  it("are one before any row, and what a row leaves keeps its number", () => {
    const partition = partitionOf(4);
    const first = partition.step([1, 3]);
    expect(shape(first)).toEqual({
      changed: [
        [0, { places: [0, 2], rows: [] }],
        [1, { places: [1, 3], rows: [0] }],
      ],
      ...{
        touched: [0],
        divided: [0],
        moved: [
          [1, 1],
          [3, 1],
        ],
        row: 0,
      },
    });
    expect(cells(partition, 4)).toEqual([0, 0, 0, 0]);
    partition.take(first);
    expect([cells(partition, 4), partition.now.inRow(0), partition.now.inRow(1)]).toEqual([[0, 1, 0, 1], [1], []]);
  });

  it("stay whole in a row that is of all of them", () => {
    const partition = partitionOf(3);
    partition.take(partition.step([2]));
    const all = partition.step([0, 1, 2]);
    expect(shape(all)).toEqual({
      changed: [
        [0, { places: [0, 1], rows: [1] }],
        [1, { places: [2], rows: [0, 1] }],
      ],
      ...{ touched: [0, 1], divided: [], moved: [], row: 1 },
    });
    partition.take(all);
    expect([partition.now.inRow(0), partition.now.inRow(1)]).toEqual([[1], [0, 1]]);
  });

  it("are looked at as they would be, without being taken", () => {
    const partition = partitionOf(4);
    partition.take(partition.step([0, 1, 2]));
    const next = partition.step([2, 3]);
    const after = partition.after(next);
    expect([0, 1, 2, 3].map((place) => after.cell(after.of(place)))).toEqual([
      ...[
        { places: [0, 1], rows: [0] },
        { places: [0, 1], rows: [0] },
      ],
      ...[
        { places: [2], rows: [0, 1] },
        { places: [3], rows: [1] },
      ],
    ]);
    expect([after.inRow(0).length, after.inRow(1).length, partition.now.inRow(1).length]).toEqual([2, 2, 0]);
    partition.take(next);
    expect([0, 1].map((row) => partition.now.inRow(row))).toEqual([0, 1].map((row) => after.inRow(row)));
    expect([0, 1, 2, 3].map(partition.now.of)).toEqual([0, 1, 2, 3].map(after.of));
  });
});

describe("a column", () => {
  const column = (own: Readonly<Record<string, number>>, persons = "", known = ""): Column => ({
    n: Object.values(own).reduce((sum, n) => sum + n, 0),
    persons: new Set(persons),
    leaders: new Set(Object.keys(own)),
    known: new Map(Object.entries(own).map(([leader, n]) => [leader, { n, persons: new Set(known) }])),
  });

  it("is of others for who knows some of it, and all of it for others", () => {
    const own = column({ a: 3, b: 4 }, "pq", "p");
    expect(besideOwn(own, "a")).toEqual({ n: 4, persons: new Set("q") });
    expect(besideOwn(own, "c")).toEqual({ n: 7, persons: new Set("pq") });
    expect(besideOwn(own, null)).toEqual({ n: 7, persons: new Set("pq") });
    expect(besideOwn({ ...own, n: 2 }, "a").n).toBe(0);
  });

  it.each([
    [{ a: 5, b: 4, c: 1 }, true],
    [{ a: 6, b: 4, c: 0.5 }, false],
    [{ a: 50, b: 50 }, false],
    [{ a: 9, b: 2, c: 2 }, false],
    [{ a: 9, b: 3, c: 2 }, true],
  ])("of %o is large: %s", (own, is) => {
    expect(isLarge(column(own), rules)).toBe(is);
  });
});

describe("a mean of several teams", () => {
  it.each([
    [[3, 3, 2], true],
    [[3, 2, 2], false],
    [[8, 8], false],
    [[16, 2, 2, 1], true],
    [[20, 2, 2, 1], true],
    [[21, 2, 2, 1], false],
    [[6, 2, 2], false],
    [[6, 3, 2], true],
  ])("of %j respondents may be shown: %s", (sizes, may) => {
    const atoms = sizes.map((n, k) => team(`L${k}`, n));
    expect(passesPrimary(supportOf(atoms, "s"), rules)).toBe(may);
  });
});

describe("a guard", () => {
  const atoms = teams(4, 8, "L");
  const parts = partsOf(atoms, []);

  it("takes no row that it was not asked of, but once more what it has", () => {
    const guard = opennessOf(parts, atoms, [scale], []);
    const row = [0, 1, 2, 3];
    expect(() => guard.add(row)).toThrow(/not allowed/);
    expect(guard.allows(row)).toBe(true);
    guard.add(row);
    expect(() => guard.add([...row])).not.toThrow();
    expect(() => guard.add([0, 1])).toThrow(/not allowed/);
    expect(() => opennessOf(parts, atoms, [scale], [row]).add(row)).not.toThrow();
  });

  it("takes a row of nobody on a scale for none, and one that others say already", () => {
    const lattice = latticeOf(parts, answeredOn(parts, "t"), [[0]], rules);
    expect(lattice.allows([0])).toBe(true);
    const asked = [[0, 1, 2, 3], [0, 1, 2], [3]];
    const own = latticeOf(parts, answeredOn(parts, "s"), asked, rules);
    expect(asked.map(own.allows)).toEqual([true, true, false]);
    own.add(asked[0]!);
    expect(own.allows(asked[0]!)).toBe(true);
    expect(own.allows(asked[1]!)).toBe(false);
    own.add(asked[1]!);
    expect(own.allows(asked[2]!)).toBe(true);
  });
});
