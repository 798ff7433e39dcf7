import { describe, expect, it } from "vitest";
import { valueIn } from "../../../src/disclosure/published.ts";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import type { ArmEmployees } from "../../../src/estimation/trial/answering.ts";
import type { Response } from "../../../src/estimation/trial/response.ts";
import type { ResponseLeeBound } from "../../../src/estimation/trial/response-lee-bounds.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { rowsOf, sectionOf, smallAt, words } from "../page/page-parts.ts";
import { analysis, arms, measurements, study, versions } from "./fixture.ts";

const response: readonly Response[] = arms.map(({ id, control }) => ({
  arm: id,
  wave: "endline",
  leaders: 40,
  withoutHeadcount: 0,
  beyondHeadcount: 0,
  invited: 500,
  answered: control ? 400 : 300,
  share: control ? 0.8 : 0.6,
  difference: control ? null : { estimate: -0.2, low: -0.26, high: -0.14 },
  p: 0.0004,
  status: "estimated",
}));

const employees = (more: Partial<ArmEmployees>): ArmEmployees => ({
  leaders: 40,
  withoutHeadcount: 0,
  beyondHeadcount: 0,
  invited: 500,
  answered: 400,
  largest: 12,
  ...more,
});

const bound: ResponseLeeBound = {
  outcome: "transformational",
  rater: "employee",
  wave: "endline",
  arm: "combined",
  reference: "control",
  low: -3.24,
  high: 6.18,
  lowSe: 1,
  highSe: 1,
  interval: { low: -4.92, high: 7.86 },
  trimmedArm: "control",
  trimmed: 0.25,
  employees: { arm: employees({ answered: 300 }), reference: employees({}) },
  status: "estimated",
};

const found = (...responseLeeBounds: readonly ResponseLeeBound[]): Analysis => ({
  ...analysis,
  response,
  responseLeeBounds,
});
const modelOf = (one: Analysis) => researchModel(study, one, measurements, versions, "2019-12-21");
const partOf = async (one: Analysis, language: "da" | "en" = "en"): Promise<string> =>
  sectionOf(await renderResearch(modelOf(one), language, reportAssets), "response");
const numbersOf = (one: ResponseLeeBound) => {
  const { numbers } = modelOf(found(one)).responseLeeBounds[0]!;
  return valueIn(numbers);
};

describe("bounds for employees who would answer in either arm", () => {
  it("stand under response, with whom they are about and what they assume", async () => {
    for (const [language, whom, assumption, row] of [
      ["en", "the employees who would answer whichever arm", "in one direction only", "25.0"],
      ["da", "de medarbejdere, der ville svare, uanset hvilken arm", "i én retning", "25,0"],
    ] as const) {
      const part = await partOf(found(bound), language);
      expect(words(part)).toContain(whom);
      expect(words(part)).toContain(assumption);
      const last = rowsOf(part).at(-1)!;
      expect(last[3]).toContain(row);
      expect(last).toHaveLength(6);
    }
    expect(
      rowsOf(await partOf(found(bound)))
        .at(-1)!
        .slice(4),
    ).toEqual(["−3.2 to 6.2", "−4.9 to 7.9"]);
  });

  it("have no trimmed arm where both answered equally often", async () => {
    const even = { ...bound, low: 1.5, high: 1.5, trimmedArm: null, trimmed: 0 };
    expect(
      rowsOf(await partOf(found(even)))
        .at(-1)!
        .slice(3, 5),
    ).toEqual(["–", "1.5 to 1.5"]);
  });

  it("give the reason where an arm has none, and are left out where there is none at all or nobody answers", async () => {
    const empty: ResponseLeeBound = {
      ...bound,
      outcome: "transactional",
      low: null,
      high: null,
      interval: null,
      status: "arm-empty",
    };
    const gap: ResponseLeeBound = { ...empty, outcome: "gap", rater: null, employees: null, status: "not-identified" };
    const rows = rowsOf(await partOf(found(bound, empty, gap)));
    expect(rows.at(-1)!.slice(3)).toEqual(["–", "cannot be estimated: no answers in the arm", "–"]);
    expect(words(await partOf(found(empty, gap)))).not.toContain("Lee 2009");
    expect(words(await partOf(found()))).not.toContain("Lee 2009");
  });
});

describe("what may be shown of them", () => {
  const withArm = (more: Partial<ArmEmployees>): ResponseLeeBound => ({
    ...bound,
    employees: { arm: employees({ answered: 300, ...more }), reference: employees({}) },
  });

  it("needs three leaders and five answers in either arm, none of them nearly all of it", () => {
    expect(numbersOf(withArm({ leaders: 3 }))).not.toBeNull();
    expect(numbersOf(withArm({ leaders: 2 }))).toBeNull();
    expect(numbersOf(withArm({ answered: 5, largest: 4 }))).not.toBeNull();
    expect(numbersOf(withArm({ answered: 4, largest: 2 }))).toBeNull();
    expect(numbersOf(withArm({ answered: 300, largest: 241 }))).toBeNull();
  });

  it("needs ten leaders and thirty answers in both, as bounds are no sums", () => {
    const of = (leaders: number, answered: number): ResponseLeeBound => ({
      ...bound,
      employees: {
        arm: employees({ leaders: 5, answered: 10, largest: 2 }),
        reference: employees({ leaders, answered, largest: 2 }),
      },
    });
    expect(numbersOf(of(5, 20))).not.toBeNull();
    expect(numbersOf(of(4, 20))).toBeNull();
    expect(numbersOf(of(5, 19))).toBeNull();
  });

  it("needs five answers that are kept of the arm that is trimmed", () => {
    const kept = (count: number) => numbersOf({ ...bound, trimmed: 1 - count / 400 });
    expect(kept(5.01)).not.toBeNull();
    expect(kept(4.99)).toBeNull();
  });

  it("is told with a decimal less where fewer than five answers are left out", async () => {
    const few = { ...bound, trimmed: 4.99 / 400 };
    expect(numbersOf(few)).toMatchObject({ low: -3, high: 6, decimals: 0, interval: { low: -5, high: 8 } });
    expect(words(await partOf(found(few)))).toContain("fewer than 5 answers are trimmed");
    expect(numbersOf({ ...bound, trimmed: 5.01 / 400 })).toMatchObject({ low: -3.2, decimals: 1 });
    expect(words(await partOf(found(bound)))).not.toContain("are rounded more");
  });

  it("is nothing with an arm that is too small to speak of", async () => {
    for (const arm of ["combined", "control"]) {
      const small = smallAt(found(bound), arm, "endline");
      expect(modelOf(small).responseLeeBounds.map(({ numbers }) => numbers.state)).toEqual(["suppressed"]);
      expect(await partOf(small)).not.toContain("Lee 2009");
    }
  });
});
