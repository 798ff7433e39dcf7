import { describe, expect, it } from "vitest";
import type { Atom, Fact, Publication } from "../../src/audit/publication.ts";
import { refine } from "../../src/audit/refine.ts";
import { deriveRows } from "../../src/audit/rows.ts";
import { sharesBySpread } from "../../src/audit/spread-bounds.ts";
import { spreadsOf } from "../../src/audit/spreads.ts";
import { systemsOf } from "../../src/audit/system.ts";

const team = (leader: string, n: number, groups: Atom["groups"] = {}, atom = leader): Atom => ({
  ...{ atom, wave: "w", leader, groups: { organisation: "", ...groups }, n: { s: n } },
  members: Array.from({ length: n }, (_, k) => `${atom}${k}`),
});
const fact = (grouping: string, cell: string, value: number | null, over: Partial<Fact> = {}): Fact => ({
  ...{ fact: `${grouping} ${cell}`, audience: "management", statistic: "mean", scale: "s", rater: "employee" },
  ...{ wave: "w", grouping, cell, value, step: 0, ...over },
});
const whole = fact("organisation", "", 5);
const spread = (value: number, over: Partial<Fact> = {}) =>
  fact("organisation", "", value, { fact: "spread", statistic: "variance", ...over });

/** The ends of each leader's mean on a scale from 0 to 10. */
const ends = (atoms: readonly Atom[], facts: readonly Fact[], low = 0) => {
  const range = { low, high: low + 10 };
  const publication: Publication = {
    ...{ releases: [{ release: "r", atoms, facts, pages: null }], ranges: { s: range }, composites: {} },
  };
  const rows = deriveRows(publication, refine(publication));
  const [found] = spreadsOf(publication, rows.rows, rows.nonLinear, "s");
  const system = systemsOf(rows.rows, rows).find(({ rows: own }) => own.some(({ row }) => row.fact === found!.mean))!;
  const shareOf = sharesBySpread(system, "s", found!, range);
  return (leader: string): readonly number[] => {
    const share = shareOf(leader);
    return [share.low, share.high].map((end) => Math.round(1e6 * (range.low + 10 * end)) / 1e6);
  };
};
const round = (centre: number, half: number) =>
  [centre - half, centre + half].map((end) => Math.round(1e6 * end) / 1e6);

describe("where the variance between leaders leaves them", () => {
  it("is at the two places of two leaders: 7 and 3 have a variance of 8 about 5", () => {
    const of = ends([team("a", 2), team("b", 2)], [whole, spread(8)]);
    expect([of("a"), of("b")]).toEqual([
      [3, 7],
      [3, 7],
    ]);
  });

  it("is farther from the mean of all for a small team than for the large one that outweighs it", () => {
    // 1 · 2 = 3 · ⅔, and a variance of leaders weighed by their answers: 2 · 2² · (2 / 4)² = 2.
    const of = ends([team("a", 1), team("b", 3)], [whole, spread(2)]);
    expect([of("a"), of("b")]).toEqual([round(5, 2), round(5, 2 / 3)]);
  });

  it("does not depend on where the scale begins", () => {
    const of = ends([team("a", 2), team("b", 2)], [fact("organisation", "", 6), spread(8)], 1);
    expect(of("a")).toEqual([4, 8]);
  });

  it("is wider by what was rounded", () => {
    const teams = [team("a", 2), team("b", 2)];
    expect(ends(teams, [whole, spread(7.8, { step: 0.4 })])("a")).toEqual([3, 7]);
    // The mean of all may be 4.9 or 5.1, and so may what the two together are held to.
    expect(ends(teams, [{ ...whole, step: 0.2 }, spread(8)])("a")).toEqual([2.8, 7.2]);
  });

  // 8, 4, 5 and 3: a mean of 5, squares of 9 + 1 + 0 + 4 and a variance of 14 / 3.
  const departments = [
    ...[team("a", 2, { department: "x" }), team("b", 2, { department: "x" })],
    ...[team("c", 2, { department: "y" }), team("d", 2, { department: "y" })],
  ];
  const [x, y] = [fact("department", "x", 6), fact("department", "y", 4)];
  const four = spread(14 / 3);

  it("is round the mean of the department where that is told, with what its distance from all has left", () => {
    expect(ends(departments, [whole, four])("a")).toEqual(round(5, Math.sqrt(14 * 0.75)));
    for (const told of [[x], [y], [x, y]]) {
      const of = ends(departments, [whole, ...told, four]);
      // 14 less 4 · 1, of which half is for each of two.
      expect([of("a"), of("c")]).toEqual([round(6, Math.sqrt(5)), round(4, Math.sqrt(5))]);
    }
  });

  it("takes no notice of what is told without a value or is no mean", () => {
    const more = [
      fact("department", "x", null, { fact: "hidden" }),
      fact("department", "x", 3, {
        statistic: "difference",
        against: { grouping: "department", cell: "y", wave: "w" },
      }),
    ];
    expect(ends(departments, [whole, ...more, four])("a")).toEqual(round(5, Math.sqrt(14 * 0.75)));
  });

  it("counts no leader of whom nobody answered", () => {
    expect(ends([...departments, team("e", 0)], [whole, x, four])("a")).toEqual(round(6, Math.sqrt(5)));
  });

  it("lets rows tell only of whole teams: of a team in two places what both together say", () => {
    const teams = [
      ...[team("a", 2, { department: "x" }, "a1"), team("a", 2, { arm: "z" }, "a2")],
      ...[team("b", 4, { department: "x" }), team("c", 4, { arm: "z" }), team("d", 4)],
    ];
    const half = fact("department", "x", 32 / 6);
    expect(ends(teams, [whole, half, four])("a")).toEqual(round(5, Math.sqrt(14 * 0.75)));
    const of = ends(teams, [whole, half, fact("arm", "z", 6), four]);
    // a, b and c are 12 answers with a sum of 68, so that d is 3; the squares of the others have 14 − 4 − 4 / 3.
    expect(of("d")).toEqual([3, 3]);
    for (const leader of ["a", "b", "c"]) expect(of(leader)).toEqual(round(17 / 3, Math.sqrt((26 / 3) * (2 / 3))));
  });

  it("is asked within its own cell: what is told of others beside says nothing of it", () => {
    const others = [team("e", 4), team("f", 6)];
    const inX = { fact: "spread", statistic: "variance" } as const;
    const of = ends([...departments.slice(0, 2), ...others], [x, fact("department", "x", 8, inX), whole]);
    expect([of("a"), of("b")]).toEqual([
      [4, 8],
      [4, 8],
    ]);
  });
});

describe("the variances that leaders are held to", () => {
  const publication = (facts: readonly Fact[], more: Publication["releases"] = []): Publication => ({
    releases: [
      { release: "r", atoms: [team("a", 2), team("b", 3), team("b", 4, {}, "b2")], facts, pages: null },
      ...more,
    ],
    ranges: {},
    composites: {},
  });
  const found = (made: Publication) => {
    const rows = deriveRows(made, refine(made));
    return spreadsOf(made, rows.rows, rows.nonLinear, "s").map(({ mean, release, teams }) => [
      ...[mean.value, release, [...teams]],
    ]);
  };
  const teams = [
    ["a", 2],
    ["b", 7],
  ];

  it("have the mean of the same cell beside them, and its teams", () => {
    expect(found(publication([whole, spread(8)]))).toEqual([[5, 0, teams]]);
  });

  it.each([
    ["of another cell", [fact("arm", "", 5)]],
    ["of another wave", [{ ...whole, wave: "v" }]],
    ["of others than employees", [{ ...whole, rater: "self" }]],
    ["of another scale", [{ ...whole, scale: "t" }]],
    ["without a value", [{ ...whole, value: null }]],
    ["that is an effect", [{ ...whole, statistic: "difference" as const }]],
  ])("say nothing beside a mean %s", (_, facts) => {
    expect(found(publication([...facts, spread(8)]))).toEqual([]);
  });

  it("say nothing without a value, or where they are another statistic", () => {
    expect(found(publication([whole, { ...spread(8), value: null }]))).toEqual([]);
    expect(found(publication([whole, { ...spread(8), statistic: "estimate" }]))).toEqual([]);
  });

  it("have the mean of their own release where it tells one, else that of another", () => {
    const later = { release: "r2", atoms: [team("a", 2), team("b", 5)], pages: null };
    const moved = fact("organisation", "", 6, { fact: "later" });
    expect(found(publication([whole], [{ ...later, facts: [moved, spread(8)] }]))).toEqual([
      [
        6,
        1,
        [
          ["a", 2],
          ["b", 5],
        ],
      ],
    ]);
    expect(found(publication([whole], [{ ...later, facts: [spread(8)] }]))).toEqual([[5, 0, teams]]);
  });
});
