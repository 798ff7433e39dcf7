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

/** A model of estimates that have other numbers behind one side, on some outcomes and waves. */
const withSupport = (
  side: "arm" | "reference",
  support: { readonly leaders: number; readonly respondents: number },
  isMeant: (estimate: (typeof analysis.estimates)[number]) => boolean = () => true,
): ResearchModel => {
  const estimates = analysis.estimates.map((each) =>
    isMeant(each) ? { ...each, support: { ...each.support, [side]: support } } : each,
  );
  return researchModel(study, { ...analysis, estimates }, measurements, versions, "2019-12-21");
};
const seenOf = (of: ResearchModel, arm: string): readonly boolean[] =>
  publicModel(of)
    .publicEffects.filter((effect) => effect.arm === arm)
    .map(({ numbers }) => numbers.state === "shown");

const arm = own.find(({ numbers }) => (valueIn(numbers)?.df ?? 0) >= 10)?.arm ?? "";

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

  it.each(["arm", "reference"] as const)(
    "hide a comparison with fewer than ten leaders or answers in the %s",
    (side) => {
      const seen = (leaders: number, respondents: number) =>
        seenOf(withSupport(side, { leaders, respondents }), arm).includes(true);
      expect([seen(10, 10), seen(9, 400), seen(40, 9)]).toEqual([true, false, false]);
    },
  );

  it("are held against who is behind the very outcome and wave, not the primary one of the last wave", () => {
    const few = { leaders: 9, respondents: 90 };
    const outcome = own.find((effect) => effect.arm === arm && effect.outcome !== own[0]!.outcome)!.outcome;
    const { publicEffects } = publicModel(withSupport("arm", few, (each) => each.outcome === outcome));
    const shownOf = (isMeant: boolean) =>
      publicEffects
        .filter((effect) => (effect.outcome.scale === outcome) === isMeant)
        .some(({ numbers }) => numbers.state === "shown");
    expect([shownOf(true), shownOf(false)]).toEqual([false, true]);
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
    const flow = model.flow.map((column) => {
      const numbers = valueIn(column.numbers);
      if (column.arm !== arm || numbers === null) return column;
      return { ...column, numbers: shown({ ...numbers, analysed: { ...numbers.analysed, leaders: 7 } }) };
    });
    const few = publicModel({ ...model, flow });
    expect(few.publicArms.find((each) => each.arm === arm)?.leaders).toBe(suppressed);
  });

  it("stand on a page that says who passed them on, and when", () => {
    expect(pageOf(model)).toContain("Looked through and passed on by A. Name &lt;b&gt;, 3 February 2020.");
  });

  it("show nothing of an estimate that is hidden", () => {
    const page = pageOf(withSupport("reference", { leaders: 3, respondents: 40 }));
    const effects = page.slice(page.indexOf('id="effects"'), page.indexOf('id="analysed"'));
    expect(effects).toContain("hidden");
    expect(effects).not.toMatch(/<td>[+−]/);
  });
});
