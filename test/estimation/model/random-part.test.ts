import { describe, expect, it } from "vitest";
import { type RandomPart, randomSentence } from "../../../src/estimation/model/random-part.ts";

const part = (between: number): RandomPart => ({
  likelihood: "REML",
  degreesOfFreedom: "satterthwaite",
  deviance: 100,
  components: [
    { of: "residual", variance: 75, share: 0.75 - between / 100, shareSe: null },
    { of: "leader-wave", variance: between, share: between / 100, shareSe: null },
    { of: "unit", variance: 25, share: 0.25, shareSe: 0.02 },
  ],
});

describe("the sentence about a mixed model", () => {
  it("gives the method and what share of the variance lies between whom, but not the rest", () => {
    expect(randomSentence(part(12.34))).toBe(
      "REML, Satterthwaite degrees of freedom; of the variance 12.3% between the waves of a leader, 25.0% between units.",
    );
  });

  it("says none where a variance is zero", () => {
    expect(randomSentence(part(0))).toContain("of the variance none between the waves of a leader, 25.0%");
  });

  it("names the other degrees of freedom", () => {
    expect(randomSentence({ ...part(5), degreesOfFreedom: "kenward-roger" })).toContain("Kenward–Roger degrees");
  });
});
