import { describe, expect, test } from "vitest";
import { boundsTable } from "../../../pipelines/terminal/bounds.ts";
import { attritionBounds } from "../../../src/estimation/trial/attrition-bounds.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { leftLeaders, leftStudy, leftSurveys, leftWaves } from "../left-survey.ts";

interface RBounds {
  readonly trimmed: number;
  readonly low: number;
  readonly high: number;
  readonly low_se: number;
  readonly high_se: number;
  readonly interval_low: number;
  readonly interval_high: number;
}
const r = expected("lee") as Readonly<
  Record<"after" | "later", Readonly<Record<string, Readonly<Record<string, RBounds>>>>>
>;

/** Leader means come from sums of shifted scores. */
const tolerance = 1e-11;

describe.each(leftSurveys)("the bounds of the survey $name", (survey) => {
  const { study, design, cellsOf } = leftStudy(survey, {}, leftWaves);
  const rows = attritionBounds(study, design, cellsOf);

  test("equal R, wave by wave and arm by arm", () => {
    expect(rows.map(({ wave, arm }) => `${wave} ${arm}`)).toEqual(
      ["after", "later"].flatMap((wave) => survey.arms.slice(1).map((arm) => `${wave} ${arm}`)),
    );
    for (const row of rows) {
      const answer = r[row.wave as "after" | "later"][survey.name]![row.arm]!;
      expect([row.status, row.reference]).toEqual(["estimated", "control"]);
      expectClose(row.low, answer.low, tolerance, "low");
      expectClose(row.high, answer.high, tolerance, "high");
      expectClose(row.lowSe, answer.low_se, tolerance, "se of low");
      expectClose(row.highSe, answer.high_se, tolerance, "se of high");
      expectClose(row.trimmed, answer.trimmed, tolerance, "trimmed");
      // R's root finder stops there.
      expectClose(row.interval?.low, answer.interval_low, 1e-9, "interval");
      expectClose(row.interval?.high, answer.interval_high, 1e-9, "interval");
    }
  });

  test("count who was randomised and who was measured", () => {
    const [first] = rows;
    const leaders = leftLeaders(survey).filter(({ arm }) => arm === "control" || arm === "a");
    expect(first?.randomised).toBe(leaders.length);
    expect(first?.leaders).toBeLessThan(leaders.length);
    for (const { trimmed, trimmedArm, arm } of rows) {
      if (trimmed === 0) expect(trimmedArm).toBeNull();
      else expect([arm, "control"]).toContain(trimmedArm);
    }
  });
});

describe("where units were given to arms whole", () => {
  const { study, design, cellsOf } = leftStudy(leftSurveys[0]!, {}, leftWaves);
  const pairs = { ...design, cluster: design.cluster.map((leader) => Math.floor(leader / 2)), clusters: 0 };

  test("the bounds are the same, and their uncertainty is that of the units", () => {
    const [byLeader, byUnit] = [attritionBounds(study, design, cellsOf), attritionBounds(study, pairs, cellsOf)];
    for (const [i, row] of byUnit.entries()) {
      expect([row.low, row.high, row.trimmed]).toEqual([byLeader[i]!.low, byLeader[i]!.high, byLeader[i]!.trimmed]);
      expect(row.interval).not.toBeNull();
      expect(row.lowSe).not.toBe(byLeader[i]!.lowSe);
    }
  });

  test("an arm of one unit has bounds without an interval", () => {
    const first = design.arm.map((arm) => Number(arm === 1));
    const one = { ...pairs, cluster: pairs.cluster.map((unit, leader) => (first[leader] ? 0 : unit)) };
    expect(attritionBounds(study, one, cellsOf)[0]).toMatchObject({ status: "estimated", lowSe: null, interval: null });
  });
});

describe("without numbers", () => {
  const { study, design, cellsOf } = leftStudy(leftSurveys[0]!, {}, leftWaves);
  const statuses = (rows: ReturnType<typeof attritionBounds>) => [...new Set(rows.map(({ status }) => status))];

  test("there is a reason", () => {
    expect(statuses(attritionBounds(study, design, () => null))).toEqual(["no-data"]);
    const emptied = { ...design, arm: design.arm.map((arm) => (arm === 2 ? -1 : arm)) };
    expect(attritionBounds(study, emptied, cellsOf)[1]).toMatchObject({ status: "arm-empty", low: null, leaders: 20 });
    expect(statuses(attritionBounds({ ...study, arms: study.arms.slice(1) }, design, cellsOf))).toEqual([
      "no-control-arm",
    ]);
    expect(attritionBounds({ ...study, arms: [] }, design, cellsOf)).toEqual([]);
  });

  test("one leader left in an arm is too few", () => {
    const one = design.arm.indexOf(2);
    const few = { ...design, arm: design.arm.map((arm, leader) => (arm === 2 && leader !== one ? -1 : arm)) };
    expect(attritionBounds(study, few, cellsOf)[1]).toMatchObject({ status: "too-few-leaders", low: null });
  });
});

describe("in the terminal", () => {
  const { study, design, cellsOf } = leftStudy(leftSurveys[1]!, {}, leftWaves);
  const rows = attritionBounds(study, design, cellsOf);

  test("they stand in both languages", () => {
    const [title, heading, first] = boundsTable(rows, "en").split("\n");
    expect(title).toContain("Lee 2009");
    expect(heading).toMatch(/^outcome +arm +wave +leaders +measured +trimmed +bounds/);
    expect(first).toMatch(/^outcome +a +after +40 +\d+ .* to .* estimated$/);
    expect(boundsTable(rows, "da")).toContain(" til ");
  });

  test("only where leaders were lost", () => {
    expect(
      boundsTable(
        rows.map((row) => ({ ...row, leaders: row.randomised })),
        "da",
      ),
    ).toBe("");
    expect(boundsTable([], "da")).toBe("");
  });
});
