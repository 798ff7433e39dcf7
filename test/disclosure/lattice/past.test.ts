import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Atom, groupKey, isIn, meanOf } from "../../../src/disclosure/lattice/atoms.ts";
import { type Decision, decide, type Pattern } from "../../../src/disclosure/lattice/decide.ts";
import type { PastFact, PastRelease } from "../../../src/disclosure/lattice/past.ts";
import { leaksOf, requestOf, shownGroups, shownIn, team } from "./organisation.ts";

/** A team whose respondents are known by tokens. */
const of = (
  leader: string,
  members: readonly string[],
  department: string,
  more: { mean?: number; wave?: string } = {},
) => team(leader, members.length, { department }, { members: members.map((each) => `${leader} ${each}`), ...more });

const eight = ["1", "2", "3", "4", "5", "6", "7", "8"];
const department = (name: string, leaders = 4, members: readonly string[] = eight, wave = "w1") =>
  Array.from({ length: leaders }, (_, k) => of(`${name}${k}`, members, name, { wave }));

const fact = (release: string, { grouping, cell, wave }: Decision, atoms: readonly Atom[]): PastFact => ({
  ...{ fact: `${grouping} ${cell} ${wave}`, audience: "management", statistic: "mean", scale: "s", rater: "employee" },
  ...{ grouping, cell, wave, step: 0.1 },
  value: meanOf(
    atoms.filter((atom) => isIn(atom, { grouping, cell, wave })),
    "s",
  )!,
  ...(release === "" ? {} : { since: release }),
});

/** A release as the ledger has it after it was published. */
const published = (release: string, atoms: readonly Atom[], past: readonly PastRelease[]): PastRelease => ({
  release,
  atoms,
  facts: [...decide(requestOf(atoms, { past })).values()].flatMap((decision) => {
    if (decision.outcome === "suppressed") return [];
    return [fact(decision.outcome === "kept" ? (past.at(-1)?.release ?? "") : "", decision, atoms)];
  }),
});

const outcomes = (pattern: Pattern): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...pattern.values()].map(({ grouping, cell, outcome }) => [`${grouping} ${cell}`.trim(), outcome]),
  );

const again = (before: readonly Atom[], after: readonly Atom[]) =>
  outcomes(decide(requestOf(after, { past: [published("r1", before, [])] })));

const whole = [...department("a"), ...department("b")];
/** The same with persons that are named. */
const whole0 = whole.map((atom) => ({ ...atom, members: atom.members.map((token) => `${token}.0`) }));

describe("a release beside an earlier one", () => {
  it("shows again what rests on the very same answers", () => {
    expect(again(whole, whole)).toEqual({ organisation: "shown", "department a": "shown", "department b": "shown" });
  });
  it("keeps the old numbers where one answer came late, and renews those that it has no part in", () => {
    const late = whole.map((atom) => (atom.leader === "a0" ? of("a0", [...eight, "late"], "a") : atom));
    expect(again(whole, late)).toEqual({ organisation: "kept", "department a": "kept", "department b": "shown" });
  });
  it("keeps them where one was erased, and where one was corrected", () => {
    const erased = whole.map((atom) => (atom.leader === "a0" ? of("a0", eight.slice(1), "a") : atom));
    const corrected = whole.map((atom) => (atom.leader === "a0" ? of("a0", [...eight.slice(1), "other"], "a") : atom));
    for (const after of [erased, corrected])
      expect(again(whole, after)).toEqual({ organisation: "kept", "department a": "kept", "department b": "shown" });
  });
  it("keeps what was shown of a group that an erasure left too small", () => {
    const small = (members: readonly string[]) => [...department("b"), ...department("a", 3, members)];
    expect(
      again(small(eight.slice(0, 3)), [...department("b"), ...department("a", 2, eight.slice(0, 3))]),
    ).toMatchObject({
      "department a": "kept",
    });
  });
  it("renews what many new answers of several leaders lie between", () => {
    const more = whole.map((atom) =>
      atom.groups["department"] === "a" ? of(atom.leader, [...eight, "x", "y"], "a") : atom,
    );
    expect(again(whole, more)).toEqual({ organisation: "shown", "department a": "shown", "department b": "shown" });
  });
  it("does not renew for five late answers of one leader", () => {
    const late = whole.map((atom) =>
      atom.leader === "a0" ? of("a0", [...eight, "v", "w", "x", "y", "z"], "a") : atom,
    );
    expect(again(whole, late)).toMatchObject({ organisation: "kept", "department a": "kept" });
  });
  it("keeps the numbers of a department that one leader was moved out of, and of the other", () => {
    const moved = whole.map((atom) =>
      atom.leader === "a0" ? { ...atom, groups: { ...atom.groups, department: "b" } } : atom,
    );
    expect(again(whole, moved)).toEqual({ organisation: "shown", "department a": "kept", "department b": "kept" });
  });
  it("counts a respondent who was moved to another leader once: the whole is the same, and the two departments are not", () => {
    const moved = (names: readonly string[]) =>
      whole.map((atom) => {
        const own = atom.members.filter((token) => !names.includes(token));
        const members = atom.leader === "b0" ? [...own, ...names] : own;
        return team(atom.leader, members.length, { department: atom.groups["department"]! }, { members });
      });
    const kept = { "department a": "kept", "department b": "kept" };
    expect(again(whole, moved(["a0 1"]))).toEqual({ organisation: "shown", ...kept });
    // Three who moved are three, not six: too few, though of three leaders.
    expect(again(whole, moved(["a0 1", "a1 1", "a2 1"]))).toEqual({ organisation: "shown", ...kept });
    expect(again(whole, moved(["a0 1", "a1 1", "a2 1", "a3 1", "a0 2", "a1 2"]))).toMatchObject({
      organisation: "shown",
    });
  });
  it("looks at every earlier release, not only at the last", () => {
    const late = (name: string) => whole.map((atom) => (atom.leader === "a0" ? of("a0", [...eight, name], "a") : atom));
    const first = published("r1", whole, []);
    const second = published("r2", late("x"), [first]);
    const third = decide(requestOf(late("y"), { past: [first, second] }));
    expect(outcomes(third)).toMatchObject({ organisation: "kept", "department a": "kept" });
  });
  it("leaves a new wave alone", () => {
    const next = [...department("a", 4, eight, "w2"), ...department("b", 4, eight, "w2")];
    const pattern = decide(requestOf([...whole, ...next], { past: [published("r1", whole, [])] }));
    expect(shownIn(pattern, "w2")).toEqual(["organisation", "department a", "department b"]);
  });
});

describe("a person whose answers were corrected", () => {
  const named = (leader: string, versions: readonly string[], cell: string) =>
    team(leader, versions.length, { department: cell }, { members: versions.map((each) => `${leader} ${each}`) });
  /** Eight a team; of some leaders the first respondents have other answers. */
  const corrected = (version: number, byLeader: Readonly<Record<string, number>>) =>
    whole.map(({ leader, groups }) => {
      const members = eight.map((name, k) => `${name}.${k < (byLeader[leader] ?? 0) ? version : 0}`);
      return named(leader, members, groups["department"]!);
    });
  const outcomesAfter = (...releases: readonly (readonly Atom[])[]) => {
    const past: PastRelease[] = [];
    for (const [index, atoms] of releases.slice(0, -1).entries()) past.push(published(`r${index + 1}`, atoms, past));
    return outcomes(decide(requestOf(releases.at(-1)!, { past })));
  };
  const three = { a0: 1, a1: 1, a2: 1 };
  const nine = { a0: 3, a1: 3, a2: 3 };

  it("is one respondent, not the two that the old and the new answers would make", () => {
    expect(outcomesAfter(whole0, corrected(1, three))).toMatchObject({ organisation: "kept", "department a": "kept" });
    expect(outcomesAfter(whole0, corrected(1, nine))).toMatchObject({ organisation: "shown", "department a": "shown" });
  });
  it("stays one however often it is corrected", () => {
    expect(outcomesAfter(whole0, corrected(1, three), corrected(2, three))).toMatchObject({ organisation: "kept" });
    expect(outcomesAfter(whole0, corrected(1, nine), corrected(2, nine))).toMatchObject({ organisation: "shown" });
    // Two of the nine were corrected once more: that is two persons, of whom nothing new may be told.
    const again = corrected(1, nine).map((atom) =>
      atom.leader === "a0" || atom.leader === "a1"
        ? { ...atom, members: atom.members.map((token) => token.replace(" 1.1", " 1.2")) }
        : atom,
    );
    expect(outcomesAfter(whole0, corrected(1, nine), again)).toMatchObject({ organisation: "kept" });
  });
  it("stays one who was moved to another leader with it", () => {
    const moved = (count: number) =>
      whole0.map((atom) => {
        const stays = atom.members.filter((token) => !eight.slice(0, count).some((k) => token === `a0 ${k}.0`));
        const come = atom.leader === "b0" ? eight.slice(0, count).map((k) => `a0 ${k}.1`) : [];
        return team(
          atom.leader,
          stays.length + come.length,
          { department: atom.groups["department"]! },
          {
            members: [...stays, ...come],
          },
        );
      });
    expect(outcomesAfter(whole0, moved(3))).toMatchObject({ organisation: "kept" });
  });
  it("counts once also where rows have no name and one that came may be one that is gone", () => {
    const anonymous = (count: number, name: string) =>
      whole.map((atom) =>
        ["a0", "a1", "a2"].includes(atom.leader)
          ? of(atom.leader, [...eight.slice(count), ...eight.slice(0, count).map((k) => `${name}${k}`)], "a")
          : atom,
      );
    expect(outcomesAfter(whole, anonymous(1, "x"))).toMatchObject({ organisation: "kept", "department a": "kept" });
    expect(outcomesAfter(whole, anonymous(3, "x"))).toMatchObject({ organisation: "shown", "department a": "shown" });
    expect(outcomesAfter(whole, anonymous(1, "x"), anonymous(1, "y"))).toMatchObject({ organisation: "kept" });
  });
});

describe("respondents corrected on different scales", () => {
  /** Eight a team; of these leaders the first respondent has other answers on the one scale, or on the other. */
  const answered = (onS: readonly string[], onT: readonly string[]) =>
    whole0.map((atom): Atom => {
      const on = (leaders: readonly string[]) =>
        eight.map((_, k) => (k === 0 && leaders.includes(atom.leader) ? "b" : "a"));
      const members = atom.members.map((token, k) =>
        k === 0 && [...onS, ...onT].includes(atom.leader) ? token.replace(/0$/, "1") : token,
      );
      const both = { n: { s: 8, t: 8 }, sums: { s: 400, t: 400 } };
      return { ...atom, ...both, members, versions: { s: on(onS), t: on(onT) } };
    });
  const scales = ["s", "t"].map((scale) => ({ scale, low: 0, high: 100 }));
  const outcomesOn = (onS: readonly string[], onT: readonly string[]) => {
    const first = answered([], []);
    const past = [{ release: "r1", atoms: first, facts: published("r1", first, []).facts }];
    return outcomes(decide(requestOf(answered(onS, onT), { past, scales })));
  };

  it("move no scale by fewer than five of them", () => {
    const kept = { organisation: "kept", "department a": "kept", "department b": "kept" };
    expect(outcomesOn(["a0"], ["a1", "a2", "b0", "b1"])).toEqual(kept);
    expect(outcomesOn(["a0"], ["a1", "a2", "a3", "b0", "b1", "b2"])).toMatchObject({ organisation: "kept" });
  });

  it("leave the scales as they are whose answers they did not change", () => {
    expect(outcomesOn([], ["a0", "a1", "a2", "b0", "b1", "b2"])).toMatchObject({ organisation: "shown" });
    const six = ["a0", "a1", "a2", "b0", "b1", "b2"];
    expect(outcomesOn(six, ["a3", "a2", "a1", "b3", "b2", "b1"])).toMatchObject({ organisation: "shown" });
    expect(outcomesOn(six, six)).toMatchObject({ organisation: "shown" });
  });
});

describe("a variance between leaders that an earlier release let out", () => {
  const teamsAt = (cellOf: (k: number) => string | null, apart: number) =>
    Array.from({ length: 16 }, (_, k) => {
      const mean = (k < 8 ? 30 : 70) + (k % 2 ? apart : -apart);
      const members = eight.map((each) => `L${k} ${each}.0`);
      return team(`L${k}`, 8, { department: cellOf(k) }, { mean, members });
    });
  const variance: PastFact = {
    ...{ fact: "variance", audience: "management", statistic: "variance", scale: "s", rater: "employee" },
    ...{ grouping: "organisation", cell: "", wave: "w1", value: 430, step: 0 },
  };
  const later = (apart: number, more: readonly PastFact[]) => {
    const first = published(
      "r1",
      teamsAt(() => null, apart),
      [],
    );
    const past = [{ ...first, facts: [...first.facts, ...more] }];
    return outcomes(
      decide(
        requestOf(
          teamsAt((k) => (k < 8 ? "a" : "b"), apart),
          { past },
        ),
      ),
    );
  };
  const hidden = { organisation: "shown", "department a": "suppressed", "department b": "suppressed" };
  const shown = { organisation: "shown", "department a": "shown", "department b": "shown" };

  it("counts beside means that would take nearly all of it up", () => {
    expect(later(2, [])).toEqual(shown);
    expect(later(2, [variance])).toEqual(hidden);
    expect(later(12, [variance])).toEqual(shown);
  });
});

describe("what two releases show together", () => {
  const draw = fc.array(
    fc.record({
      n: fc.integer({ min: 1, max: 9 }),
      department: fc.constantFrom("a", "b"),
      late: fc.integer({ min: -2, max: 3 }),
    }),
    { minLength: 3, maxLength: 6 },
  );
  const names = (count: number) => Array.from({ length: count }, (_, k) => `${k}`);
  it("gives nobody away, as every way of combining them has it", () => {
    fc.assert(
      fc.property(draw, (drawn) => {
        const before = drawn.map(({ n, department: cell }, k) => of(`L${k}`, names(n), cell));
        const after = drawn.flatMap(({ n, department: cell, late }, k) =>
          n + late > 0 ? [of(`L${k}`, names(n + late), cell)] : [],
        );
        const first = decide(requestOf(before));
        const past = published("r1", before, []);
        const second = decide(requestOf(after, { past: [past] }));
        // Both releases as groups of the parts that they tell apart: who is in both, in the first or in the second only.
        const parts = drawn.flatMap(({ n, department: cell, late }, k) => {
          const part = (size: number, releases: readonly string[]) =>
            size > 0
              ? [
                  team(
                    `L${k}`,
                    size,
                    Object.fromEntries(
                      releases.flatMap((r) => [
                        [`${r} organisation`, ""],
                        [`${r} department`, cell],
                      ]),
                    ),
                  ),
                ]
              : [];
          return [
            ...part(Math.min(n, Math.max(0, n + late)), ["1", "2"]),
            ...part(Math.max(0, -late), ["1"]).map((atom) => ({ ...atom, n: { s: Math.min(n, -late) } })),
            ...part(Math.max(0, late), ["2"]),
          ];
        });
        const groups = [
          ...shownGroups(first).map((group) => ({ ...group, grouping: `1 ${group.grouping}` })),
          ...shownGroups(second).map((group) => ({ ...group, grouping: `2 ${group.grouping}` })),
        ];
        expect(leaksOf(parts, groups)).toEqual([]);
        expect(new Set(groups.map(groupKey)).size).toBe(groups.length);
      }),
      { numRuns: 100 },
    );
  });
});
