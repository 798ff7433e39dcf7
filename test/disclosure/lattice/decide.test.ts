import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnTeams, scalesOf } from "../../../pipelines/bench/drawn-teams.ts";
import type { Atom } from "../../../src/disclosure/lattice/atoms.ts";
import { decide } from "../../../src/disclosure/lattice/decide.ts";
import { suppressedIn } from "../../../src/disclosure/lattice/decided.ts";
import { rulesOf } from "../../../src/disclosure/rules.ts";
import {
  carries,
  leaksOf,
  organisation,
  requestOf,
  rules,
  shownGroups,
  shownIn,
  shownOf,
  team,
  teams,
} from "./organisation.ts";

describe("what a release shows of all groups together", () => {
  it("gives nobody away, as every way of combining it has it", () => {
    fc.assert(
      fc.property(organisation, (atoms) => {
        expect(leaksOf(atoms, shownGroups(decide(requestOf(atoms))))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
  it("gives a leader who knows the own team no two colleagues away, as three leaders are behind every combination", () => {
    fc.assert(
      fc.property(organisation, fc.nat(8), fc.nat(8), (atoms, viewer, other) => {
        const rows = shownGroups(decide(requestOf(atoms))).map(({ grouping, cell }) =>
          atoms.map(({ groups }) => Number(groups[grouping] === cell)),
        );
        if (rows.length > 0) expect(carries(rows, new Set([viewer, other]))).toBe(false);
      }),
    );
  });
  it("is the same pattern for the same request, in whatever order the teams come", () => {
    fc.assert(
      fc.property(organisation, (atoms) => {
        const outcomes = (all: readonly Atom[]) => shownIn(decide(requestOf(all))).toSorted();
        expect(outcomes(atoms.toReversed())).toEqual(outcomes(atoms));
      }),
      { numRuns: 50 },
    );
  });
});

describe("an order of groupings", () => {
  const placed = fc.array(fc.tuple(organisation, fc.constantFrom("u", "v", "w")), { minLength: 1, maxLength: 3 });
  /** Several organisations as units of one, so that there are enough leaders for cells of few. */
  const withUnits = placed.map((all) =>
    all.flatMap(([atoms, unit], k) =>
      atoms.map((atom) => ({
        ...atom,
        leader: `${k}${atom.leader}`,
        groups: { ...atom.groups, unit: atom.groups["department"] ? `${atom.groups["department"]} ${unit}` : null },
      })),
    ),
  );
  it("never lets a lower one cost a higher one its place", () => {
    fc.assert(
      fc.property(withUnits, (atoms) => {
        const above = shownOf(atoms);
        const all = shownOf(atoms, { groupings: ["organisation", "arm", "department", "unit"] });
        expect(all.filter((group) => !group.startsWith("unit"))).toEqual(above);
      }),
      { numRuns: 100 },
    );
  });
  it("shows an organisation of very uneven units, where a leader here and there would be pinned by one", () => {
    const size = { leaders: 400, departments: 5, units: 40, waves: 1, scales: 2 };
    const groupings = ["organisation", "arm", "department", "unit"];
    const request = { atoms: drawnTeams(size, "uneven", 1), scales: scalesOf(size), groupings, rules, past: [] };
    const [whole, arms, departments, units] = suppressedIn(decide(request), groupings);
    expect([whole, arms, departments].map((each) => each!.suppressed)).toEqual([0, 0, 0]);
    expect(units!.suppressed).toBeLessThan(units!.large / 3);
  });
});

describe("groups that would give each other away", () => {
  it("are all shown where what is left of each whole is large", () => {
    const atoms = [...teams(5, 8, "A", { department: "a" }), ...teams(5, 8, "B", { department: "b" })];
    expect(shownOf(atoms)).toEqual(["organisation", "department a", "department b"]);
  });
  it("a department of one leader takes the smallest other with it", () => {
    const atoms = [
      ...teams(6, 8, "A", { department: "a" }),
      ...teams(4, 8, "B", { department: "b" }),
      ...teams(1, 8, "C", { department: "c" }),
    ];
    expect(shownOf(atoms)).toEqual(["organisation", "department a"]);
    const pattern = decide(requestOf(atoms));
    expect(suppressedIn(pattern, ["department"])).toEqual([{ grouping: "department", large: 2, suppressed: 1 }]);
  });
  it("an arm and a department that leave two leaders between them are not both shown, though each alone may be", () => {
    const arms = (leader: number) => ({ arm: leader < 8 ? "a" : "b", department: leader < 10 ? "x" : "y" });
    const atoms = Array.from({ length: 16 }, (_, k) => team(`L${k}`, 8, arms(k)));
    expect(shownOf(atoms, { groupings: ["organisation", "arm"] })).toContain("arm a");
    expect(shownOf(atoms, { groupings: ["organisation", "department"] })).toContain("department x");
    expect(shownOf(atoms)).toEqual(["organisation", "arm a", "arm b"]);
  });
  it("a leader in no department counts as a hidden one", () => {
    const atoms = [...teams(6, 8, "A", { department: "a" }), ...teams(6, 8, "B", { department: "b" }), team("C", 8)];
    expect(shownOf(atoms)).toEqual(["organisation", "department a"]);
  });
  it("a wave in which one leader left hides what the difference of two groupings would give away", () => {
    const stay = (wave: string) => [
      ...teams(5, 8, "A", { department: "a" }, { wave }),
      ...teams(5, 8, "B", { department: "b" }, { wave }),
    ];
    const pattern = decide(requestOf([...stay("w1"), team("C", 8, { department: "c" }), ...stay("w2")]));
    expect(shownIn(pattern, "w1")).toEqual(["organisation", "department a"]);
    expect(shownIn(pattern, "w2")).toEqual(["organisation", "department a", "department b"]);
  });
});

describe("primary rules", () => {
  it("ask for three leaders, five respondents, none with most of them, and five beside the largest team", () => {
    expect(shownOf(teams(3, 8, "A"))).toEqual(["organisation"]);
    expect(shownOf(teams(2, 8, "A"))).toEqual([]);
    expect(shownOf(teams(1, 40, "A"))).toEqual([]);
    expect(shownOf([...teams(2, 2, "A"), team("B", 30)])).toEqual([]);
    expect(shownOf([...teams(2, 2, "A"), team("B", 9)])).toEqual([]);
    expect(shownOf([])).toEqual([]);
  });
  it("are computed from the teams that answered a scale, and one pattern holds for all scales", () => {
    const scales = ["s", "t"].map((scale) => ({ scale, low: 0, high: 100 }));
    const both = (atoms: readonly Atom[], t: (leader: number) => number) =>
      atoms.map((atom, k) => ({ ...atom, n: { ...atom.n, t: t(k) }, sums: { ...atom.sums, t: 50 * t(k) } }));
    expect(
      shownOf(
        both(teams(4, 8, "A"), () => 8),
        { scales },
      ),
    ).toEqual(["organisation"]);
    expect(
      shownOf(
        both(teams(4, 8, "A"), (k) => (k < 2 ? 8 : 0)),
        { scales },
      ),
    ).toEqual([]);
    const uneven = both([...teams(4, 8, "A", { department: "a" }), ...teams(4, 8, "B", { department: "b" })], (k) =>
      k === 4 || k === 5 || k === 6 ? 0 : 8,
    );
    expect(shownOf(uneven, { scales })).toEqual(["organisation"]);
  });
  it("count those who did not answer all of a scale of scales that is shown beside all its parts", () => {
    const range = { low: 0, high: 100 };
    const parts = [
      { scale: "s", ...range },
      { scale: "t", ...range },
    ];
    const whole = { scale: "all", ...range, of: ["s", "t"] };
    const all = (complete: number) =>
      teams(4, 8, "A").map((atom, k) => {
        const n = { s: 8, t: 8, all: k < 3 ? complete : 8 };
        return { ...atom, n, sums: { s: 400, t: 400, all: 50 * n.all } };
      });
    const shown = (complete: number, scales: readonly (typeof whole | (typeof parts)[number])[]) =>
      shownOf(all(complete), { scales });
    expect(shown(8, [...parts, whole])).toEqual(["organisation"]);
    expect(shown(7, [...parts, whole])).toEqual([]);
    expect(shown(4, [...parts, whole])).toEqual(["organisation"]);
    expect(shown(7, [parts[0]!, whole])).toEqual(["organisation"]);
    expect(shown(7, parts)).toEqual(["organisation"]);
  });
  it("are stricter where the study says so", () => {
    const strict = rulesOf({ respondents: 5, leaders: 3, strict: true });
    expect(shownOf(teams(3, 8, "A"), { rules: strict })).toEqual([]);
    expect(shownOf(teams(4, 8, "A"), { rules: strict })).toEqual(["organisation"]);
  });
});

describe("what can be worked out from the ends of a scale", () => {
  const mean = (value: number) => teams(4, 8, "A", {}, { mean: value });
  it("hides a mean at an end, where all answered alike, and shows the same in the middle", () => {
    expect(shownOf(mean(100))).toEqual([]);
    expect(shownOf(mean(0))).toEqual([]);
    expect(shownOf(mean(50))).toEqual(["organisation"]);
  });
  it("hides a mean so near an end that no team's can lie a quarter of the scale apart", () => {
    expect(shownOf(mean(97))).toEqual([]);
    expect(shownOf(mean(80))).toEqual(["organisation"]);
  });
  it("asks for it also where another leader knows the own team", () => {
    const near = [team("A", 8, {}, { mean: 99 }), team("B", 8, {}, { mean: 99 }), team("C", 8, {}, { mean: 40 })];
    expect(shownOf(near)).toEqual([]);
  });
  it("asks for it of every mean, also of one that comes after others were refused", () => {
    const atoms = [
      team("A", 7, { arm: "trained", department: "first" }),
      team("B", 3, { arm: "control", department: "first" }),
      team("C", 10, { arm: "trained", department: "first" }),
      // Whoever leads D knows the sum of the two others, of whom one has a single respondent to make up for six.
      team("D", 12, { department: "small" }),
      team("E", 6, { arm: "trained", department: "small" }),
      team("F", 1, { arm: "trained", department: "small" }),
      team("G", 7, { arm: "trained", department: "last" }),
      team("H", 6, { arm: "trained", department: "last" }),
      team("I", 3, { arm: "control", department: "last" }),
    ];
    expect(shownOf(atoms)).not.toContain("department small");
  });
  it("hides the lower grouping first, and nothing of a wave whose answers are open", () => {
    const atoms = [
      ...teams(5, 8, "A", { department: "a" }, { mean: 99 }),
      ...teams(5, 8, "B", { department: "b" }, { mean: 50 }),
      ...teams(5, 8, "A", { department: "a" }, { mean: 50, wave: "w2" }),
      ...teams(5, 8, "B", { department: "b" }, { mean: 50, wave: "w2" }),
    ];
    const pattern = decide(requestOf(atoms));
    expect(shownIn(pattern, "w1")).toEqual(["organisation"]);
    expect(shownIn(pattern, "w2")).toEqual(["organisation", "department a", "department b"]);
  });
});
