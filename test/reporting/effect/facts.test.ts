import { expect, it } from "vitest";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { analysis, measurements, study, versions } from "../research/fixture.ts";

it("an arm of which one leader has most of the answers at the last wave is not spoken of", () => {
  const last = study.waves.at(-1)!.id;
  const arms = analysis.flow.arms.map((flow) => {
    const employees = flow.waves.at(-1)!.employees;
    const waves = { ...flow.largest.waves, [last]: Math.ceil(0.95 * employees) };
    return flow.arm === "combined" ? { ...flow, largest: { ...flow.largest, waves } } : flow;
  });
  const { effects } = researchModel(study, { ...analysis, flow: { arms } }, measurements, versions, "2019-12-21");
  const shown = (arm: string) => effects.filter((each) => each.arm === arm && each.numbers.state === "shown").length;
  expect(shown("combined")).toBe(0);
  expect(shown("transformational")).toBeGreaterThan(0);
});
