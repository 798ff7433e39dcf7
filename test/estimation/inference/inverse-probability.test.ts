import { describe, expect, test } from "vitest";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../../src/estimation/estimate-effects.ts";
import type { Estimate } from "../../../src/estimation/inference/estimate.ts";
import type { Plan } from "../../../src/study/study.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { leftStudy, leftSurveys, leftWaves } from "../left-survey.ts";
import { type Answer, cellsOfAnswers, madeDesign, madeStudy } from "../made-study.ts";

interface RAnswer {
  readonly lost: number;
  readonly effective: number;
  readonly largest: number;
  readonly estimate: readonly number[];
  readonly inverse: { readonly se: readonly number[]; readonly df: readonly number[] };
}
const r = expected("weighting") as Readonly<Record<string, Readonly<Record<"after" | "later", RAnswer>>>>;

/** The weights carry the logistic regression's last digits. */
const tolerance = 1e-10;
const plan: Partial<Plan> = { robustness: ["inverse-probability"] };

const weighted = (rows: readonly Estimate[]) => rows.filter(({ estimator }) => estimator === "inverse-probability");
const detail = (row: Estimate, code: string) => row.details.find((one) => one.code === code)?.value;

describe.each(leftSurveys)("the weighted effect of the survey $name", (survey) => {
  test.each(["after", "later"] as const)("%s is R's", async (wave) => {
    const answer = r[survey.name]![wave];
    const { study, design, cellsOf } = leftStudy(survey, plan, leftWaves);
    const { estimates } = await estimateEffects(study, design, cellsOf, drawHere);
    const rows = weighted(estimates).filter((row) => row.wave === wave);
    expect(rows).toHaveLength(survey.arms.length - 1);
    rows.forEach((row, k) => {
      expect(row.status).toBe("estimated");
      expectClose(row.estimate, answer.estimate[k]!, tolerance, "estimate");
      expectClose(row.se, answer.inverse.se[k]!, tolerance, "se");
      expectClose(row.df, answer.inverse.df[k]!, tolerance, "df");
      expect(detail(row, "leaders-lost")).toBe(answer.lost);
      expectClose(detail(row, "effective-leaders"), answer.effective, tolerance, "effective");
      expectClose(detail(row, "largest-weight"), answer.largest, tolerance, "largest");
      expect(row.note).toContain(`${answer.lost} randomised leaders not measured.`);
    });
  });
});

const six = ["control", "a", "control", "a", "control", "a"].map((arm, g) => ({ leader: `l${g}`, arm, block: "" }));
const noise = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4];
const answers = six.flatMap(({ leader }, g) =>
  ["before", "after"].flatMap((wave, w) =>
    [0, 1].map((k): Answer => ({ leader, wave, y: 40 + 3 * noise[g * 4 + w * 2 + k]!, covariates: {} })),
  ),
);

async function rowsOf(rows: readonly Answer[], baseline: string | null, waves: readonly string[]) {
  const study = madeStudy({ arms: ["control", "a"], waves, baseline, plan });
  const design = madeDesign(study, six);
  return (await estimateEffects(study, design, cellsOfAnswers(study, design, rows), drawHere)).estimates;
}

test("where nobody was lost it is the unweighted one", async () => {
  const [ancova, ipw] = await rowsOf(answers, "before", ["before", "after"]);
  expectClose(ipw?.estimate, ancova!.estimate!, 1e-10);
  expectClose(ipw?.se, ancova!.se!, 1e-10);
  expectClose(detail(ipw!, "effective-leaders"), 6, 1e-10);
  expect(detail(ipw!, "leaders-lost")).toBe(0);
});

test("without a baseline it is weighted by arm alone, which weighs nobody more within an arm", async () => {
  const some = answers.filter(({ leader, wave }) => wave === "after" && leader !== "l3");
  const [plain, ipw] = await rowsOf(some, null, ["after"]);
  expectClose(ipw?.estimate, plain!.estimate!, 1e-10);
  expect(detail(ipw!, "leaders-lost")).toBe(1);
});

test("an arm that lost everyone has no estimate", async () => {
  const control = answers.filter(({ leader, wave }) => wave === "before" || ["l0", "l2", "l4"].includes(leader));
  const rows = weighted(await rowsOf(control, "before", ["before", "after"]));
  expect(rows.map(({ status, details }) => [status, details])).toEqual([["arm-empty", []]]);
});

test("nothing answered", async () => {
  const rows = weighted(await rowsOf([], "before", ["before", "after"]));
  expect(rows.map(({ status }) => status)).toEqual(["no-data"]);
});
