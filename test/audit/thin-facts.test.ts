import { describe, expect, it } from "vitest";
import type { Atom, Fact } from "../../src/audit/publication.ts";
import { thinFacts } from "../../src/audit/thin-facts.ts";

const team = (leader: string, n: number, more: Partial<Atom> = {}): Atom => ({
  ...{ atom: leader, wave: "w1", leader, groups: { organisation: "" }, n: { s: n }, members: [] },
  ...more,
});
const variance: Fact = {
  ...{ fact: "f", audience: "management", statistic: "variance", scale: "s", rater: "employee" },
  ...{ grouping: "organisation", cell: "", wave: "w1", value: 4, step: 0.1 },
};
/** Ten teams of three respondents, and what differs. */
const teams = (leaders: number, n = 3): Atom[] => Array.from({ length: leaders }, (_, k) => team(`L${k}`, n));
const found = (atoms: readonly Atom[]) =>
  thinFacts({ releases: [{ release: "r", atoms, facts: [variance], pages: null }], ranges: {}, composites: {} }, [
    variance,
  ]).map(({ respondents, leaders }) => [respondents, leaders.length]);

describe("a fact that no row says in full", () => {
  it("takes 30 respondents and 10 leaders, no fewer of either", () => {
    expect(found(teams(10))).toEqual([]);
    expect(found([...teams(9), team("L9", 2)])).toEqual([[29, 10]]);
    expect(found(teams(9, 4))).toEqual([[36, 9]]);
  });

  it("rests on answers about its scale, wave, cell and rater alone, and on a leader once", () => {
    expect(found([...teams(9), team("L9", 3, { n: { other: 3 } })])).toEqual([[27, 10]]);
    expect(found([...teams(9), team("L9", 3, { wave: "w2" })])).toEqual([[27, 9]]);
    expect(found([...teams(9), team("L9", 3, { groups: {} })])).toEqual([[27, 9]]);
    expect(found([...teams(9), team("L9", 3, { rater: "self" })])).toEqual([[27, 9]]);
    expect(found([...teams(9), team("L0", 3)])).toEqual([[30, 9]]);
  });

  it("says which fact it is, of whom and where", () => {
    const atoms = teams(2);
    const publication = {
      releases: [{ release: "r", atoms, facts: [variance], pages: null }],
      ranges: {},
      composites: {},
    };
    expect(thinFacts(publication, [variance])).toEqual([
      {
        ...{ kind: "non-linear", view: "management", scale: "s", waves: ["w1"], leaders: ["L0", "L1"] },
        ...{ respondents: 6, facts: ["f"], minimal: true },
      },
    ]);
  });
});
