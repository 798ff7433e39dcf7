import { describe, expect, test } from "vitest";
import {
  factorInvariance,
  type GroupFactor,
  invarianceLevels,
} from "../../../src/stats/measurement/confirmatory-factor.ts";
import { saturatedMoments } from "../../../src/stats/measurement/saturated-moments.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { groupsOf, leaderItems, patternsOf } from "./leader-items.ts";

interface RLevel {
  readonly measures: Readonly<Record<"chisq" | "df" | "pvalue" | "cfi" | "tli" | "rmsea", number>>;
  readonly groups: Readonly<Record<string, GroupFactor & { readonly n: number }>>;
}
interface RAnswer {
  readonly levels: Readonly<Record<string, RLevel>>;
  readonly saturated: readonly { readonly mean: readonly number[]; readonly cov: readonly number[] }[];
}
const answers = expected("leader-items") as Readonly<Record<string, RAnswer>>;
const names = ["leaders-whole", "leaders-gaps", "leaders-sparse", "leaders-again"];

/** EM ends, here and in lavaan, where a step of the moments is below 1e-11: at their distance from the optimum times 0.1. */
const ofMoments = 1e-5;
/** lavaan stops at a relative gain of 1e-10 or so in −log L of about a thousand. */
const stoppingPoint = 1e-6;
/** A χ² that is 1e-8 off its minimum leaves the parameters √1e-8 of a standard error off theirs. */
const ofParameters = 1e-4;

describe("full-information maximum likelihood equals lavaan's", () => {
  test.each(names)("means and covariances of %s", (name) => {
    for (const [g, group] of groupsOf(leaderItems(name)).entries()) {
      const { mean, cov } = answers[name]!.saturated[g]!;
      const found = saturatedMoments(group, mean.length)!;
      for (const [i, value] of mean.entries()) expectClose(found.means[i], value, ofMoments, `mean ${i}`);
      for (const [k, value] of cov.entries()) expectClose(found.covariance[k], value, ofMoments, `covariance ${k}`);
    }
  });

  test.each(names)("one factor in the groups of %s", (name) => {
    const rows = leaderItems(name);
    const found = factorInvariance(groupsOf(rows), rows[0]!.answers.length);
    for (const [k, level] of invarianceLevels.entries()) {
      const fit = found[k]!;
      if (typeof fit === "string") throw new Error(fit);
      const { measures, groups } = answers[name]!.levels[level]!;
      expect(fit.df).toBe(measures.df);
      expect(Math.abs(fit.chiSquared - measures.chisq), `${fit.chiSquared} ${measures.chisq}`).toBeLessThan(
        stoppingPoint,
      );
      expectClose(fit.cfi, measures.cfi, stoppingPoint, "CFI");
      expectClose(fit.tli, measures.tli, stoppingPoint, "TLI");
      expectClose(fit.rmsea, measures.rmsea, stoppingPoint, "RMSEA");
      for (const [g, r] of Object.values(groups).entries()) {
        for (const part of ["loadings", "intercepts", "residuals"] as const)
          for (const [i, value] of r[part].entries())
            expectClose(fit.groups[g]![part][i], value, ofParameters, `${level} ${part}`);
        expect(Math.abs(fit.groups[g]!.mean - r.mean)).toBeLessThan(ofParameters);
        expectClose(fit.groups[g]!.variance, r.variance, ofParameters, "variance");
      }
    }
  });
});

describe("moments that nothing restricts", () => {
  const rows = leaderItems("leaders-gaps")
    .filter(({ group }) => group === "g1")
    .map((row) => row.answers);

  test("of complete answers are their means and covariances", () => {
    const complete = patternsOf(rows.filter((row) => !row.includes(null)));
    const [pattern] = complete.patterns;
    const found = saturatedMoments(complete, 4)!;
    for (const [i, mean] of pattern!.means.entries()) expectClose(found.means[i], mean, 1e-13);
    for (const [k, value] of pattern!.covariance.entries()) expectClose(found.covariance[k], value, 1e-13);
  });

  test("fit no worse than any others near them", () => {
    const group = patternsOf(rows);
    const found = saturatedMoments(group, 4)!;
    for (let k = 0; k < 4; k++) {
      const doubled = { patterns: [...group.patterns, ...group.patterns] };
      expectClose(saturatedMoments(doubled, 4)!.means[k], found.means[k]!, 1e-5, "twice the respondents");
      expectClose(saturatedMoments(doubled, 4)!.value, 2 * found.value, 1e-12, "twice the respondents");
    }
  });

  test("whoever answered one item only adds to its mean", () => {
    const low = Array.from({ length: 40 }, () => [1, null, null, null]);
    const [before, after] = [
      saturatedMoments(patternsOf(rows), 4)!,
      saturatedMoments(patternsOf([...rows, ...low]), 4)!,
    ];
    expect(after.means[0]).toBeLessThan(before.means[0]! - 0.1);
    expect(after.means[1], "which the second item follows").toBeLessThan(before.means[1]! - 0.05);
  });

  test("do not exist where no one answered two items together", () => {
    const apart = rows.map(([a, b, c, d], k) => (k % 2 === 0 ? [a!, b!, c!, null] : [null, b!, c!, d!]));
    expect(saturatedMoments(patternsOf(apart), 4)).toBeNull();
  });
  test("nor from one respondent, from answers all alike, from an item that follows from others, from nobody", () => {
    const complete = rows.filter((row) => !row.includes(null));
    expect(saturatedMoments(patternsOf([[3, 4, 3, 5]]), 4)).toBeNull();
    expect(saturatedMoments(patternsOf(rows.map((row) => [3, ...row.slice(1)])), 4)).toBeNull();
    expect(saturatedMoments(patternsOf(complete.map(([a, b, c]) => [a!, b!, c!, a! + b!])), 4)).toBeNull();
    const some = complete.map(([a, b, c], k) => [a!, b!, c!, k % 3 === 0 ? null : a! + b!]);
    expect(saturatedMoments(patternsOf(some), 4)).toBeNull();
    expect(saturatedMoments({ patterns: [] }, 4)).toBeNull();
  });
});
