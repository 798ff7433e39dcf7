import { describe, expect, it } from "vitest";
import { audit, ordinaryEffort } from "../../src/audit/audit.ts";
import { notBorneOut, pagesByTeam, retold } from "../../src/audit/own-pages.ts";
import { type Atom, lowestLimits, type OwnPage, type Release } from "../../src/audit/publication.ts";

const people = (to: number): readonly string[] => Array.from({ length: to }, (_, k) => `p${k}.a`);
const team = (members: readonly string[]): Atom => ({
  ...{ atom: "L w", leader: "L", wave: "w", groups: { organisation: "" }, n: { s: members.length }, members },
});
const page = (over: Partial<OwnPage> = {}): OwnPage => ({
  ...{ leader: "L", wave: "w", scales: ["s"], answers: null, ...over },
});
const release = (name: string, members: readonly string[], pages: readonly OwnPage[]): Release => ({
  ...{ release: name, atoms: [team(members)], facts: [], pages },
});
const found = (...releases: readonly Release[]) => {
  const publication = { releases, ranges: { s: { low: 0, high: 100 } }, composites: {} };
  return audit(publication, lowestLimits, ordinaryEffort).findings.map(({ kind, view, respondents, facts }) => ({
    ...{ kind, view, respondents, facts: [...new Set(facts)] },
  }));
};
const first = release("r1", people(7), [page()]);
const mean = "mean|s|w|leader|L";

describe("what leaders' own pages say over releases", () => {
  it("is found where two of them differ by fewer than five", () => {
    const leak = { kind: "respondents", view: "leader:L", respondents: 1, facts: [mean] };
    expect(found(first, release("r2", people(8), [page()]))).toEqual([leak]);
    expect(found(first, release("r2", people(6), [page()]))).toEqual([leak]);
  });

  it("is safe where they differ by nobody or five, or the later one stands as it was", () => {
    expect(found(first, release("r2", people(7), [page()]))).toEqual([]);
    expect(found(first, release("r2", people(12), [page()]))).toEqual([]);
    expect(found(first, release("r2", people(8), [page({ since: "r1" })]))).toEqual([]);
    expect(found(first, release("r2", people(8), []))).toEqual([]);
  });

  it("is found where the answers to a scale's items are told of two teams, however many they differ by", () => {
    const told = (name: string, n: number, since?: string) =>
      release(name, people(n), [page({ answers: "s", ...(since ? { since } : {}) })]);
    expect(found(told("r1", 7), told("r2", 12)).map(({ facts }) => facts)).toEqual([["answers|s|w|leader|L"]]);
    expect(found(told("r1", 7), told("r2", 7))).toEqual([]);
    expect(found(told("r1", 7), told("r2", 12, "r1"))).toEqual([]);
  });
});

describe("answers to a scale's items that are told again", () => {
  const told = (name: string, members: readonly string[], over: Partial<OwnPage> = {}, more: readonly Atom[] = []) => ({
    ...release(name, members, [page({ answers: "s", ...over })]),
    atoms: [team(members), ...more],
  });
  const three = ["1", "2", "3"];

  it("are of which leader, wave and scale", () => {
    expect(retold([told("r1", three), told("r2", ["1"])])).toEqual([
      {
        ...{ kind: "respondents", view: "leader:L", scale: "s", waves: ["w"], leaders: ["L"], respondents: 0 },
        ...{ facts: ["answers|s|w|leader|L"], minimal: true },
      },
    ]);
  });

  it("are of the same in whatever order, and of employees alone", () => {
    expect(retold([told("r1", three), told("r2", ["3", "1", "2"])])).toEqual([]);
    const self = (...members: readonly string[]): readonly Atom[] => [{ ...team(members), rater: "self" }];
    expect(retold([told("r1", three, {}, self("8")), told("r2", three, {}, self("9"))])).toEqual([]);
  });

  it("are another scale's, wave's or leader's where these differ, and none where none are told", () => {
    for (const over of [{ answers: "t" }, { wave: "v" }, { leader: "M" }, { answers: null }])
      expect(retold([told("r1", three), told("r2", ["1"], over)])).toEqual([]);
    expect(retold([{ ...told("r1", three), pages: null }, told("r2", ["1"])])).toEqual([]);
  });

  it("are held to what was told last", () => {
    expect(retold([told("r1", three), told("r2", ["1"]), told("r3", ["1"])])).toHaveLength(1);
    expect(retold([told("r1", three), told("r2", ["1"]), told("r3", three)])).toHaveLength(2);
    expect(retold([told("r1", three), told("r2", ["1"], { since: "r1" }), told("r3", three)])).toEqual([]);
  });
});

describe("a page that was frozen", () => {
  const cell = (v: number) => ({ state: "shown", value: { f: "x", v } });
  const shared = { waves: [{ id: "v" }, { id: "w" }], scales: [{ id: "s" }] };
  const report = (last: number, answers: unknown = null) => ({
    ...{ leader: "L", scales: [{ employees: [null, cell(last)] }], answers },
  });
  const strange = (served: unknown, pages: readonly OwnPage[], earlier: unknown = null) =>
    notBorneOut(shared, served, pagesByTeam(pages), () =>
      earlier === null ? null : { shared: { ...shared, waves: [{ id: "w" }, { id: "x" }] }, report: earlier },
    );

  it("shows what the ledger says it shows, and nothing else", () => {
    const items = { scale: 0, items: cell(3) };
    expect(strange(report(61), [page()])).toEqual([]);
    expect(strange(report(61), [])).toEqual([mean]);
    expect(strange(report(61), [page({ wave: "v" })])).toEqual([mean]);
    expect(strange(report(61, items), [page()])).toEqual(["answers|s|w|leader|L"]);
    expect(strange(report(61, items), [page({ answers: "s" })])).toEqual([]);
  });

  it("has the very numbers of the release that it says they are of", () => {
    const kept = [page({ since: "r1" })];
    const then = (value: number) => ({ leader: "L", scales: [{ employees: [cell(value), null] }], answers: null });
    expect(strange(report(61), kept, then(61))).toEqual([]);
    expect(strange(report(61), kept, then(62))).toEqual([mean]);
    expect(strange(report(61), kept)).toEqual([mean]);
  });
});
