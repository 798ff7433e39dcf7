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
});
