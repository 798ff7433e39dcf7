import { describe, expect, it } from "vitest";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import { answersAt } from "../../../src/reporting/effect/facts.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { analysis, measurements, study, versions } from "./fixture.ts";

const modelOf = (of: Analysis) => researchModel(study, of, measurements, versions, "2019-12-21");
const own = modelOf(analysis);

/** The analysis where one leader of every arm has nearly all of its answers, at a wave or in the primary estimate. */
const dominated = (where: { readonly wave: string } | "analysed"): Analysis => ({
  ...analysis,
  flow: {
    ...analysis.flow,
    arms: analysis.flow.arms.map((arm) => {
      const { waves, analysed } = arm.largest;
      const most = arm.waves.reduce((sum, { employees }) => sum + employees, 0);
      return {
        ...arm,
        largest:
          where === "analysed"
            ? { waves, analysed: 100 * arm.analysed.employees }
            : { analysed, waves: { ...waves, [where.wave]: most } },
      };
    }),
  },
});

const states = (rows: readonly { readonly wave: string; readonly level: { readonly state: string } }[], wave: string) =>
  new Set(rows.filter((row) => row.wave === wave).map(({ level }) => level.state));

describe("a number of which one leader has nearly all answers", () => {
  it("is counted from the teams of its wave", () => {
    const of = (...arms: readonly string[]) => answersAt(analysis, "endline", arms);
    const [control, combined] = [of("control"), of("combined")];
    expect(of("control", "combined")).toEqual({
      n: control.n + combined.n,
      leaders: control.leaders + combined.leaders,
      largest: Math.max(control.largest, combined.largest),
    });
    expect(answersAt(analysis, "endline").leaders).toBeGreaterThan(control.leaders + combined.leaders);
    expect(control.largest).toBeGreaterThan(1);
  });
  it("is no mean of a scale at that wave, and stays one at the others", () => {
    const employees = (model: typeof own) => model.measurement.filter(({ rater }) => rater === "employee");
    const wave = employees(own)[0]!.wave;
    const found = modelOf(dominated({ wave }));
    expect(states(employees(own), wave)).toEqual(new Set(["shown"]));
    expect(states(employees(found), wave)).toEqual(new Set(["suppressed"]));
    const itemsOf = (model: typeof own) =>
      employees(model).flatMap(({ wave: at, itemRows }) =>
        at === wave ? itemRows.map(({ level }) => level.state) : [],
      );
    expect(itemsOf(own)).toContain("shown");
    expect(new Set(itemsOf(found))).toEqual(new Set(["suppressed"]));
  });
  it("is no response rate and no bound", () => {
    const last = dominated({ wave: "endline" });
    const found = modelOf(last);
    const shown = (model: typeof own) =>
      [...model.bounds, ...model.response, ...model.responseBounds].filter(
        ({ wave, numbers }) => wave === "endline" && numbers.state === "shown",
      ).length;
    expect(shown(own)).toBeGreaterThan(0);
    expect(shown(found)).toBe(0);
  });
  it("is no test of balance", () => {
    const tested = (of: Analysis) =>
      modelOf({ ...of, balanceTest: { ...of.balanceTest!, statistic: 3.1, df: 2, p: 0.4, draws: 999 } }).balanceTest;
    expect([tested(analysis).state, tested(dominated("analysed")).state]).toEqual(["shown", "suppressed"]);
  });
});
