import { describe, expect, test } from "vitest";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../../src/estimation/estimate-effects.ts";
import type { Estimator, Plan } from "../../../src/study/study.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { type Answer, type Assigned, cellsOfAnswers, madeDesign, madeStudy, type StudyParts } from "../made-study.ts";
import { type OracleSurvey, oracleEffects, oracleEstimates } from "../oracle-survey.ts";

interface RMixed {
  readonly n: number;
  readonly residual: number;
  readonly leader: number;
  readonly wave: number | null;
  readonly class: number | null;
  readonly deviance: number;
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly kenward_roger_se: readonly number[];
  readonly kenward_roger_df: readonly number[];
  readonly joint: { readonly f: number; readonly df1: number; readonly df2: number; readonly p: number };
}
type Answers = Readonly<Record<string, Readonly<Record<"REML" | "ML", RMixed>>>>;
const answers = expected("mixed") as Readonly<Record<string, Answers>>;

/** lme4 stops where its derivative-free search does. */
const stoppingPoint = 1e-6;
/** lmerTest differentiates the deviance numerically; pbkrtest's numbers are those at lme4's stopping point. */
const numericalDerivative = 1e-5;

const classes: OracleSurvey = { name: "classes", arms: ["control", "a", "b"], wave: "later" };
const cases: readonly { readonly estimator: Estimator; readonly r: Answers[string]; readonly plan: Partial<Plan> }[] = [
  { estimator: "mixed", r: answers.leader!.classes!, plan: { covariates: ["x1"] } },
  { estimator: "mixed-leader-wave", r: answers.leader_wave!.classes!, plan: {} },
  { estimator: "partially-nested", r: answers.classes!.classes!, plan: {} },
];

describe.each(cases)("$estimator as the plan asks for it", ({ estimator, r, plan }) => {
  const estimatesBy = async (mixed: Plan["mixed"]) => {
    const run = { baseline: true, blocks: false, plan: { ...plan, robustness: [estimator], mixed } };
    return (await oracleEstimates(classes, run)).filter((row) => row.estimator === estimator);
  };

  test("the arms are tested jointly by Kenward and Roger's F, however the plan is fitted", async () => {
    for (const mixed of [
      { likelihood: "ML", df: "satterthwaite" },
      { likelihood: "REML", df: "kenward-roger" },
    ] as const) {
      const run = { baseline: true, blocks: false, plan: { ...plan, robustness: [estimator], mixed } };
      const { jointTests } = await oracleEffects(classes, run);
      const joint = jointTests.find((one) => one.estimator === estimator)!;
      const wanted = r.REML.joint;
      expect([joint.status, joint.df1]).toEqual(["estimated", wanted.df1]);
      expectClose(joint.f, wanted.f, numericalDerivative, "F");
      expectClose(joint.df2, wanted.df2, numericalDerivative, "df2");
      expectClose(joint.p, wanted.p, numericalDerivative, "p");
    }
  });

  test.each(["REML", "ML"] as const)("by %s equals lmerTest", async (likelihood) => {
    const answer = r[likelihood];
    const rows = await estimatesBy({ likelihood, df: "satterthwaite" });
    expect(rows.map((row) => row.arm)).toEqual(["a", "b"]);
    rows.forEach((row, k) => {
      expect([row.status, row.respondents, row.seType]).toEqual(["estimated", answer.n, null]);
      expect(Math.abs(row.estimate! - answer.estimate[k]!)).toBeLessThan(stoppingPoint * answer.se[k]!);
      expectClose(row.se, answer.se[k]!, stoppingPoint, "se");
      expectClose(row.df, answer.df[k]!, numericalDerivative, "df");
      expect(row.randomPart).toMatchObject({ likelihood, degreesOfFreedom: "satterthwaite" });
      expectClose(row.randomPart!.deviance, answer.deviance, stoppingPoint, "deviance");
      const wanted = {
        residual: answer.residual,
        leader: answer.leader,
        "leader-wave": answer.wave,
        class: answer.class,
        unit: null,
      };
      const total = row.randomPart!.components.reduce((sum, { of }) => sum + wanted[of]!, 0);
      for (const { of, variance, share } of row.randomPart!.components) {
        expectClose(variance, wanted[of]!, 10 * stoppingPoint, of);
        expectClose(share, wanted[of]! / total, 10 * stoppingPoint, `share of ${of}`);
      }
      expect(row.note).toContain(`${likelihood}, Satterthwaite degrees of freedom; of the variance`);
    });
  });

  test("by Kenward and Roger equals pbkrtest, which is REML whatever the plan says", async () => {
    const rows = await estimatesBy({ likelihood: "ML", df: "kenward-roger" });
    rows.forEach((row, k) => {
      expectClose(row.se, r.REML.kenward_roger_se[k]!, numericalDerivative, "se");
      expectClose(row.df, r.REML.kenward_roger_df[k]!, numericalDerivative, "df");
      expect(row.randomPart).toMatchObject({ likelihood: "REML", degreesOfFreedom: "kenward-roger" });
    });
  });
});

describe("there is no mixed estimate, and the reason is said", () => {
  const parts: StudyParts = { arms: ["control", "a"], waves: ["before", "after"], baseline: "before" };
  const noise = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4];
  const leaders = Array.from({ length: 6 }, (_, g) => `l${g}`);
  const survey = leaders.flatMap((leader, g) =>
    ["before", "after"].flatMap((wave, w) =>
      [0, 1].map((k): Answer => ({ leader, wave, y: 40 + 3 * noise[g * 4 + w * 2 + k]!, covariates: {} })),
    ),
  );
  const assigned = (classOf: (g: number) => string): Assigned[] =>
    leaders.map((leader, g) => {
      const ofClass = classOf(g);
      return { leader, arm: parts.arms[g % 2]!, block: "", ...(ofClass !== "" && { class: ofClass }) };
    });
  const statusOf = async (estimator: Estimator, of: StudyParts, who: readonly Assigned[], rows = survey) => {
    const study = madeStudy({ ...of, plan: { robustness: [estimator] } });
    const design = madeDesign(study, who);
    const { estimates } = await estimateEffects(study, design, cellsOfAnswers(study, design, rows), drawHere);
    const row = estimates.find((one) => one.estimator === estimator)!;
    expect(row.status === "estimated" ? row.estimate !== null : row.estimate === null && row.note !== "").toBe(true);
    expect(JSON.stringify(row)).not.toContain("NaN");
    return row.status;
  };
  const nested = (classOf: (g: number) => string) => statusOf("partially-nested", parts, assigned(classOf));

  test("where classes are missing, of one leader each, or only in the control arm", async () => {
    expect(await nested((g) => (g === 5 ? "two" : g % 2 === 1 ? "one" : ""))).toBe("estimated");
    expect(await nested(() => "")).toBe("no-classes");
    expect(await nested((g) => `class ${g}`)).toBe("no-classes");
    expect(await nested((g) => (g % 2 === 0 ? "one" : ""))).toBe("no-classes");
  });

  test("where one class is the whole arm", async () => {
    expect(await nested((g) => (g % 2 === 1 ? "one" : ""))).toBe("not-identified");
  });

  test("where a class only counts a second leader who was never measured", async () => {
    const classOf = (g: number): string => (g === 1 || g === 3 ? "one" : g === 5 ? "two" : "");
    const without = survey.filter(({ leader, wave }) => leader !== "l3" || wave === "before");
    expect(await statusOf("partially-nested", parts, assigned(classOf), without)).toBe("no-classes");
  });

  test("where there is no wave before, one answer per leader and wave, or all are alike", async () => {
    const who = assigned(() => "");
    const one = survey.filter((_, k) => k % 2 === 0);
    const alike = survey.map((row) => ({ ...row, y: 40 }));
    expect(await statusOf("mixed-leader-wave", parts, who)).toBe("estimated");
    expect(await statusOf("mixed-leader-wave", { ...parts, baseline: null }, who)).toBe("no-baseline-wave");
    expect(await statusOf("mixed-leader-wave", parts, who, one)).toBe("no-replication");
    expect(await statusOf("mixed-leader-wave", parts, who, alike)).toBe("no-variation");
    expect(await statusOf("mixed", parts, who, one)).toBe("no-replication");
    expect(await statusOf("mixed", parts, who, [])).toBe("no-data");
  });
});

test("where no variance between leaders was found the row says so, keeps REML's estimate, and its test allows for some", async () => {
  const { reml_estimate: estimate, se } = expected("off-zero") as {
    readonly reml_estimate: number;
    readonly se: number;
  };
  const run = { baseline: true, blocks: false, plan: { robustness: ["mixed"] } } as const;
  const { estimates, jointTests } = await oracleEffects({ name: "pairs", arms: ["control", "a"], wave: "later" }, run);
  const row = estimates.find(({ estimator }) => estimator === "mixed")!;
  expect(row.warnings).toContainEqual({ code: "variance-at-zero", names: ["leader"], count: 1 });
  expect(row.note).toContain("none between leaders");
  expect(row.note).toContain("does not show that there is none");
  expectClose(row.estimate, estimate, stoppingPoint, "estimate");
  // Kenward and Roger's standard error is the larger.
  expect(row.se!).toBeGreaterThan(se);
  expect(row.df!).toBeLessThan(row.leaders);
  const joint = jointTests.find(({ estimator }) => estimator === "mixed")!;
  expectClose(joint.df2, row.df!, 1e-9, "df");
});
