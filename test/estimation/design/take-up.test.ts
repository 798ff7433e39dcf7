import { describe, expect, test } from "vitest";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import { takeUp, unknown, untrained } from "../../../src/estimation/design/take-up.ts";
import { estimateEffects } from "../../../src/estimation/estimate-effects.ts";
import type { Estimate } from "../../../src/estimation/inference/estimate.ts";
import type { Plan } from "../../../src/study/study.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { type LeftSurvey, leftStudy, leftSurveys, leftWaves } from "../left-survey.ts";
import { type Answer, type Assigned, cellsOfAnswers, madeDesign, madeStudy } from "../made-study.ts";

interface RAnswer {
  readonly n: number;
  readonly leaders: number;
  readonly estimate: readonly number[];
  readonly tests: Readonly<Record<string, { readonly se: readonly number[]; readonly df: readonly number[] }>>;
  readonly first: readonly number[];
}
const r = expected("complier") as Readonly<Record<string, Readonly<Record<"after" | "later", RAnswer>>>>;

/** Two regressions in a row, with a weak first one in the survey `two`. */
const tolerance = 1e-11;
const plan: Partial<Plan> = { estimator: "ancova", robustness: ["complier"], trainedFrom: 2 };

const compliers = (rows: readonly Estimate[]) => rows.filter(({ estimator }) => estimator === "complier");
const detail = (row: Estimate, code: string) => row.details.find((one) => one.code === code)?.value;
const codes = (row: Estimate) => row.warnings.map(({ code }) => code);

async function complierRows(survey: LeftSurvey, own: Partial<Plan>): Promise<readonly Estimate[]> {
  const { study, design, cellsOf } = leftStudy(survey, own, leftWaves);
  return compliers((await estimateEffects(study, design, cellsOf, drawHere)).estimates);
}

describe.each(leftSurveys)("the complier effect of the survey $name", (survey) => {
  test.each(["after", "later"] as const)("%s is R's", async (wave) => {
    const answer = r[survey.name]![wave];
    const rows = (await complierRows(survey, plan)).filter((row) => row.wave === wave);
    expect(rows.map((row) => row.arm)).toEqual(survey.arms.slice(1));
    rows.forEach((row, k) => {
      expect([row.status, row.seType, row.respondents]).toEqual(["estimated", "CR2", answer.n]);
      expect(row.leaders).toBe(answer.leaders);
      expectClose(row.estimate, answer.estimate[k]!, tolerance, "estimate");
      expectClose(row.se, answer.tests.CR2!.se[k]!, tolerance, "se");
      expectClose(row.df, answer.tests.CR2!.df[k]!, tolerance, "df");
      expectClose(detail(row, "first-stage-f"), answer.first[k]!, tolerance, "first stage");
      expect(codes(row).includes("weak-instrument")).toBe(answer.first.some((f) => f < 10));
      expect(row.note).toContain(`First-stage F ${answer.first[k]!.toFixed(1)}`);
    });
  });
});

const text = (wave: string, leader: string, y: number): Answer => ({ leader, wave, y, covariates: {} });
const noise = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7, 9, 5];
const arms = ["control", "a", "b"];
const twelve = (attended: (g: number, arm: string) => number | undefined, of = arms): readonly Assigned[] =>
  Array.from({ length: 12 }, (_, g) => {
    const arm = of[g % of.length]!;
    const sessions = attended(g, arm);
    return { leader: `l${g}`, arm, block: "", ...(sessions === undefined ? {} : { attended: sessions }) };
  });
const answers = Array.from({ length: 12 }, (_, g) => [
  text("before", `l${g}`, 40 + noise[g]!),
  text("after", `l${g}`, 40 + 2 * noise[g + 12]! + noise[g]!),
  text("after", `l${g}`, 42 + 3 * noise[31 - g]!),
]).flat();

async function rowsOf(assigned: readonly Assigned[], of = arms, rows = answers): Promise<readonly Estimate[]> {
  const study = madeStudy({ arms: of, waves: ["before", "after"], baseline: "before", plan });
  const design = madeDesign(study, assigned);
  return (await estimateEffects(study, design, cellsOfAnswers(study, design, rows), drawHere)).estimates;
}

describe("who was trained", () => {
  const trained = (assigned: readonly Assigned[], of: readonly string[]) => {
    const study = madeStudy({ arms: of, waves: ["after"], baseline: null, plan });
    return takeUp(study, madeDesign(study, assigned));
  };
  const leader = (arm: string, attended?: number, inClass?: string): Assigned => ({
    leader: arm,
    arm,
    block: "",
    ...(attended === undefined ? {} : { attended }),
    ...(inClass === undefined ? {} : { class: inClass }),
  });

  test("is who attended as often as the plan says; blanks are unknown, but in the control arm mean none", () => {
    const assigned = [leader("a", 2), leader("a", 1), leader("a"), leader("control", 0), leader("control")];
    const { trainedIn, assumed } = trained(assigned, ["control", "a"]);
    expect([...trainedIn]).toEqual([1, untrained, unknown, untrained, untrained]);
    expect(assumed).toEqual([4]);
  });

  test("a control leader had the only training, or that of the class; else nobody knows", () => {
    expect([...trained([leader("control", 3), leader("a", 3)], ["control", "a"]).trainedIn]).toEqual([1, 1]);
    const assigned = [
      leader("a", 3, "one"),
      leader("b", 3, "two"),
      leader("control", 3, "two"),
      leader("control", 3, "three"),
      leader("control", 3),
    ];
    const { trainedIn, unplaced } = trained(assigned, arms);
    expect([...trainedIn]).toEqual([1, 2, 2, untrained, untrained]);
    expect(unplaced).toEqual([3, 4]);
  });
});

describe("the complier effect", () => {
  test("is the effect of assignment where everyone did as assigned, and says so by no F", async () => {
    const rows = await rowsOf(twelve((_, arm) => (arm === "control" ? 0 : 4)));
    const [ancova, other, complier, last] = rows;
    expectClose(complier?.estimate, ancova!.estimate!, 1e-10);
    expectClose(complier?.se, ancova!.se!, 1e-10);
    expectClose(last?.df, other!.df!, 1e-10);
    expect(complier?.details).toEqual([
      { code: "sessions", value: 4 },
      { code: "trained", value: 1 },
      { code: "trained-reference", value: 0 },
    ]);
  });

  test("is larger than that of assignment by the share who were trained, without covariates to share", async () => {
    const only = answers.filter(({ wave }) => wave === "after");
    const assigned = twelve((g, arm) => (arm === "control" ? 0 : g % 4 === 1 ? 0 : 3), ["control", "a"]);
    const rows = await rowsOf(assigned, ["control", "a"], only);
    const [ancova, complier] = rows;
    expectClose(complier?.estimate, ancova!.estimate! / detail(complier!, "trained")!, 1e-10);
  });

  test("does not exist without sessions, or where nobody came", async () => {
    const status = async (assigned: readonly Assigned[]) =>
      compliers(await rowsOf(assigned)).map((row) => [row.status, row.estimate, row.details.length]);
    const none = ["no-take-up", null, 0];
    expect(await status(twelve(() => undefined))).toEqual([none, none]);
    expect(await status(twelve(() => 1))).toEqual([none, none]);
    const [a, b] = await status(twelve((_, arm) => (arm === "b" ? 5 : 0)));
    expect(a).toEqual(none);
    expect(b?.[0]).toBe("estimated");
  });

  test("an arm where nobody came is no control arm", async () => {
    const after = answers.filter(({ wave }) => wave === "after");
    const assigned = twelve((g, arm) => (arm === "b" && g !== 2 ? 5 : 0));
    const [, three] = compliers(await rowsOf(assigned, arms, after));
    const others = assigned.filter(({ arm }) => arm !== "a");
    const [two] = compliers(await rowsOf(others, ["control", "b"], after));
    expectClose(three?.estimate, two!.estimate!, 1e-10);
  });

  test("leaves leaders out of whom it is not known, and says how many", async () => {
    const rows = await rowsOf(twelve((g, arm) => (g === 4 || arm === "control" ? undefined : g % 5)));
    const [complier] = compliers(rows);
    expect([complier?.leaders, rows[0]?.leaders]).toEqual([11, 12]);
    expect(complier?.warnings).toContainEqual({ code: "take-up-unknown", names: [], count: 1 });
    expect(complier?.warnings).toContainEqual({ code: "take-up-assumed", names: [], count: 4 });
    expect(complier?.note).toContain("1 leader without a number of sessions left out.");
  });

  test("does not exist where control leaders came as often as the others", async () => {
    const [complier] = compliers(
      await rowsOf(
        twelve((g) => (g < 6 ? 4 : 0), ["control", "a"]),
        ["control", "a"],
        answers.filter(({ wave }) => wave === "after"),
      ),
    );
    expect([complier?.status, complier?.estimate]).toEqual(["not-identified", null]);
  });
});
