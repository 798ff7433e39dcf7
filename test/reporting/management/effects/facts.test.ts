import { describe, expect, it } from "vitest";
import { valueIn } from "../../../../src/disclosure/published.ts";
import type { ManagementModel } from "../../../../src/reporting/management/model.ts";
import { plan } from "../../research/fixture.ts";
import { effectsOf, facts, has, lacks, model, modelOf, pageOf, smallArm } from "../fixture.ts";

const shown = ({ effects }: ManagementModel) =>
  effects.comparisons.flatMap(({ outcome, arm, difference }) =>
    difference.state === "shown" ? [`${outcome.scale} ${arm}`] : [],
  );
const differences = ({ effects }: ManagementModel) =>
  effects.comparisons.flatMap(({ difference }) => valueIn(difference) ?? []);

describe("the comparisons with the control arm", () => {
  it("are all primary outcomes × arms, in the order of every figure", () => {
    expect(shown(model)).toEqual([
      "transformational transactional",
      "transformational transformational",
      "transformational combined",
      "transactional transactional",
      "transactional transformational",
      "transactional combined",
    ]);
  });

  it("call significant what their own interval leaves beside zero, and nothing else", async () => {
    const values = [-3.1, -2.1, -0.4, 0.9, 1.95, 2.02, 2.1, 2.2, 2.4, 3.3];
    for (const estimate of values) {
      const [only] = differences(modelOf({}, facts, effectsOf([[estimate, 1]])));
      const { low, high } = only!.interval!;
      expect(only!.clear, `${estimate}`).toBe(low > 0 || high < 0);
    }
    const between = modelOf({}, facts, effectsOf([[2.1, 1]]));
    expect(differences(between)[0]).toMatchObject({ clear: false, interval: { low: -0.2, high: 4.4 } });
    has(await pageOf(between), "+2.1 (−0.2 to 4.4)");
  });

  it.each([
    [2.3, "+2,3 (0,03 til 4,6)"],
    [2.25, "+2,3 (−0,02 til 4,5)"],
    [2.27, "+2,3 (−0,0003 til 4,5)"],
    [-2.3, "−2,3 (−4,6 til −0,03)"],
  ])("write an end that rounds to zero with the digits that say on which side it lies: %d", async (value, written) => {
    has(await pageOf(modelOf({}, facts, effectsOf([[value, 1]])), "da"), written);
  });

  it("have the ordinary interval, and no word of adjustment, where the plan does not adjust", async () => {
    const own = modelOf(
      { plan: { ...plan, multiplicity: "none" } },
      facts,
      effectsOf(
        [
          [2.1, 1],
          [0.4, 1],
        ],
        plan.primary[0]!,
        { pAdjusted: null, adjusted: null },
      ),
    );
    expect(differences(own)[0]).toMatchObject({ clear: true, interval: { low: 0.1, high: 4.1 } });
    const page = await pageOf(own);
    has(page, "There is no adjustment for the number of comparisons: of 2, chance alone would make about 0.1");
    lacks(page, /comparisons \(Holm/);
  });

  it("say that lines are not adjusted where the deciding p comes from draws", async () => {
    const drawn = effectsOf([[2.1, 1]], plan.primary[0]!, { adjusted: null });
    has(await pageOf(modelOf({}, facts, drawn)), "the lines are not adjusted");
  });
});

describe("a difference from the control arm", () => {
  it.each(["baseline", "endline"])("is suppressed with a hidden level of its arm at the %s", async (wave) => {
    const own = modelOf({}, smallArm("transformational", wave));
    expect(shown(own)).toEqual(["transformational transactional", "transactional transactional"]);
    const page = await pageOf(own, "da");
    for (const number of ["+6,9", "+2,0", "+5,7", "+5,2"]) expect(page.includes(number), number).toBe(false);
    has(page, "skjult");
  });
  it("is suppressed with a hidden level of the control arm", () => {
    expect(shown(modelOf({}, smallArm("control", "endline")))).toEqual([]);
  });
  it("stands where only a wave between was hidden", () => {
    expect(shown(modelOf({}, smallArm("transformational", "midway")))).toHaveLength(6);
  });
  it("takes ten leaders, thirty respondents and ten degrees of freedom", () => {
    const one = (more: object) => shown(modelOf({}, facts, effectsOf([[6, 1]], plan.primary[0]!, more)));
    expect(one({ leaders: 10, respondents: 30, df: 10 })).toHaveLength(1);
    expect(one({ leaders: 9, respondents: 300, df: 10 })).toEqual([]);
    expect(one({ leaders: 10, respondents: 29, df: 10 })).toEqual([]);
    expect(one({ leaders: 10, respondents: 30, df: 9.9 })).toEqual([]);
  });
});
