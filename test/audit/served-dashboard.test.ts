import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { borneOut, type Candidate } from "../../src/audit/borne-out.ts";
import type { Atom, Fact } from "../../src/audit/publication.ts";
import { readDashboard } from "../../src/audit/served-dashboard.ts";
import { managementRelease } from "../../src/reporting/management/facts.ts";
import type { ManagementModel } from "../../src/reporting/management/model.ts";

import { researchModel } from "../../src/reporting/research/facts.ts";
import { facts } from "../reporting/management/fixture.ts";
import { releasedDashboard } from "../reporting/released.ts";
import { analysis, estimateRow, measurements, plan, study, versions } from "../reporting/research/fixture.ts";

/** JSON that a test may take apart. */
// biome-ignore lint/suspicious/noExplicitAny: a frozen model as anything may have changed it
type Loose = any;

const golden = (): ManagementModel => JSON.parse(readFileSync("test/golden/management-model.json", "utf8"));
const changed = (change: (model: Loose) => void): unknown => {
  const model = golden();
  change(model);
  return model;
};

const read = readDashboard(golden());
const asFact = ({ place: _, since, ...fact }: (typeof read.facts)[number]) => ({
  ...fact,
  ...(since === null ? {} : { since }),
});
/** Ten leaders in every cell of every grouping, or so it seems. */
const atoms: readonly Atom[] = golden().waves.flatMap(({ id: wave }) =>
  Array.from({ length: 40 }, (_, k) => ({
    ...{ atom: `L${k} ${wave}`, wave, leader: `L${k}`, members: [] },
    groups: { organisation: "" },
    n: { [golden().outcome!.scale!]: 8 },
  })),
);
const booked: Candidate = { release: "r2", atoms, facts: read.facts.map(asFact), pages: null };
const against = (model: unknown, candidate: Candidate = booked) => borneOut(readDashboard(model), candidate, []);

describe("the dashboard's model", () => {
  it("says a fact with every number, or one that has nothing to do with answers", () => {
    expect(read.withoutFact).toEqual([]);
    const statistics = new Set(read.facts.map(({ statistic }) => statistic));
    expect([...statistics].sort()).toEqual(["count", "difference", "mean", "rate"]);
    const { unknownFacts, differing } = against(golden());
    expect([unknownFacts, differing]).toEqual([[], []]);
  });

  it("is not borne out where a level is shown that the ledger does not have", () => {
    const hidden = { ...booked, facts: booked.facts.filter(({ grouping }) => grouping !== "arm") };
    const arms = read.facts.filter(({ grouping }) => grouping === "arm").map(({ fact }) => fact);
    expect(arms.length).toBeGreaterThan(2);
    expect(against(golden(), hidden).unknownFacts).toEqual([...new Set(arms)]);
  });

  it("is not borne out where a number is another than the ledger has", () => {
    const other = changed((model) => {
      model.whole.levels.at(-1).value.v.mean += 0.1;
    });
    const last = golden().waves.at(-1)!.id;
    expect(against(other).differing).toEqual([`mean|${golden().outcome!.scale}|${last}|organisation|`]);
  });

  it("is not borne out where it holds a number that stands nowhere else", () => {
    const extra = changed((model) => {
      model.trend.leaders = [{ id: "L7", mean: 61.2 }];
      model.departments.departments[0].median = 64;
    });
    expect(against(extra).withoutFact).toEqual(["trend/leaders/0/mean", "departments/departments/0/median"]);
  });

  it("is not borne out where a number is called that of an earlier release which had another, or none", () => {
    const since = "r1";
    const kept = changed((model) => {
      model.whole.levels[0].value.v.since = since;
      model.cube.outcomes[0].series[0].levels[0].value.v.since = since;
    });
    const id = read.facts.find(({ grouping }) => grouping === "organisation")!.fact;
    const candidate = { ...booked, facts: booked.facts.map((each) => (each.fact === id ? { ...each, since } : each)) };
    const first = { release: since, atoms, facts: booked.facts.filter(({ fact }) => fact === id), pages: null };
    expect(borneOut(readDashboard(kept), candidate, [first])).toMatchObject({ unknownFacts: [], differing: [] });
    expect(borneOut(readDashboard(kept), candidate, []).unknownFacts).toEqual([id]);
    const other = { ...first, facts: first.facts.map((each: Fact) => ({ ...each, value: each.value! + 0.1 })) };
    expect(borneOut(readDashboard(kept), candidate, [other]).differing).toEqual([id]);
  });
});

describe("a difference in what others than employees answered", () => {
  it.each([
    [{ scale: "transformational", rater: "self" }, ["self"]],
    [{ scale: "transformational", rater: "indicator" }, []],
    [{ scale: "gap", rater: null }, ["self", "employee"]],
  ] as const)("is noted down for each kind of answers that it is made of: %j", (outcome, behind) => {
    const own = { ...study, plan: { ...plan, primary: [plan.primary[0]!, outcome], secondary: [] } };
    const estimates = own.plan.primary.map((each, k) => estimateRow(each, "combined", [6 + k, 1]));
    const research = researchModel(own, { ...analysis, estimates }, measurements, versions, "2019-12-21");
    const made = managementRelease(own, facts, research);
    const model = JSON.parse(JSON.stringify(releasedDashboard(made.model)));
    const found = borneOut(readDashboard(model), { release: "r1", atoms: [], facts: made.facts, pages: null }, []);
    expect([found.unknownFacts, found.differing, found.withoutFact]).toEqual([[], [], []]);
    const differences = made.facts.filter(({ statistic }) => statistic === "difference");
    expect(differences.map(({ rater }) => rater)).toEqual(["employee", ...behind]);
    expect(new Set(differences.map(({ scale }) => scale))).toEqual(new Set(["transformational"]));
    expect(new Set(differences.map(({ fact }) => fact)).size).toBe(differences.length);
  });
});

describe("intervals round levels", () => {
  const wave = "w1";
  const team = (leader: string, department: string): Atom => ({
    ...{ atom: leader, wave, leader, members: [] },
    groups: { organisation: "", department },
    n: { s: 8 },
  });
  const teams = [
    ...Array.from({ length: 12 }, (_, k) => team(`A${k}`, "a")),
    ...Array.from({ length: 4 }, (_, k) => team(`B${k}`, "b")),
  ];
  const level = (mean: number, half: number) => ({
    state: "shown",
    value: { f: "level", v: { mean, low: mean - half, high: mean + half, since: null } },
  });
  const model = (halfOfB: number) => ({
    ...{ waves: [{ id: wave }], arms: [], outcome: { scale: "s", decimals: 1 }, rules: {}, effects: {} },
    ...{ trend: { byArm: false, series: [] }, responses: { departments: [] } },
    whole: { levels: [level(50, 2)] },
    departments: {
      departments: [
        { id: "a", levels: [level(52, 2.3)] },
        { id: "b", levels: [level(44, halfOfB)] },
      ],
    },
  });
  const uneven = (halfOfB: number) => {
    const served = readDashboard(model(halfOfB));
    return borneOut(served, { release: "r1", atoms: teams, facts: [], pages: null }, []).uneven;
  };

  it("come from one variance for the wave: as wide as the number of leaders says, and no other", () => {
    expect(uneven(4)).toEqual([]);
    expect(uneven(6)).toContain("mean|s|w1|department|b");
    expect(uneven(2)).toContain("mean|s|w1|department|b");
  });
});
