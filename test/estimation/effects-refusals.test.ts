import { describe, expect, test } from "vitest";
import { drawHere } from "../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../src/estimation/estimate-effects.ts";
import type { Estimate } from "../../src/estimation/inference/estimate.ts";
import { estimatorEntries, modelOf } from "../../src/estimation/inference/estimators.ts";
import type { Estimator, Plan } from "../../src/study/study.ts";
import { type Answer, type Assigned, cellsOfAnswers, madeDesign, madeStudy, type StudyParts } from "./made-study.ts";

const parts: StudyParts = { arms: ["control", "a"], waves: ["before", "after", "later"], baseline: "before" };
const eight: readonly Assigned[] = Array.from({ length: 8 }, (_, g) => ({
  leader: `l${g}`,
  arm: parts.arms[g % 2]!,
  block: "",
  ...(g % 2 === 1 && { class: `c${g % 4}` }),
  attended: g % 2 === 1 ? g : 0,
}));
/** Two answers per leader and wave; one covariate never varies. */
const ordinary: readonly Answer[] = eight.flatMap(({ leader }, g) =>
  parts.waves.flatMap((wave, w) =>
    [0, 1].map((k) => ({
      leader,
      wave,
      respondent: `${leader}-${k}`,
      y: (37 * (g * 6 + w * 2 + k + 1) ** 2) % 101,
      covariates: { x: (11 * (g * 6 + w * 2 + k + 3) ** 2) % 47, constant: 5, never: null },
    })),
  ),
);

const built = Object.keys(estimatorEntries) as Estimator[];
const changes = built.filter((one) => modelOf(madeStudy(parts).plan, estimatorEntries[one])?.comparesChange);

async function analyse(
  estimator: Estimator,
  of: StudyParts,
  assigned: readonly Assigned[],
  answers: readonly Answer[],
  plan: Partial<Plan> = {},
) {
  const study = madeStudy({ ...of, plan: { robustness: [estimator], smallestEffectOfInterest: 2, ...plan } });
  const design = madeDesign(study, assigned);
  const effects = await estimateEffects(study, design, cellsOfAnswers(study, design, answers), drawHere);
  const text = JSON.stringify(effects);
  expect(text).not.toContain("NaN");
  for (const row of [...effects.estimates, ...effects.contrasts]) expectWhole(row);
  for (const row of [...effects.jointTests, ...effects.fadeOut]) {
    expect(row.p === null).toBe(row.status !== "estimated");
  }
  return { ...effects, rows: effects.estimates.filter((row) => row.estimator === estimator) };
}

/** Numbers where there is an estimate, and nothing but a reason where there is none. */
function expectWhole(row: Estimate): void {
  const byDraws = ["wild-bootstrap", "randomisation"].includes(row.estimator);
  const precise = byDraws ? [] : [row.minimumDetectable, row.equivalence?.p ?? null];
  const numbers = [row.estimate, row.se, row.statistic, row.p, ...precise];
  const whole = row.status === "estimated" ? Number.isFinite : (value: number | null) => value === null;
  expect(numbers.every((value) => whole(value as never))).toBe(true);
  expect(row.status === "estimated" || row.note !== "").toBe(true);
}

const statusesOf = (rows: readonly Estimate[]) => rows.map((row) => row.status);
const within = (leaders: readonly string[]) => (one: { readonly leader: string }) => leaders.includes(one.leader);

describe.each(built)("%s", (estimator) => {
  test("says that there is no wave after the baseline", async () => {
    for (const of of [
      { ...parts, waves: ["before"] },
      { ...parts, baseline: "later" },
    ]) {
      const { rows, fadeOut, jointTests } = await analyse(estimator, of, eight, ordinary);
      expect(statusesOf(rows)).toEqual(["no-follow-up-wave"]);
      expect(rows[0]?.note).toBe("There is no wave after the baseline.");
      expect(new Set(jointTests.map((row) => row.status))).toEqual(new Set(["no-follow-up-wave"]));
      expect(fadeOut).toEqual([]);
    }
  });

  test("refuses an arm of one leader, and of none", async () => {
    const few = eight.filter(within(["l0", "l1", "l2", "l4"]));
    const { rows } = await analyse(estimator, parts, few, ordinary.filter(within(few.map((one) => one.leader))));
    expect(statusesOf(rows)).toEqual(["too-few-leaders", "too-few-leaders"]);
    const none = await analyse(estimator, { ...parts, arms: ["control", "a", "b"] }, eight, ordinary);
    expect(statusesOf(none.rows.filter((row) => row.arm === "b"))).toEqual(["arm-empty", "arm-empty"]);
    expect(statusesOf(none.contrasts)).toEqual(["arm-empty", "arm-empty"]);
  });

  test("refuses a wave at which nobody of the arm answered, and keeps the other", async () => {
    const gone = ordinary.filter((row) => row.wave !== "later" || Number(row.leader.slice(1)) % 2 === 0);
    const { rows, fadeOut } = await analyse(estimator, parts, eight, gone);
    expect(statusesOf(rows)).toEqual(["estimated", "arm-empty"]);
    expect(fadeOut.map((row) => row.status)).toEqual(["arm-empty"]);
  });

  test("needs a baseline wave where it compares changes, and only there", async () => {
    const { rows } = await analyse(estimator, { ...parts, waves: ["after", "later"], baseline: null }, eight, ordinary);
    const expected = changes.includes(estimator) || estimator === "panel" ? "no-baseline-wave" : "estimated";
    expect(statusesOf(rows)).toEqual([expected, expected]);
  });

  test("refuses answers that are all alike", async () => {
    const alike = ordinary.map((row) => ({ ...row, y: 40 }));
    expect(statusesOf((await analyse(estimator, parts, eight, alike)).rows)).toEqual(["no-variation", "no-variation"]);
  });

  test("does not take the rounding of nothing for a standard error", async () => {
    const before = ordinary.filter((row) => row.wave === "before");
    const repeated = before.flatMap((row) => parts.waves.map((wave) => ({ ...row, y: row.y / 3, wave })));
    for (const row of (await analyse(estimator, parts, eight, repeated)).rows) {
      expect(row.se === null || row.se > 1e-6).toBe(true);
      // Without a change in any leader there is nothing between leaders to judge a change by.
      const robust = estimatorEntries[estimator].standardErrors === "plan";
      if (robust && changes.includes(estimator)) expect(row.status).toBe("no-variation");
    }
  });

  test("names a covariate that does not vary, or that nobody has", async () => {
    const plan = { differenceInDifferences: { blocks: false, covariates: true } };
    const named = ["constant", "never"] as const;
    for (const name of named) {
      const covariates = name === "constant" ? ["x", name] : [name];
      const { rows } = await analyse(estimator, parts, eight, ordinary, { ...plan, covariates });
      for (const row of rows) {
        expect(row.warnings).toContainEqual({ code: "column-dropped", names: [name], count: 1 });
      }
    }
  });

  test("warns of small arms, and of few degrees of freedom where it has them", async () => {
    const { rows } = await analyse(
      estimator,
      parts,
      eight.slice(0, 5),
      ordinary.filter(within(["l0", "l1", "l2", "l3", "l4"])),
    );
    for (const row of rows) {
      const codes = row.warnings.map((warning) => warning.code);
      expect(codes.filter((code) => code === "arm-below-12-leaders")).toHaveLength(2);
      expect(codes.includes("df-below-4")).toBe(row.df !== null && row.df < 4 - 1e-6);
    }
  });
});

describe.each(["CR2", "CR3"] as const)("with %s", (standardErrors) => {
  test("a leader who alone determines a coefficient is flagged, and the standard error stands", async () => {
    const late = ordinary.filter((row) => row.leader !== "l2" || row.wave !== "before");
    const { estimates } = await analyse("cluster-means", parts, eight, late, { standardErrors });
    for (const row of estimates) {
      expect([row.status, row.seType]).toEqual(["estimated", standardErrors]);
      expect(row.warnings).toContainEqual({ code: "leverage-one", names: [], count: 1 });
    }
  });
});
