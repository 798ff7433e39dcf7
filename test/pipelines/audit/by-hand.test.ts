import { describe, expect, it } from "vitest";
import { deciding, decidingBy, ordinaryRules } from "../../../pipelines/audit/decided.ts";
import {
  cellsOf,
  type Leader,
  meanFact,
  type Organisation,
  type Publish,
  publicationOf,
  type Respondent,
  releaseOf,
  respondentsIn,
} from "../../../pipelines/audit/organisation.ts";
import { chanceOf } from "../../../pipelines/fuzz/chance.ts";
import { audit, ordinaryEffort } from "../../../src/audit/audit.ts";
import { lowestLimits, type Release } from "../../../src/audit/publication.ts";

interface Team {
  readonly leader: string;
  readonly employees: number;
  readonly groups: Readonly<Record<string, string>>;
}

const teams = (count: number, employees: number, groups: Readonly<Record<string, string>>): readonly Team[] =>
  Array.from({ length: count }, (_, k) => ({
    leader: `${Object.values(groups).join(" ")} ${k + 1}`,
    employees,
    groups,
  }));

/** Teams whose employees answer one scale in each wave, somewhere between 30 and 70. */
const organisationOf = (made: readonly Team[], waves: readonly string[] = ["w1"]): Organisation => {
  const chance = chanceOf(5, 0);
  const leaders: readonly Leader[] = made.map(({ leader, groups }) => ({
    id: leader,
    groups: Object.fromEntries(waves.map((wave) => [wave, groups])),
  }));
  const respondents: readonly Respondent[] = waves.flatMap((wave) =>
    made.flatMap(({ leader, employees }) =>
      Array.from({ length: employees }, (_, k) => ({
        ...{ token: `${leader} ${k + 1} ${wave}`, leader, wave, paired: null },
        scores: { support: 30 + 10 * chance.below(5) },
      })),
    ),
  );
  return { leaders, respondents, waves, scales: ["support"], composites: {} };
};

/** Every cell with at least five respondents and three leaders is shown, whatever stands beside it. */
const plainRules =
  (groupings: readonly string[]): Publish =>
  (organisation) =>
    organisation.waves.flatMap((wave) =>
      groupings.flatMap((grouping) =>
        (grouping === "paired" ? ["both"] : cellsOf(organisation, grouping, wave)).flatMap((cell) => {
          const asked = { audience: "management", scale: "support", grouping, cell, wave };
          const support = respondentsIn(organisation, "support", asked);
          const isEnough = support.length >= 5 && new Set(support.map(({ leader }) => leader)).size >= 3;
          return isEnough ? meanFact(organisation, asked) : [];
        }),
      ),
    );

/** Publishes an organisation as it is time after time, and gives what an attacker with all releases can work out. */
const attacked = (publish: Publish, ...states: readonly Organisation[]) => {
  const releases: Release[] = [];
  for (const [k, state] of states.entries())
    releases.push(releaseOf(state, `r${k + 1}`, publish(state, `r${k + 1}`, releases)));
  const { findings } = audit(publicationOf(states.at(-1)!, releases), lowestLimits, ordinaryEffort);
  return {
    shown: releases.map(({ facts }) => facts.map(({ grouping, cell }) => `${grouping} ${cell}`.trim())),
    found: findings.map(({ kind, leaders, respondents }) => ({ kind, leaders, respondents })),
  };
};

const departments = (...sizes: readonly number[]): readonly Team[] =>
  sizes.flatMap((leaders, k) => teams(leaders, 8, { department: "ABC"[k]! }));
const byDepartment = plainRules(["organisation", "department"]);
const byArm = plainRules(["organisation", "arm"]);

describe("what the plain rules of least respondents and leaders let through, and the suppressor does not", () => {
  it("a department of two leaders, hidden, is what is left of the whole without the other departments", () => {
    const organisation = organisationOf(departments(4, 4, 2));
    const plain = attacked(byDepartment, organisation);
    expect(plain.shown).toEqual([["organisation", "department A", "department B"]]);
    expect(plain.found).toEqual([{ kind: "leader", leaders: ["C 1", "C 2"], respondents: 16 }]);
    expect(attacked(deciding(), organisation)).toEqual({ shown: [["organisation", "department A"]], found: [] });
  });

  it("a unit of one leader, hidden, is what is left of its department without its other units", () => {
    const unit = (leaders: number, name: string) => teams(leaders, 8, { department: "A", unit: name });
    const organisation = organisationOf([
      ...[...unit(3, "A1"), ...unit(3, "A2"), ...unit(1, "A3")],
      ...teams(4, 8, { department: "B", unit: "B1" }),
    ]);
    const levels = ["organisation", "department", "unit"];
    const plain = attacked(plainRules(levels), organisation);
    expect(plain.shown[0]).toEqual(expect.arrayContaining(["department A", "unit A1", "unit A2"]));
    expect(plain.found).toContainEqual({ kind: "leader", leaders: ["A A3 1"], respondents: 8 });
    const held = attacked(decidingBy(ordinaryRules, levels), organisation);
    expect(held.shown[0]).toEqual(expect.arrayContaining(["department A", "department B"]));
    expect(held.shown[0]!.filter((group) => group.startsWith("unit A"))).toHaveLength(1);
    expect(held.found).toEqual([]);
  });

  it("two waves with one leaver: the mean of those who answered twice, beside that of all, gives the leaver's answer", () => {
    const all = organisationOf(departments(6), ["w1", "w2"]);
    const stayed = all.respondents.filter(({ token }) => token !== "A 1 1 w2");
    const organisation = {
      ...all,
      respondents: stayed.map((each) => (each.token.startsWith("A 1 1 ") ? each : { ...each, paired: "both" })),
    };
    const plain = attacked(plainRules(["organisation", "paired"]), organisation);
    expect(plain.found).toContainEqual({ kind: "respondents", leaders: ["A 1"], respondents: 1 });
    expect(attacked(deciding(), organisation).found).toEqual([]);
  });

  it("a release after an erasure: the difference to the one before is the erased answer, so the old numbers stay", () => {
    const before = organisationOf(departments(4, 4));
    const after = { ...before, respondents: before.respondents.filter(({ token }) => token !== "A 1 1 w1") };
    const plain = attacked(byDepartment, before, after);
    expect(plain.found).toContainEqual({ kind: "respondents", leaders: ["A 1"], respondents: 1 });
    expect(attacked(deciding(), before, after)).toEqual({
      shown: [["organisation", "department A", "department B"], ["department B"]],
      found: [],
    });
  });

  it("an arm of three leaders of whom one has nearly all answers: that leader takes the own team away", () => {
    const big = { leader: "big", employees: 40, groups: { arm: "training" } };
    const organisation = organisationOf([...teams(8, 7, { arm: "control" }), ...teams(2, 2, { arm: "training" }), big]);
    const plain = attacked(byArm, organisation);
    expect(plain.shown).toEqual([["organisation", "arm control", "arm training"]]);
    expect(plain.found).toContainEqual({ kind: "respondents", leaders: ["training 1", "training 2"], respondents: 4 });
    expect(plain.found).toContainEqual({ kind: "interval", leaders: ["big"], respondents: 40 });
    expect(attacked(deciding(), organisation)).toEqual({ shown: [["organisation"]], found: [] });
  });
});

it("an arm of three leaders with teams alike is shown: each of them learns the mean of the two others together, no more", () => {
  const organisation = organisationOf([...teams(8, 7, { arm: "control" }), ...teams(3, 7, { arm: "training" })]);
  expect(attacked(deciding(), organisation)).toEqual({
    shown: [["organisation", "arm control", "arm training"]],
    found: [],
  });
});
