import { expect, test } from "vitest";
import type { ExplainedAssumption, PlannedDesign } from "../../../pipelines/design/assumptions.ts";
import { powerText } from "../../../pipelines/terminal/power.ts";

const assumed = (value: number) => ({ value, source: "assumed" }) as const;

const designOf = (r2: ExplainedAssumption): PlannedDesign => ({
  study: "small",
  outcome: "support",
  baseline: true,
  tests: 1,
  seed: 1,
  units: null,
  arms: [],
  assumptions: {
    employees: assumed(8),
    response: assumed(1),
    sizeVariation: assumed(0),
    icc: assumed(0.1),
    r2,
    r2Employees: assumed(0),
    attrition: assumed(0),
    power: assumed(0.8),
    confidence: assumed(0.95),
    sd: null,
    effect: null,
  },
});
const observed = { estimate: 0.68, low: 0.4, high: 1 };

test("R² from the data stands with its interval, and says that its lower end is taken", () => {
  const text = powerText(designOf({ value: 0.4, source: "data", observed }), [], "en");
  expect(text).toContain("R² in the study's data: 68% (80% interval 40%–100%); its lower end is used.");
  expect(powerText(designOf({ value: 0.4, source: "data", observed }), [], "da")).toContain("den nedre ende er brugt");
});

test("beside an R² that was given, the data are told and not said to be used; without data nothing is", () => {
  const given = powerText(designOf({ value: 0.3, source: "option", observed }), [], "en");
  expect(given).toContain("R² in the study's data: 68% (80% interval 40%–100%).");
  expect(powerText(designOf({ value: 0, source: "assumed", observed: null }), [], "en")).not.toContain(
    "in the study's data",
  );
});
