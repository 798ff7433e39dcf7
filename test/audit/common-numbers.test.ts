import { describe, expect, it } from "vitest";
import { audit, ordinaryEffort } from "../../src/audit/audit.ts";
import { notBooked } from "../../src/audit/common-numbers.ts";
import { type Atom, type Fact, lowestLimits, type Release } from "../../src/audit/publication.ts";

const names = (leader: string, count: number) => Array.from({ length: count }, (_, k) => `${leader}${k}.a`);
const team = (leader: string, members: readonly string[]): Atom => ({
  ...{ atom: `${leader} w`, leader, wave: "w", groups: { organisation: "" }, n: { s: members.length }, members },
});
/** Ten teams of eight, and a small one; some have other respondents. */
const teams = (other: Readonly<Record<string, readonly string[]>> = {}): readonly Atom[] => [
  ...Array.from({ length: 10 }, (_, k) => team(`L${k}`, other[`L${k}`] ?? names(`L${k}`, 8))),
  team("M", other["M"] ?? names("M", 3)),
];
const number = (statistic: Fact["statistic"]): Fact => ({
  ...{ fact: `${statistic}|s|w`, statistic, scale: "s", rater: "employee", value: 12, step: 0, wave: "w", cell: "" },
  ...(statistic === "variance"
    ? { audience: "management", grouping: "organisation" }
    : { audience: "leaders", grouping: "leaders" }),
});
const release = (name: string, atoms: readonly Atom[], ...facts: readonly Fact[]): Release => ({
  ...{ release: name, atoms, facts, pages: [] },
});
const found = (...releases: readonly Release[]) => {
  const publication = { releases, ranges: { s: { low: 0, high: 100 } }, composites: {} };
  return audit(publication, lowestLimits, ordinaryEffort).findings.map(({ kind, view, respondents, facts }) => ({
    ...{ kind, view, respondents, facts },
  }));
};
const kinds = ["variance", "within", "overall", "benchmark"] as const;

describe("numbers that all teams of a wave go into", () => {
  it.each(kinds)("are found where two releases say a %s of teams that differ by fewer than five", (statistic) => {
    const fact = number(statistic);
    const leak = (respondents: number) => ({
      ...{ kind: "respondents", view: fact.audience, respondents, facts: [fact.fact] },
    });
    const leaksOf = (other: Parameters<typeof teams>[0]) =>
      found(release("r1", teams(), fact), release("r2", teams(other), fact));
    expect(leaksOf({})).toEqual([]);
    expect(leaksOf({ L0: names("L0", 9) })).toEqual([leak(1)]);
    expect(leaksOf({ L0: names("L0", 7), L1: names("L1", 5) })).toEqual([leak(4)]);
    expect(
      leaksOf({
        L0: names("L0", 8)
          .map((each) => each.replace(".a", ".b"))
          .slice(0, 3)
          .concat(names("L0", 8).slice(3)),
      }),
    ).toEqual([leak(3)]);
    expect(leaksOf({ L0: names("L0", 7), L1: [...names("L1", 8), "L07.a"] })).toEqual([leak(1)]);
    expect(leaksOf({ L0: names("L0", 10), L1: names("L1", 11) })).toEqual([]);
  });

  it("are of the teams that are large enough to go into them", () => {
    const leaksOf = (statistic: Fact["statistic"], members: readonly string[]) =>
      found(
        release("r1", teams({ M: names("M", 1) }), number(statistic)),
        release("r2", teams({ M: members }), number(statistic)),
      );
    expect(leaksOf("benchmark", names("M", 4))).toEqual([]);
    expect(leaksOf("benchmark", names("M", 5))).toEqual([]);
    expect(leaksOf("within", names("M", 4)).length).toBe(1);
    expect(leaksOf("within", [])).toEqual([]);
    expect(leaksOf("overall", []).length).toBe(1);
  });

  it("are found over several releases of which no two differ by too few", () => {
    const fact = number("within");
    const [five, other] = [{ L0: names("L0", 13) }, { L1: names("L1", 13) }];
    const last = { ...five, L1: [...names("L1", 13), "late.a"] };
    expect(
      found(release("r1", teams(), fact), release("r2", teams(five), fact), release("r3", teams(other), fact)),
    ).toEqual([]);
    expect(
      found(
        ...[release("r1", teams(), fact), release("r2", teams(five), fact), release("r3", teams(other), fact)],
        release("r4", teams(last), fact),
      ).map(({ respondents }) => respondents),
    ).toEqual([1]);
  });
});

describe("what leaders' pages show of such numbers", () => {
  const shared = { confidence: 0.95, waves: [{ id: "v" }, { id: "w" }], scales: [{ id: "s" }] };
  const cell = (v: unknown) => ({ state: "shown", value: { f: "x", v } });
  const page = (low: number, high: number, middle: unknown = null) => ({
    leader: "L",
    scales: [
      {
        employees: [null, cell({ mean: (low + high) / 2, bound: null, low, high })],
        benchmark: middle === null ? { state: "suppressed" } : cell(middle),
        shrunk: { state: "suppressed" },
      },
    ],
  });
  const within = { ...number("within"), value: 20, shown: { low: 0, high: 100, what: { df: 300 } } };
  const held = (facts: readonly object[], report: unknown, earlier: unknown = null) =>
    notBooked(shared, report, {
      facts: facts as readonly Fact[],
      sizeOf: () => 16,
      sinceOf: () => null,
      earlier: () => (earlier === null ? null : { shared, report: earlier }),
    });
  const name = (what: string) => [`${what}|s|w|leader|L`];

  it("is made of what the ledger says", () => {
    // 1.968 · 20 / 4 is 9.8.
    expect(held([within], page(50, 70))).toEqual([]);
    expect(held([within], page(46, 74))).toEqual(name("within"));
    expect(held([], page(50, 70))).toEqual(name("within"));
    expect(held([within], page(50, 70, { low: 40, high: 60 }))).toEqual(name("benchmark"));
    expect(held([within, number("benchmark")], page(50, 70, { low: 40, high: 60 }))).toEqual([]);
  });

  it("may be narrower where it ends with the scale, and there alone", () => {
    // 91.4 ± 9.8, and 8.6 ± 9.8.
    expect(held([within], page(82, 100))).toEqual([]);
    expect(held([within], page(0, 18))).toEqual([]);
    expect(held([within], page(81, 99))).toEqual(name("within"));
    expect(held([within], page(1, 19))).toEqual(name("within"));
    // Each end is rounded: by half a point at most.
    expect(held([within], page(41, 60))).toEqual([]);
    expect(held([within], page(40, 61))).toEqual(name("within"));
  });

  it("has the very benchmark of the release that it stands from", () => {
    const kept = [within, { ...number("benchmark"), since: "r1" }];
    const middle = { low: 40, high: 60 };
    expect(held(kept, page(50, 70, middle), page(50, 70, middle))).toEqual([]);
    expect(held(kept, page(50, 70, middle), page(50, 70, { low: 40, high: 61 }))).toEqual(name("benchmark"));
    expect(held(kept, page(50, 70, middle))).toEqual(name("benchmark"));
  });

  it("is looked at where the page is of this release, and has an interval", () => {
    const of = (over: object, report: unknown, own: object = {}) =>
      notBooked({ ...shared, ...own }, report, {
        ...{ facts: [within], sizeOf: () => 16, sinceOf: () => null, earlier: () => null, ...over },
      });
    expect(of({}, page(46, 74))).toEqual(name("within"));
    expect(of({ sinceOf: () => "r1" }, page(46, 74))).toEqual([]);
    expect(of({ sinceOf: (_: string, wave: string) => (wave === "v" ? "r1" : null) }, page(46, 74))).toEqual(
      name("within"),
    );
    for (const ends of [
      { low: null, high: 74 },
      { low: 46, high: null },
    ])
      expect(of({}, { leader: "L", scales: [{ ...page(0, 0).scales[0], employees: [null, cell(ends)] }] })).toEqual([]);
    for (const wrong of [
      { wave: "v" },
      { scale: "t" },
      { statistic: "overall" },
      { value: null },
      { value: undefined },
    ])
      expect(of({ facts: [{ ...within, ...wrong }] }, page(50, 70))).toEqual(name("within"));
    // A scale of one decimal has ends to a tenth: 9.84 is not 9.7.
    expect(of({}, page(50.3, 69.7))).toEqual([]);
    expect(of({}, page(50.3, 69.7), { scales: [{ id: "s", decimals: 1 }] })).toEqual(name("within"));
    expect(of({}, page(50.2, 69.8), { scales: [{ id: "s", decimals: 1 }] })).toEqual([]);
  });

  it("is as wide as the number of answers, the spread and the confidence make it", () => {
    const of = (n: number, value: number, confidence: number) =>
      notBooked({ ...shared, confidence }, page(50, 70), {
        ...{ facts: [{ ...within, value }], sizeOf: () => n, sinceOf: () => null, earlier: () => null },
      }).length;
    expect([of(16, 20, 0.95), of(64, 40, 0.95), of(4, 10, 0.95)]).toEqual([0, 0, 0]);
    expect([of(16, 20, 0.9), of(64, 20, 0.95), of(16, 40, 0.95)]).toEqual([1, 1, 1]);
    // 1.650 · 24 / 4 is 9.9.
    expect(of(16, 24, 0.9)).toBe(0);
  });

  it("has the benchmark of the release that the page of the last wave is of", () => {
    const middle = { low: 40, high: 60 };
    const of = (since: string, wave: string, then: unknown, scales: unknown = shared.scales) =>
      notBooked(shared, page(50, 70, middle), {
        ...{ facts: [within, number("benchmark")] as readonly Fact[], sizeOf: () => 16 },
        sinceOf: (_, each) => (each === wave ? since : null),
        earlier: (release) => (release === "r1" ? { shared: { ...shared, scales }, report: then } : null),
      });
    const other = page(50, 70, { low: 40, high: 61 });
    expect(of("r1", "w", page(1, 2, middle))).toEqual([]);
    expect(of("r1", "w", other)).toEqual(name("benchmark"));
    expect(of("r0", "w", page(1, 2, middle))).toEqual(name("benchmark"));
    expect(of("r1", "v", other)).toEqual([]);
    expect(of("r1", "w", page(1, 2))).toEqual(name("benchmark"));
    expect(of("r1", "w", page(1, 2, middle), [{ id: "t" }])).toEqual(name("benchmark"));
    const second = { leader: "L", scales: [other.scales[0], page(1, 2, middle).scales[0]] };
    expect(of("r1", "w", second, [{ id: "t" }, { id: "s" }])).toEqual([]);
  });
});
