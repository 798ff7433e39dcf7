import { describe, expect, it } from "vitest";
import { shown, suppressed, valueIn } from "../../../src/disclosure/published.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import type { ResearchModel } from "../../../src/reporting/research/model.ts";
import { publicModel } from "../../../src/reporting/research/public-facts.ts";
import { renderPublic } from "../../../src/reporting/research/public-page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { readPage, releasedPublic } from "../released.ts";
import { analysis, measurements, study, versions } from "./fixture.ts";

const model = researchModel(study, analysis, measurements, versions, "2019-12-21");
const estimator = model.plan.estimator;
const own = model.effects.filter((effect) => effect.estimator === estimator);
const signed = { name: "A. Name <b>", date: "2020-02-03" };
const servedPage = (of: ResearchModel): string =>
  renderPublic(releasedPublic(publicModel(of)), signed, "en", reportAssets);
const pageOf = (of: ResearchModel): string => readPage(servedPage(of));

/** As many leaders analysed in an arm, whatever else the flow says. */
const withLeaders = (arm: string, leaders: number): ResearchModel => ({
  ...model,
  flow: model.flow.map((column) => {
    const numbers = valueIn(column.numbers);
    if (column.arm !== arm || numbers === null) return column;
    return { ...column, numbers: shown({ ...numbers, analysed: { ...numbers.analysed, leaders } }) };
  }),
});
const seenOf = (of: ResearchModel, arm: string): readonly boolean[] =>
  publicModel(of)
    .publicEffects.filter((effect) => effect.arm === arm)
    .map(({ numbers }) => numbers.state === "shown");

const arm = own.find(({ numbers }) => (valueIn(numbers)?.df ?? 0) >= 10)?.arm ?? "";
const reference = own[0]?.reference ?? "";

describe("the numbers that leave the project group", () => {
  it("are the planned outcomes by the plan's estimator, each of the report's or hidden", () => {
    const { publicEffects } = publicModel(model);
    expect(publicEffects.length).toBeGreaterThan(0);
    for (const { outcome, wave, arm: of, numbers } of publicEffects) {
      const found = own.find(
        (effect) =>
          effect.outcome === outcome.scale &&
          effect.rater === outcome.rater &&
          effect.wave === wave &&
          effect.arm === of,
      );
      expect([found?.numbers, suppressed]).toContain(numbers);
    }
  });

  it("hide a comparison with fewer than ten leaders on either side", () => {
    expect(seenOf(withLeaders(arm, 40), arm).includes(true)).toBe(true);
    expect(seenOf(withLeaders(arm, 9), arm).includes(true)).toBe(false);
    expect(seenOf(withLeaders(reference, 9), arm).includes(true)).toBe(false);
  });

  it("hide a comparison of an arm that the report does not show", () => {
    const flow = model.flow.map((column) => (column.arm === arm ? { ...column, numbers: suppressed } : column));
    expect(seenOf({ ...model, flow }, arm).includes(true)).toBe(false);
  });

  it("have counts in fives, the small ones hidden", () => {
    const { publicArms, publicScales, publicEffects } = publicModel(model);
    const counts = [
      ...publicArms.flatMap(({ leaders, respondents }) => [leaders, respondents]),
      ...publicScales.map(({ respondents }) => respondents),
      ...publicEffects.flatMap(({ leaders, respondents }) => [leaders, respondents]),
    ].flatMap((cell) => valueIn(cell) ?? []);
    expect(counts.length).toBeGreaterThan(0);
    for (const count of counts) expect(count % 5, String(count)).toBe(0);
    expect(publicModel(withLeaders(arm, 7)).publicArms.find((each) => each.arm === arm)?.leaders).toBe(suppressed);
  });

  it("stand on a page that says who passed them on, and when", () => {
    expect(pageOf(model)).toContain("Looked through and passed on by A. Name &lt;b&gt;, 3 February 2020.");
  });

  it("show nothing of an estimate that is hidden", () => {
    const page = pageOf(withLeaders(reference, 3));
    const effects = page.slice(page.indexOf('id="effects"'), page.indexOf('id="analysed"'));
    expect(effects).toContain("hidden");
    expect(effects).not.toMatch(/<td>[+−]/);
  });
});
