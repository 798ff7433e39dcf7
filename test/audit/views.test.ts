import { describe, expect, it } from "vitest";
import { type Atom, type Fact, lowestLimits, type OwnPage, type Release } from "../../src/audit/publication.ts";
import type { Row } from "../../src/audit/rows.ts";
import { hasThinRest, viewsOf, withOwnTeams } from "../../src/audit/views.ts";

const team = (leader: string, n: Atom["n"], over: Partial<Atom> = {}): Atom => ({
  ...{ atom: leader, leader, wave: "w", groups: {}, n, members: ["1", "2"], ...over },
});
const release = (atoms: readonly Atom[], pages: Release["pages"] = null, facts: readonly Fact[] = []): Release => ({
  ...{ release: "r", atoms, facts, pages },
});
const fact = (audience: string): Fact => ({
  ...{ fact: audience, audience, statistic: "mean", scale: "s", rater: "employee", value: null, step: 0 },
  ...{ grouping: "leader", cell: "a", wave: "w" },
});
const withTeams = (releases: readonly Release[], composites: Readonly<Record<string, readonly string[]>> = {}) =>
  withOwnTeams({ releases, ranges: {}, composites }, lowestLimits).releases.map(({ facts }) => facts);
const assumed = (...asked: Parameters<typeof withTeams>) =>
  withTeams(...asked).map((facts) => facts.map(({ cell, wave, scale }) => `${cell} ${wave} ${scale}`));

describe("who sees what", () => {
  it("is management what is for it, and a leader the own report beside, but nobody else's", () => {
    const rows = ["management", "leader:a", "research", "leader:b", "leader:a"].map((audience) => ({
      ...{ fact: fact(audience), release: 0, coefficients: new Map(), multiplier: 1 },
    })) satisfies readonly Row[];
    const views = viewsOf({ unknowns: [], rows, nonLinear: [], baseless: [] });
    expect(views).toEqual([
      { viewer: null, shared: [rows[0]], own: [] },
      { viewer: "a", shared: [rows[0]], own: [rows[1], rows[4]] },
      { viewer: "b", shared: [rows[0]], own: [rows[3]] },
    ]);
  });
});

describe("a scale of scales", () => {
  it.each([
    [undefined, 8, { s: 9 }, false],
    [["s", "t"], 8, { s: 8, t: 8 }, false],
    [["s", "t"], 8, { s: 8, t: 9 }, true],
    [["s", "t"], 8, { s: 12, t: 8 }, true],
    [["s", "t"], 8, { s: 13, t: 8 }, false],
    [["s", "t"], 8, { s: 13, t: 9 }, true],
    [["s", "t"], 4, { s: 5, t: 5 }, true],
    [["s", "t"], 3, { s: 5, t: 4 }, false],
  ])("of %j that %i answered beside %o gives few away: %s", (parts, whole, sizes: Record<string, number>, is) => {
    expect(hasThinRest(parts, whole, (part) => sizes[part] ?? 0, 5)).toBe(is);
  });
});

describe("what a leader is assumed to know of the own team", () => {
  it("is its mean, on each scale that five answered", () => {
    const atoms = [team("a", { s: 5, t: 4 }), team("b", { s: 4 }), team("a", { s: 6 }, { wave: "v" })];
    expect(withTeams([release(atoms)])).toEqual([
      ["w", "v"].map((wave) => ({ ...fact("leader:a"), fact: `assumed:a:${wave}:s`, wave })),
    ]);
  });

  it("counts a team that stands in two places as one, and employees alone", () => {
    expect(assumed([release([team("a", { s: 3 }), team("a", { s: 2 })])])).toEqual([["a w s"]]);
    expect(assumed([release([team("a", { s: 4 }), team("a", { s: 8 }, { rater: "self" })])])).toEqual([[]]);
  });

  it("is what the first release used, once", () => {
    const first = release([team("a", { s: 8 })]);
    const second = release([team("a", { s: 9 }), team("b", { s: 5 })]);
    expect(assumed([first, second, second])).toEqual([["a w s"], ["b w s"], []]);
  });

  it("is nothing where a release says what leaders see", () => {
    const told = release([team("a", { s: 8 })], null, [fact("leader:b")]);
    expect(withTeams([told, release([team("c", { s: 8 })])])).toEqual([[fact("leader:b")], []]);
  });

  it.each([
    // 2 with all of it, and 1 or 3 with a part: of 5 who answered s, surely only 3 are together.
    [{ all: 2, s: 5, t: 3 }, []],
    [{ all: 4, s: 5, t: 4 }, ["s"]],
    [{ all: 4, s: 7, t: 5 }, ["s", "t"]],
    [{ all: 0, s: 5, t: 3 }, ["s"]],
    [{ all: 5, s: 5, t: 6 }, ["s", "t"]],
    [{ all: 5, s: 5, t: 5 }, ["all", "s", "t"]],
    [{ all: 8, s: 8, t: 9 }, ["s", "t"]],
    [{ all: 8, s: 8, t: 13 }, ["all", "s", "t"]],
  ])("is of a scale of scales and its parts what does not stand apart: of %o %j", (n, scales) => {
    expect(assumed([release([team("a", n)])], { all: ["s", "t"] })).toEqual([scales.map((scale) => `a w ${scale}`)]);
  });
});

describe("what a leader knows by the own pages", () => {
  const page = (over: Partial<OwnPage> = {}): OwnPage => ({
    ...{ leader: "a", wave: "w", scales: ["s"], answers: null, ...over },
  });
  const both = team("a", { s: 8, t: 8 });

  it("is what they show a mean of, under the name that it has there", () => {
    expect(withTeams([release([both, team("b", { s: 8 })], [page()])])).toEqual([
      [{ ...fact("leader:a"), fact: "mean|s|w|leader|a" }],
    ]);
    expect(assumed([release([both], [page({ scales: ["t"] })])])).toEqual([["a w t"]]);
    expect(assumed([release([both], [page({ wave: "v" })])])).toEqual([[]]);
    expect(assumed([release([both], [page({ leader: "b" })])])).toEqual([[]]);
  });

  it("is nothing new where a page stands as it was, or has the same respondents", () => {
    const first = release([both], [page()]);
    expect(assumed([first, release([both], [page({ since: "r" })])])).toEqual([["a w s"], []]);
    expect(assumed([first, release([{ ...both, members: ["2", "1"] }], [page()])])).toEqual([["a w s"], []]);
    expect(assumed([first, release([{ ...both, members: ["2", "3"] }], [page()])])).toEqual([["a w s"], ["a w s"]]);
    expect(assumed([first, release([both], [page({ scales: ["s", "t"] })])])).toEqual([["a w s"], ["a w t"]]);
  });

  it("is the same respondents where leaders alone answered anew", () => {
    const self = (members: readonly string[]) => team("a", { s: 1 }, { rater: "self", members });
    const told = [["7"], ["8"]].map((members) => release([both, self(members)], [page()]));
    expect(assumed(told)).toEqual([["a w s"], []]);
  });
});
