import { describe, expect, test } from "vitest";
import { drawHere } from "../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../src/estimation/estimate-effects.ts";
import { tCritical } from "../../src/stats/distribution/distributions.ts";
import { holm } from "../../src/stats/trial/multiplicity.ts";
import type { Plan } from "../../src/study/study.ts";
import { type Answer, type Assigned, cellsOfAnswers, madeDesign, madeStudy, type StudyParts } from "./made-study.ts";

const all: Partial<Plan> = { robustness: ["difference-in-differences", "leader-fixed-effects", "cluster-means"] };
const parts: StudyParts = { arms: ["control", "a"], waves: ["before", "after"], baseline: "before", plan: all };

const leader = (id: string, arm: string, block = ""): Assigned => ({ leader: id, arm, block });
const score = (id: string, wave: string, y: number, covariates: Answer["covariates"] = {}): Answer => ({
  leader: id,
  wave,
  y,
  covariates,
});

async function run(of: StudyParts, assigned: readonly Assigned[], answers: readonly Answer[]) {
  const study = madeStudy(of);
  const design = madeDesign(study, assigned);
  const { estimates: rows } = await estimateEffects(study, design, cellsOfAnswers(study, design, answers), drawHere);
  for (const row of rows) {
    const numbers = [row.estimate, row.se, row.statistic, row.p];
    expect(numbers.every((value) => (row.status === "estimated" ? Number.isFinite(value) : value === null))).toBe(true);
    expect(row.status === "estimated" || row.note !== "").toBe(true);
    expect(JSON.stringify(row)).not.toContain("NaN");
  }
  return rows;
}

const statuses = (rows: Awaited<ReturnType<typeof run>>) => rows.map((row) => row.status);

const six = ["control", "a", "control", "a", "control", "a"].map((arm, g) => leader(`l${g}`, arm));
const noise = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4];
/** Two answers per leader and wave. */
const ordinary = six.flatMap(({ leader: id }, g) =>
  ["before", "after"].flatMap((wave, w) => [0, 1].map((k) => score(id, wave, 40 + 3 * noise[g * 4 + w * 2 + k]!))),
);

describe("there is no estimate, and the reason is said, of", () => {
  test("a study without arms", async () => {
    expect(await run({ ...parts, arms: [] }, [], ordinary)).toEqual([]);
  });

  test("nothing answered", async () => {
    expect(statuses(await run(parts, six, []))).toEqual(Array(4).fill("no-data"));
  });

  test("one leader", async () => {
    const rows = await run(
      parts,
      [leader("l0", "control")],
      ordinary.filter((row) => row.leader === "l0"),
    );
    expect(statuses(rows)).toEqual(Array(4).fill("arm-empty"));
  });

  test("one respondent in each arm", async () => {
    const answers = [score("l0", "after", 10), score("l1", "after", 20)];
    const rows = await run(parts, six, answers);
    expect(statuses(rows)).toEqual(["too-few-leaders", "arm-empty", "arm-empty", "too-few-leaders"]);
    expect(rows[0]).toMatchObject({ leaders: 2, respondents: 2 });
  });

  test("an empty arm beside a full one", async () => {
    const rows = await run({ ...parts, arms: ["control", "a", "b"] }, six, ordinary);
    expect(rows.map((row) => [row.arm, row.status])).toEqual(
      Array(4)
        .fill([
          ["a", "estimated"],
          ["b", "arm-empty"],
        ])
        .flat(),
    );
  });

  test("all answers alike", async () => {
    const alike = ordinary.map((row) => ({ ...row, y: 40 }));
    expect(statuses(await run(parts, six, alike))).toEqual(Array(4).fill("no-variation"));
  });

  test("an arm that is a block", async () => {
    const confounded = six.map((one) => ({ ...one, block: one.arm }));
    expect(statuses(await run({ ...parts, plan: {} }, confounded, ordinary))).toEqual(["not-identified"]);
  });

  test("two arms that together are a block: neither can be told from the block", async () => {
    const arms = ["control", "control", "a", "a", "b", "b"];
    const assigned = arms.map((arm, g) => leader(`l${g}`, arm, arm === "control" ? "one" : "two"));
    const rows = await run({ ...parts, arms: ["control", "a", "b"], plan: {} }, assigned, ordinary);
    expect(statuses(rows)).toEqual(["not-identified", "not-identified"]);
  });

  test("a change without a baseline wave", async () => {
    const rows = await run({ ...parts, baseline: null, waves: ["after"] }, six, ordinary);
    expect(statuses(rows)).toEqual(["estimated", "no-baseline-wave", "no-baseline-wave", "estimated"]);
  });

  test("a study whose arms have no control", async () => {
    const study = madeStudy(parts);
    const design = madeDesign(study, six);
    const arms = study.arms.map((arm) => ({ ...arm, control: false }));
    const cellsOf = cellsOfAnswers(study, design, ordinary);
    const { estimates: rows } = await estimateEffects({ ...study, arms }, design, cellsOf, drawHere);
    expect(new Set(rows.map((row) => row.status))).toEqual(new Set(["no-control-arm"]));
    expect(rows).toHaveLength(8);
  });
});

describe("an estimate says what a reader must know", () => {
  const codes = (row: Awaited<ReturnType<typeof run>>[number]) => row.warnings.map((warning) => warning.code);

  test("a leader without a baseline is kept, with the mean and an indicator", async () => {
    const [row] = await run(
      parts,
      six,
      ordinary.filter((one) => one.leader !== "l2" || one.wave === "after"),
    );
    expect(row).toMatchObject({ status: "estimated", leaders: 6, respondents: 12 });
    expect(row?.warnings).toContainEqual({ code: "baseline-imputed", names: [], count: 1 });
    expect(row?.warnings).toContainEqual({ code: "leverage-one", names: [], count: 1 });
    expect(row?.note).toContain("Baseline of 1 leader set to the mean");
  });

  test("an outcome that was never asked at the baseline goes without it", async () => {
    const after = ordinary.filter((one) => one.wave === "after");
    const [row, ...others] = await run(parts, six, after);
    const [plain] = await run({ ...parts, baseline: null, waves: ["after"] }, six, after);
    expect(row?.estimate).toBeCloseTo(plain!.estimate!, 10);
    expect(row?.se).toBeCloseTo(plain!.se!, 10);
    expect(row?.sd).toBeNull();
    expect(row?.warnings).toContainEqual({ code: "column-dropped", names: ["baseline", "baseline missing"], count: 2 });
    expect(statuses(others)).toEqual(["arm-empty", "arm-empty", "estimated"]);
  });

  test("few leaders and few degrees of freedom", async () => {
    const [row] = await run(parts, six, ordinary);
    expect(codes(row!)).toEqual(["df-below-4", "arm-below-12-leaders", "arm-below-12-leaders"]);
    expect(row?.warnings[1]).toEqual({ code: "arm-below-12-leaders", names: ["a"], count: 3 });
  });

  test("covariates that are collinear, measured late, or missing", async () => {
    const answers = ordinary.map((row, k) => {
      const x = noise[(k * 5) % 24]!;
      return { ...row, covariates: { x, twice: k === 1 || k === 2 ? null : 2 * x } };
    });
    const [row] = await run({ ...parts, plan: { covariates: ["x", "twice"] } }, six, answers);
    expect(row?.warnings).toContainEqual({ code: "column-dropped", names: ["twice"], count: 1 });
    expect(row?.warnings).toContainEqual({ code: "covariate-after-training", names: ["x", "twice"], count: 2 });
    expect(row?.warnings).toContainEqual({ code: "rows-dropped", names: [], count: 1 });
  });

  test("leaders outside all arms are in no model", async () => {
    const outside = [...six, leader("guest", "elsewhere")];
    const [row] = await run(parts, outside, [...ordinary, score("guest", "after", 0), score("guest", "before", 100)]);
    expect(row).toMatchObject({ leaders: 6, respondents: 12 });
  });
});

test("Holm runs over the primary outcomes and arms of the last wave, by the primary estimator", async () => {
  const arms = ["control", "a", "b"];
  const assigned = arms.flatMap((arm) => [0, 1].map((k) => leader(`l${arms.indexOf(arm) * 2 + k}`, arm)));
  const later = ordinary.map((row) => ({ ...row, wave: row.wave === "after" ? "later" : "after", y: 100 - row.y }));
  const waves = ["before", "after", "later"];
  const rows = await run({ ...parts, arms, waves }, assigned, [...ordinary, ...later]);
  const family = rows.filter((row) => row.estimator === "ancova" && row.wave === "later");
  expect(family).toHaveLength(2);
  expect(family.map((row) => row.pAdjusted)).toEqual(holm(family.map((row) => row.p!)));
  expect(rows.filter((row) => row.pAdjusted !== null)).toHaveLength(2);
  for (const row of family) {
    expect(row.minimumDetectable).toBeCloseTo((tCritical(0.05 / 2, row.df!) + tCritical(0.4, row.df!)) * row.se!, 10);
    expect(row.adjusted!.low <= row.low! && row.adjusted!.high >= row.high!).toBe(true);
  }
  const others = rows.filter((row) => row.pAdjusted === null);
  expect(others.every((row) => row.adjusted === null)).toBe(true);
  const none = await run({ ...parts, arms, waves, plan: { multiplicity: "none" } }, assigned, [...ordinary, ...later]);
  expect(none.every((row) => row.pAdjusted === null)).toBe(true);
});

test("the mixed model has its own standard error, and none of the plan's type", async () => {
  const [robust, mixed] = await run({ ...parts, plan: { robustness: ["mixed"] } }, six, ordinary);
  expect(mixed).toMatchObject({ estimator: "mixed", status: "estimated", seType: null });
  expect(robust?.seType).toBe("CR2");
  const single = six.map(({ leader: id }, g) => score(id, "after", noise[g]!));
  expect(statuses(await run({ ...parts, plan: { robustness: ["mixed"] } }, six, single))[1]).toBe("no-replication");
});

test("the wild bootstrap keeps the estimate, and has no end where six leaders cannot reject", async () => {
  const [robust, wild] = await run(
    { ...parts, plan: { robustness: ["wild-bootstrap"], confidence: 0.99 } },
    six,
    ordinary,
  );
  expect(wild).toMatchObject({ status: "estimated", seType: "CR1", df: null, low: null, high: null });
  expect(wild?.estimate).toBeCloseTo(robust!.estimate!, 10);
});

test("the randomisation test has a p and no interval, and p is a whole number of draws", async () => {
  const [robust, drawn] = await run({ ...parts, plan: { robustness: ["randomisation"] } }, six, ordinary);
  expect(drawn).toMatchObject({ status: "estimated", seType: "CR1", df: null, low: null, high: null });
  expect(drawn?.estimate).toBeCloseTo(robust!.estimate!, 10);
  for (const p of [drawn!.p!, drawn!.pRaw!]) expect(Math.abs(p * 10_000 - Math.round(p * 10_000))).toBeLessThan(1e-8);
  expect(drawn?.note).toContain("p from 9,999 draws.");
  const confounded = six.map((one) => ({ ...one, block: one.arm }));
  const [, none] = await run({ ...parts, plan: { robustness: ["randomisation"] } }, confounded, ordinary);
  expect(none?.status).toBe("not-identified");
});

test("draws follow the primary estimator: a change has the estimate of the change", async () => {
  const robustness = ["wild-bootstrap", "randomisation"] as const;
  for (const estimator of ["difference-in-differences", "leader-fixed-effects", "cluster-means"] as const) {
    const rows = await run({ ...parts, plan: { estimator, robustness } }, six, ordinary);
    expect(rows.map(({ status }) => status)).toEqual(["estimated", "estimated", "estimated"]);
    for (const row of rows) expect(row.estimate).toBeCloseTo(rows[0]!.estimate!, 10);
    expect(rows[2]?.statistic).toBeCloseTo(rows[1]!.statistic!, 10);
  }
});

test("the sd is the control arm's among respondents at the baseline", async () => {
  const control = ordinary.filter((row) => row.wave === "before" && Number(row.leader.slice(1)) % 2 === 0);
  const mean = control.reduce((sum, row) => sum + row.y, 0) / control.length;
  const variance = control.reduce((sum, row) => sum + (row.y - mean) ** 2, 0) / (control.length - 1);
  const [row] = await run(parts, six, ordinary);
  expect(row?.sd).toBeCloseTo(Math.sqrt(variance), 10);
  expect(row?.standardised).toBeCloseTo(row!.estimate! / Math.sqrt(variance), 10);
});

test("the smallest effect of interest is in the unit of the primary outcome, and says nothing of others", async () => {
  const plan = { smallestEffectOfInterest: 2, secondary: [{ scale: "days", rater: "employee" }] } as const;
  const study = madeStudy({ ...parts, plan });
  const [points] = study.instrument.scales;
  const days = { ...points!, id: "days", index: false };
  const both = { ...study, instrument: { ...study.instrument, scales: [points!, days] } };
  const design = madeDesign(both, six);
  const { estimates } = await estimateEffects(both, design, cellsOfAnswers(both, design, ordinary), drawHere);
  expect(estimates.map((row) => [row.outcome, row.unit, row.status, row.equivalence?.margin ?? null])).toEqual([
    ["outcome", "index", "estimated", 2],
    ["days", "raw", "estimated", null],
  ]);
});
