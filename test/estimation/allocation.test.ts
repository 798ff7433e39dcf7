import { describe, expect, test } from "vitest";
import { designFor, joined, numbered } from "../../src/estimation/design/clusters.ts";
import type { Design } from "../../src/estimation/design/design.ts";
import { drawHere } from "../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../src/estimation/estimate-effects.ts";
import { attritionBounds } from "../../src/estimation/trial/attrition-bounds.ts";
import { shareFit, shareTest } from "../../src/estimation/trial/share-test.ts";
import type { Plan, Study } from "../../src/study/study.ts";
import { madeDelivery } from "../made-delivery.ts";
import { expectClose, expected, input } from "../oracle/read.ts";
import { type Answer, type Assigned, cellsOfAnswers, madeDesign, madeStudy } from "./made-study.ts";

interface RRobust {
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly f: number;
  readonly df2: number;
  readonly p: number;
}
interface RAnswers {
  readonly ancova: { readonly CR2: RRobust; readonly CR1: RRobust };
  readonly within: { readonly CR2: RRobust };
  readonly mixed: { readonly [K in "estimate" | "se" | "df"]: readonly number[] } & {
    readonly [K in "unit" | "leader" | "residual"]: number;
  };
  readonly attrition: { readonly f: number; readonly df2: number; readonly p: number };
}
const r = expected("units") as RAnswers;

/** Effects, errors and degrees of freedom agree with clubSandwich to here. */
const tolerance = 1e-10;
/** The mixed model at lme4's stopping point, whose derivatives are numerical. */
const stoppingPoint = 1e-5;

const rows = input("units");
const assigned = [
  ...new Map(
    rows.map((row): [string, Assigned] => [
      row.leader!,
      { leader: row.leader!, arm: row.arm!, block: row.block!, unit: row.unit! },
    ]),
  ).values(),
];
const answers = rows.map(
  (row): Answer => ({ leader: row.leader!, wave: row.wave!, y: Number(row.y), covariates: { x1: Number(row.x1) } }),
);

function setUp(plan: Partial<Plan>, leaders: readonly Assigned[] = assigned): { study: Study; design: Design } {
  const study = madeStudy({ arms: ["control", "a", "b"], waves: ["before", "after"], baseline: "before", plan });
  return { study, design: madeDesign(study, leaders) };
}

async function run(plan: Partial<Plan>, leaders: readonly Assigned[] = assigned) {
  const { study, design } = setUp(plan, leaders);
  return estimateEffects(study, design, cellsOfAnswers(study, design, answers), drawHere);
}

const covariates = ["x1"];

describe("arms given to whole units", () => {
  test("ANCOVA and its joint test are clubSandwich's with clusters of units", async () => {
    const { estimates, jointTests } = await run({ covariates });
    const { CR2 } = r.ancova;
    estimates.forEach((row, k) => {
      expectClose(row.estimate, CR2.estimate[k]!, tolerance, "estimate");
      expectClose(row.se, CR2.se[k]!, tolerance, "se");
      expectClose(row.df, CR2.df[k]!, tolerance, "df");
      expect(row.warnings.map(({ code }) => code)).toContain("arm-below-12-units");
    });
    expect(estimates).toHaveLength(2);
    expectClose(jointTests[0]!.f, CR2.f, tolerance, "F");
    expectClose(jointTests[0]!.df2, CR2.df2, tolerance, "df of F");
  });

  test("CR1 counts units, and has their degrees of freedom less one", async () => {
    const { estimates } = await run({ covariates, standardErrors: "CR1" });
    estimates.forEach((row, k) => {
      expectClose(row.se, r.ancova.CR1.se[k]!, tolerance, "se");
      expect(row.df).toBe(17);
    });
  });

  test("leaders' effects are absorbed by leader, errors clustered by unit", async () => {
    const { estimates } = await run({ estimator: "leader-fixed-effects" });
    const { CR2 } = r.within;
    estimates.forEach((row, k) => {
      expectClose(row.estimate, CR2.estimate[k]!, tolerance, "estimate");
      expectClose(row.se, CR2.se[k]!, tolerance, "se");
      expectClose(row.df, CR2.df[k]!, 1e-9, "df");
    });
  });

  test("the mixed model has leaders within units", async () => {
    const { estimates } = await run({ covariates, robustness: ["mixed"] });
    const mixed = estimates.filter(({ estimator }) => estimator === "mixed");
    mixed.forEach((row, k) => {
      expectClose(row.estimate, r.mixed.estimate[k]!, stoppingPoint, "estimate");
      expectClose(row.se, r.mixed.se[k]!, stoppingPoint, "se");
      expectClose(row.df, r.mixed.df[k]!, 1e-3, "df");
      for (const { of, variance } of row.randomPart!.components)
        expectClose(variance, r.mixed[of as "unit" | "leader" | "residual"], 1e-4, of);
    });
    expect(mixed).toHaveLength(2);
  });

  test("signs and arms are drawn for units", async () => {
    const two = assigned.filter(({ arm }) => arm !== "b").map((one) => ({ ...one, block: "" }));
    const { estimates } = await run({ robustness: ["wild-bootstrap", "randomisation"] }, two);
    const [, wild] = estimates.filter(({ arm }) => arm === "a");
    // 2^12 sign vectors of twelve units are fewer than 9,999 draws: all are gone through.
    expect(wild!.warnings).toContainEqual({ code: "p-from-draws", names: ["every"], count: 4096 });
    const randomised = estimates.find(({ estimator, arm }) => estimator === "randomisation" && arm === "a")!;
    expect(randomised.status).toBe("estimated");
    // Of the 924 ways to give the arm to six of twelve units none can be rarer than this.
    expect(randomised.p! * 924).toBeGreaterThan(0.5);
  });

  test("what needs a component of units says that it has none", async () => {
    const { estimates } = await run({ robustness: ["mixed-leader-wave", "partially-nested"] });
    const others = estimates.filter(({ estimator }) => estimator !== "ancova");
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(["not-by-unit"]));
  });

  test("an arm of one unit is too few, however many leaders it has", async () => {
    const few = assigned.filter(({ arm, unit }) => arm !== "a" || unit === "u2");
    const { estimates } = await run({}, few);
    expect(estimates.map(({ arm, status }) => [arm, status])).toEqual([
      ["a", "too-few-units"],
      ["b", "estimated"],
    ]);
  });
});

test("the share of an event is compared over units as clubSandwich's HTZ has it", () => {
  const { design } = setUp({});
  const after = new Set(answers.filter(({ wave }) => wave === "after").map(({ leader }) => leader));
  const shares = design.leaders.map((id, leader) => ({ leader, rows: 1, events: Number(!after.has(id)) }));
  const found = shareTest(shareFit(design, shares)!)!;
  expectClose(found.f, r.attrition.f, tolerance, "F");
  expectClose(found.df2, r.attrition.df2, tolerance, "df");
  expectClose(found.p, r.attrition.p, tolerance, "p");
});

describe("an indicator that is delivered once for a unit", () => {
  const indicator = { scale: "outcome", rater: "indicator" } as const;
  const ofUnit = madeDelivery({ file: "i.csv", wave: "after", rater: "indicator", columns: { unit: "u" } });

  test("is clustered by the unit, and by what holds both units and units of allocation whole", () => {
    const { study, design } = setUp({});
    const placed = { ...study, organisation: ["unit"], deliveries: [ofUnit] };
    const alone = { ...design, cluster: Int32Array.from(design.leaders, (_, g) => g), clusters: design.leaders.length };
    const levels = new Map([["unit", design.cluster]]);
    expect(designFor(placed, { ...alone, levels }, indicator).clusters).toBe(18);
    expect(designFor(placed, { ...alone, levels }, { scale: "outcome", rater: "employee" }).clusters).toBe(
      alone.clusters,
    );
    const whole = joined(Int32Array.of(0, 0, 1, 2, 3), Int32Array.of(0, 1, 1, 2, -1));
    expect(Array.from(numbered(whole).cluster)).toEqual([0, 0, 0, 1, 2]);
  });

  test("has Lee bounds whose uncertainty is that of the unit", () => {
    const { study, design } = setUp({});
    const alone = {
      ...design,
      cluster: Int32Array.from(design.leaders, (_, g) => g),
      clusters: design.leaders.length,
      levels: new Map([["unit", design.cluster]]),
    };
    const cellsOf = cellsOfAnswers(study, design, answers);
    const own = { ...study, plan: { ...study.plan, primary: [indicator] } };
    const ofLeaders = attritionBounds(own, alone, cellsOf)[0]!;
    const ofUnits = attritionBounds({ ...own, organisation: ["unit"], deliveries: [ofUnit] }, alone, cellsOf)[0]!;
    expect([ofUnits.low, ofUnits.status]).toEqual([ofLeaders.low, "estimated"]);
    expect(ofUnits.lowSe).toBeGreaterThan(1.05 * ofLeaders.lowSe!);
  });
});
