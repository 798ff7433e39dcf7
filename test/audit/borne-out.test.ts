import { describe, expect, it } from "vitest";
import { type BookedFact, borneOut, type Candidate } from "../../src/audit/borne-out.ts";
import type { Atom, Release } from "../../src/audit/publication.ts";
import type { ServedFact, ServedInterval, ServedModel } from "../../src/audit/served-dashboard.ts";

const booked = (value: number | null, over: Partial<BookedFact> = {}): BookedFact => ({
  ...{ fact: "f", audience: "management", statistic: "mean", scale: "s", rater: "employee", value, step: 0.1 },
  ...{ grouping: "all", cell: "", wave: "w", ...over },
});
const said = (value: number, over: Partial<ServedFact> = {}): ServedFact => ({
  ...{ ...booked(value), value, place: "p", since: null },
  ...over,
});
const release = (name: string, facts: readonly BookedFact[], atoms: readonly Atom[] = []): Candidate => ({
  ...{ release: name, atoms, facts, pages: null },
});
const model = (facts: readonly ServedFact[], intervals: readonly ServedInterval[] = []): ServedModel => ({
  ...{ numbers: facts.length, facts, intervals, withoutFact: [] },
});

describe("a number that the ledger has", () => {
  it.each([
    [61.2, 61.2, true],
    [61.2, 61.200061, true],
    [61.2, 61.200062, false],
    [-61.2, -61.200061, true],
    [-61.2, 61.2, false],
    [0, 0.000001, true],
    [0, 0.0000011, false],
    [0, null, false],
  ])("as %d is the same as %s: %s", (shown, value, isSame) => {
    expect(borneOut(model([said(shown)]), release("r2", [booked(value)]), []).differing).toEqual(isSame ? [] : ["f"]);
  });

  it("is told once, wherever it stands", () => {
    const found = borneOut(model([said(1), said(1), said(2, { fact: "g" })]), release("r2", [booked(3)]), []);
    expect([found.unknownFacts, found.differing]).toEqual([["g"], ["f"]]);
  });

  it.each([
    ["r1", undefined],
    [null, "r1"],
    ["r1", "r0"],
  ])("is not known as of %s where the ledger says %s", (since, own) => {
    const candidate = release("r2", [booked(3, own === undefined ? {} : { since: own })]);
    const past = ["r0", "r1"].map((name) => release(name, [booked(3)]));
    expect(borneOut(model([said(3, { since })]), candidate, past).unknownFacts).toEqual(["f"]);
  });

  it("is of the last release of its name", () => {
    const candidate = release("r2", [booked(3, { since: "r1" })]);
    const kept = model([said(3, { since: "r1" })]);
    const [old, recent] = [release("r1", [booked(4)]), release("r1", [booked(3)])];
    expect(borneOut(kept, candidate, [old, recent]).differing).toEqual([]);
    expect(borneOut(kept, candidate, [recent, old]).differing).toEqual(["f"]);
  });
});

describe("intervals", () => {
  const team = (leader: string, cell: string, over: Partial<Atom> = {}): Atom => ({
    ...{ atom: leader, leader, wave: "w", groups: { all: cell }, n: { s: 8 }, members: [], ...over },
  });
  const teams = (count: number, cell: string): readonly Atom[] =>
    Array.from({ length: count }, (_, k) => team(`${cell}${k}`, cell));
  const round = (cell: string, low: number, high: number, over: Partial<ServedFact> = {}): ServedInterval => {
    const level = said(50, { fact: cell, cell, ...over });
    return { level, low: level.value + low, high: level.value + high };
  };
  const uneven = (intervals: readonly ServedInterval[], atoms: readonly Atom[], past: readonly Release[] = []) =>
    borneOut(model([], intervals), release("r2", [], atoms), past).uneven;
  const sixteen = [...teams(16, "a"), ...teams(4, "b")];

  it("may be as far off as both their ends are rounded", () => {
    // 1.9² · 16 is 3.8² · 4, and 2.1² · 16 is 4.2² · 4.
    expect(uneven([round("a", -2, 2), round("b", -3.69, 3.69)], sixteen)).toEqual(["a", "b"]);
    expect(uneven([round("a", -2, 2), round("b", -3.71, 3.71)], sixteen)).toEqual([]);
    expect(uneven([round("a", -2, 2), round("b", -4.29, 4.29)], sixteen)).toEqual([]);
    expect(uneven([round("a", -2, 2), round("b", -4.31, 4.31)], sixteen)).toEqual(["a", "b"]);
  });

  it("say nothing where they were cut off at an end of the scale", () => {
    expect(uneven([round("a", -2, 2), round("b", -9, 8.84)], sixteen)).toEqual([]);
    expect(uneven([round("a", -2, 2), round("b", -8.84, 9)], sixteen)).toEqual([]);
    expect(uneven([round("a", -2, 2), round("b", -9, 8.86)], sixteen)).toEqual(["a", "b"]);
  });

  it("count each leader of the cell who has a score, once", () => {
    const even = [round("a", -2, 2), round("b", -4, 4)];
    for (const more of [
      [team("b0", "b", { atom: "again" })],
      [team("x", "b", { n: { s: 0 } })],
      [team("x", "b", { n: { t: 8 } })],
      [team("x", "b", { wave: "v" })],
      [team("x", "b", { rater: "self" })],
      [team("x", "c")],
    ])
      expect(uneven(even, [...sixteen, ...more])).toEqual([]);
    expect(uneven(even, [...sixteen, team("x", "b")])).not.toEqual([]);
  });

  it.each([{ wave: "v" }, { rater: "self" }, { scale: "t" }])("are of one spread each: %o", (over) => {
    const own = teams(4, "b").map((each) => ({ ...each, ...over, n: { s: 8, t: 8 } }));
    expect(uneven([round("a", -2, 2), round("b", -9, 9, over)], [...sixteen, ...own])).toEqual([]);
  });

  it("that were kept are of the leaders of their own release", () => {
    const kept = [round("a", -2, 2), round("b", -8, 8, { since: "r1" })];
    const past = (count: number) => [release("r1", [], teams(count, "b"))];
    expect(uneven(kept, sixteen, past(1))).toEqual([]);
    expect(uneven(kept, sixteen, past(4))).toEqual(["a", "b"]);
    expect(uneven(kept, sixteen)).toEqual([]);
  });

  it("are named where they have no room with the others, of however many", () => {
    const cells = [...sixteen, ...teams(4, "c")];
    expect(uneven([round("a", -2, 2), round("b", -4, 4), round("c", -9, 9)], cells)).toContain("c");
  });
});
