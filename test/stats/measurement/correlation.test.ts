import { describe, expect, test } from "vitest";
import { agreementGroups } from "../../../src/stats/measurement/agreement-groups.ts";
import { correlation, disattenuated } from "../../../src/stats/measurement/correlation.ts";
import { oracleRatings, pairedMeans, ratingAnswers, ratingWaves } from "../../estimation/oracle-ratings.ts";
import { expectClose } from "../../oracle/read.ts";

const flat = 1e-13;
/** R's reliability comes from lme4, which stops where its search does. */
const stoppingPoint = 1e-6;

describe("correlation of intended and perceived", () => {
  test.each(ratingWaves)("$name $wave equals cor.test and psych::correct.cor", ({ name, wave }) => {
    const { intended, perceived } = pairedMeans(oracleRatings(name), wave);
    const r = ratingAnswers[name]!.waves[wave]!;
    const raw = correlation(intended, perceived, 0.95)!;
    expectClose(raw.estimate, r.correlation.estimate, flat);
    expectClose(raw.low, r.correlation.low, flat);
    expectClose(raw.high, r.correlation.high, flat);
    expectClose(disattenuated(raw, 0.8, r.reliability)!.estimate, r.corrected, stoppingPoint);
  });
  test("goes beyond 1 where the reliabilities are too low for it, and is none where one is not positive", () => {
    const raw = { estimate: 0.6, low: 0.2, high: 0.8 };
    expect(disattenuated(raw, 0.4, 0.5)!.estimate).toBeGreaterThan(1);
    expect(disattenuated(raw, 0, 0.5)).toBeNull();
    expect(disattenuated(raw, 0.9, -0.2)).toBeNull();
  });
  test("is none of three pairs, nor of answers that are all alike", () => {
    expect(correlation(Float64Array.of(1, 2, 3), Float64Array.of(1, 3, 2), 0.95)).toBeNull();
    expect(correlation(Float64Array.of(0.1, 0.1, 0.1, 0.1), Float64Array.of(1, 3, 2, 4), 0.95)).toBeNull();
  });
  test("is 1 with an interval of no width where the two are the same", () => {
    const values = Float64Array.of(1, 2, 3, 5);
    expect(correlation(values, values, 0.95)).toEqual({ estimate: 1, low: 1, high: 1 });
  });
});

describe("agreement groups", () => {
  test.each(ratingWaves)("$name $wave are R's", ({ name, wave }) => {
    const { intended, perceived } = pairedMeans(oracleRatings(name), wave);
    const groups = agreementGroups(intended, perceived)!;
    for (const [group, count] of Object.entries(ratingAnswers[name]!.waves[wave]!.groups))
      expect(groups.filter((one) => one === group).length, group).toBe(count);
  });
  test("ignore units and level, and swap where the two sides do", () => {
    const { intended, perceived } = pairedMeans(oracleRatings("sixty"), "after");
    const groups = agreementGroups(intended, perceived)!;
    const scaled = intended.map((value) => 3 * value - 40);
    expect(agreementGroups(scaled, perceived)).toEqual(groups);
    const swapped = agreementGroups(perceived, intended)!;
    for (const [k, group] of groups.entries()) {
      const other = group === "over" ? "under" : group === "under" ? "over" : null;
      if (other) expect(swapped[k]).toBe(other);
    }
  });
  test("are none where one side is constant", () => {
    expect(agreementGroups(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBeNull();
  });
});
