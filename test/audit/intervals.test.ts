import { describe, expect, it } from "vitest";
import { audit, ordinaryEffort } from "../../src/audit/audit.ts";
import { type Atom, type Fact, lowestLimits, type Publication } from "../../src/audit/publication.ts";
import { reaches, type Share, singleRows } from "../../src/audit/ranges.ts";

const team = (leader: string, n: number): Atom => ({
  atom: leader,
  wave: "w1",
  leader,
  groups: { organisation: "" },
  n: { s: n },
  members: Array.from({ length: n }, (_, k) => `${leader}-${k}`),
});

const fact = (id: string, audience: string, grouping: string, cell: string, value: number): Fact => ({
  ...{ fact: id, audience, statistic: "mean", scale: "s", rater: "employee", wave: "w1" },
  ...{ grouping, cell, value, step: 0 },
});

const audited = (sizes: readonly number[], facts: readonly Fact[], widthsBelow = lowestLimits.width) => {
  const atoms = sizes.map((n, k) => team(`l${k + 1}`, n));
  const publication: Publication = {
    releases: [{ release: "r1", atoms, facts, pages: null }],
    ranges: { s: { low: 1, high: 5 } },
    composites: {},
  };
  return audit(publication, lowestLimits, { ...ordinaryEffort, widthsBelow });
};

const pinned = (sizes: readonly number[], facts: readonly Fact[]): readonly string[] => {
  const { findings } = audited(sizes, facts);
  return findings.filter(({ kind }) => kind === "interval").map(({ view, leaders }) => `${view} ${leaders.join()}`);
};

const all = (value: number): Fact => fact("all", "management", "organisation", "", value);

describe("a leader's mean", () => {
  it("is pinned by the mean of a cell from four fifths of its respondents on", () => {
    expect(pinned([16, 2, 2], [all(3)])).toEqual([]);
    expect(pinned([17, 2, 2], [all(3)])).toEqual(["management l1"]);
  });

  it("is pinned by a mean near the end of the scale, all leaders at once", () => {
    expect(pinned([8, 8, 8, 8], [all(4.7)])).toEqual([]);
    expect(pinned([8, 8, 8, 8], [all(4.8)])).toEqual(["l1", "l2", "l3", "l4"].map((id) => `management ${id}`));
    expect(pinned([8, 8, 8, 8], [all(1.3)])).toEqual([]);
    expect(pinned([8, 8, 8, 8], [all(1.2)])).toHaveLength(4);
  });

  it("is as open as the linear programs leave it, told up to the width that is asked for", () => {
    const narrowest = (sizes: readonly number[], value: number, below: number) =>
      audited(sizes, [all(value)], below).counts.narrowest;
    expect(narrowest([8, 8, 8, 8], 4.7, 0.5)).toBeCloseTo(0.3, 6);
    expect(narrowest([8, 8, 8, 8], 4.7, 0.3)).toBeNull();
    expect(narrowest([16, 2, 2], 3, 0.3)).toBeCloseTo(0.25, 6);
    expect(narrowest([8, 8, 8, 8], 4.8, lowestLimits.width)).toBeCloseTo(0.2, 6);
  });

  it("is pinned for a leader who takes the own team away", () => {
    const own = fact("own", "leader:l1", "leader", "l1", 3);
    expect(pinned([10, 10, 2], [all(3)])).toEqual([]);
    expect(pinned([10, 10, 2], [all(3), own])).toEqual(["leader:l1 l2"]);
  });
});

describe("a team in two places", () => {
  const part = (atom: string, leader: string, n: number, cells: Atom["groups"]): Atom => ({
    ...{ ...team(atom, n), leader, groups: { organisation: "", ...cells } },
  });
  const looked = (atoms: readonly Atom[], facts: readonly Fact[]) => {
    const releases = [{ release: "r1", atoms, facts, pages: null }];
    return audit({ releases, ranges: { s: { low: 1, high: 5 } }, composites: {} }, lowestLimits, ordinaryEffort);
  };
  const intervals = (...asked: Parameters<typeof looked>) =>
    looked(...asked)
      .findings.filter(({ kind, view }) => kind === "interval" && view === "management")
      .map(({ leaders, waves, respondents }) => [leaders.join(), waves.join(), respondents]);
  const cell = (name: string, value: number) => fact(name, "management", "department", name, value);
  const whole = { ...cell("both", 3), grouping: "organisation", cell: "" };

  it("is pinned where both places are told, and not where one of them is told with others", () => {
    const both = [part("a1", "a", 6, { department: "x" }), part("a2", "a", 6, { department: "y" })];
    const facts = [whole, cell("x", 3), cell("y", 3)];
    expect(intervals(both, facts)).toEqual([["a", "w1", 12]]);
    expect(intervals([...both, part("c", "c", 25, { department: "y" })], facts)).toEqual([["c", "w1", 25]]);
  });

  it("is looked at beside a spread of its own cell and wave alone", () => {
    const at = (wave: string, leader: string, department: string): Atom => ({
      ...{ ...part(`${leader} ${wave}`, leader, 8, { department }), wave },
    });
    const leaders = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const atoms = ["w1", "w2"].flatMap((wave) => leaders.map((leader, k) => at(wave, leader, k < 4 ? "x" : "y")));
    const later = (each: Fact): Fact => ({ ...each, fact: `${each.fact} later`, wave: "w2" });
    const means = [whole, cell("x", 3)];
    const change: Fact = {
      ...whole,
      ...{ fact: "change", statistic: "difference", against: whole, wave: "w2", value: 0 },
    };
    const variance: Fact = { ...cell("x", 0.01), fact: "spread", statistic: "variance" };
    const facts = [...means, ...means.map(later), change];
    expect(intervals(atoms, facts)).toEqual([]);
    expect(intervals(atoms, [...facts, variance])).toEqual(["a", "b", "c", "d"].map((leader) => [leader, "w1", 8]));
  });

  it("has no bound where facts contradict each other, which is said", () => {
    const atoms = ["a", "b", "c", "d"].map((leader) => part(leader, leader, 8, {}));
    const counts = (value: number) => looked(atoms, [whole, { ...whole, fact: "again", value }]).counts.contradictions;
    expect([counts(3), counts(4)]).toEqual([0, 1]);
    expect(looked(atoms, [whole, { ...whole, fact: "again", value: 4 }]).isSafe).toBe(false);
  });
});

describe("shares under rows", () => {
  const rows = [
    {
      coefficients: new Map([
        [0, 0.5],
        [1, 0.3],
        [2, 0.2],
      ]),
      low: 0.5,
      high: 0.5,
    },
    {
      coefficients: new Map([
        [0, 1],
        [1, -1],
      ]),
      low: 0.4,
      high: 0.4,
    },
  ];

  it("reach as far as the closed form says", () => {
    const { ofOne, ofSum } = reaches(3, rows);
    // x1 = x0 − 0.4 gives 0.8 x0 + 0.2 x2 = 0.62, so that x0 runs from 0.525 (x2 = 1) to 0.775 (x2 = 0).
    const share = ofOne(0, () => false);
    expect(share?.low).toBeCloseTo(0.525, 6);
    expect(share?.high).toBeCloseTo(0.775, 6);
    const sum = ofSum(
      new Map([
        [0, 0.5],
        [1, 0.5],
      ]),
    );
    expect(sum?.low).toBeCloseTo(0.325, 6);
    expect(sum?.high).toBeCloseTo(0.575, 6);
  });

  it("reach at least as far by each row alone", () => {
    const share = singleRows(3, rows)(0);
    expect(share.low).toBeCloseTo(0.4, 9);
    expect(share.high).toBeCloseTo(1, 9);
  });

  it("lie within all rows that leave some room, whatever the signs of these", () => {
    const loose = [
      {
        coefficients: new Map([
          [0, 0.5],
          [1, -0.5],
        ]),
        low: 0.2,
        high: 0.3,
      },
      { coefficients: new Map([[0, 1]]), low: 0.1, high: 0.7 },
    ];
    const alone = singleRows(3, loose);
    const told = (share: Share | null) => [share!.low, share!.high].map((end) => Math.round(1e6 * end) / 1e6);
    expect([alone(0), alone(1), alone(2)].map(told)).toEqual([
      [0.4, 0.7],
      [0, 0.6],
      [0, 1],
    ]);
    const { ofOne } = reaches(3, loose);
    // The second is at most 0.7 − 0.4.
    expect([0, 1, 2].map((column) => told(ofOne(column, () => false)))).toEqual([
      [0.4, 0.7],
      [0, 0.3],
      [0, 1],
    ]);
  });

  it("have no ends where rows contradict each other", () => {
    const impossible = [...rows, { coefficients: new Map([[0, 1]]), low: 0.9, high: 0.9 }];
    expect(reaches(3, impossible).ofOne(0, () => false)).toBeNull();
  });
});

describe("the variance between leaders", () => {
  type Placed = readonly [mean: number, department: string | null, arm?: string];
  /** Teams of eight whose means are told only by those of cells and by the variance between them. */
  const found = (teams: readonly Placed[], cells: readonly (readonly ["department" | "arm", string])[]) => {
    const atoms = teams.map(([, department, arm = null], k) => ({
      ...team(`l${k + 1}`, 8),
      groups: { organisation: "", department, arm },
    }));
    const meanOf = (grouping: string, cell: string): Fact => {
      const own = teams.filter((_, k) => (atoms[k]!.groups as Record<string, string | null>)[grouping] === cell);
      const value = own.reduce((sum, [mean]) => sum + mean, 0) / own.length;
      return fact(`${grouping} ${cell}`, "management", grouping, cell, value);
    };
    const whole = meanOf("organisation", "");
    const squares = teams.reduce((sum, [mean]) => sum + (mean - whole.value!) ** 2, 0);
    const variance: Fact = { ...whole, fact: "variance", statistic: "variance", value: squares / (teams.length - 1) };
    const facts = [whole, ...cells.map(([grouping, cell]) => meanOf(grouping, cell)), variance];
    const { findings } = audit(
      {
        releases: [{ release: "r1", atoms, facts, pages: null }],
        ranges: { s: { low: 0, high: 100 } },
        composites: {},
      },
      lowestLimits,
      { ...ordinaryEffort, intervalViewers: 0 },
    );
    return findings
      .filter(({ kind, view }) => kind === "interval" && view === "management")
      .map(({ leaders }) => leaders[0]);
  };
  const spread = (by: number, centre: number, department: string | null): readonly Placed[] =>
    Array.from({ length: 8 }, (_, k) => [centre + (k % 2 ? by : -by), department]);

  it("pins every leader from where no mean can lie a quarter of the scale apart", () => {
    // Of sixteen equal teams none is further than s · 15 / √16 from the mean of all, with s² = 16 · by² / 15.
    const least = 12.5 / (3.75 * Math.sqrt(16 / 15));
    const all = (by: number) => [...spread(by, 50, null), ...spread(by, 50, null)];
    expect(found(all(least * 1.001), [])).toEqual([]);
    expect(found(all(least * 0.999), [])).toHaveLength(16);
  });

  it("pins every leader where the means of departments take most of it up", () => {
    const apart = [...spread(2, 30, "a"), ...spread(2, 70, "b")];
    expect(found(apart, [])).toEqual([]);
    expect(found(apart, [["department", "a"]])).toHaveLength(16);
    const near = [...spread(8, 48, "a"), ...spread(8, 52, "b")];
    expect(found(near, [["department", "a"]])).toEqual([]);
  });

  it("is held against all that the other facts leave open, not only against what was met on the way", () => {
    const rows: readonly Placed[] = [
      [38, "z", "a"],
      [38, "y", "b"],
      [38, "x", "a"],
      [50, "x"],
      [50, "x", "a"],
      [38, "z"],
      [38, "z"],
      [62, "y", "b"],
      [50, "x", "b"],
      [38, "z", "b"],
    ];
    const cells = [
      ["arm", "a"],
      ["arm", "b"],
      ["department", "x"],
    ] as const;
    expect(found(rows, cells)).toEqual([]);
  });
});
