import { describe, expect, test } from "vitest";
import { clusterRobustTests } from "../../../src/stats/measurement/cluster-robust-fit.ts";
import { factorInvariance, invarianceLevels } from "../../../src/stats/measurement/confirmatory-factor.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { clusteredGroupsOf, groupsOf, type LeaderItems, leaderItems } from "./leader-items.ts";

interface RAnswer {
  readonly levels: Readonly<
    Record<
      string,
      {
        /** With the groups of a leader apart, as lavaan has them, and together. */
        readonly factors: Readonly<Record<"apart" | "together", number | null>>;
        readonly measures: { readonly chisq: number };
        readonly scaled: Readonly<Record<"chisq.scaled" | "pvalue.scaled" | "chisq.scaling.factor", number | null>>;
      }
    >
  >;
  readonly change: Readonly<Record<"chisq" | "p", readonly number[]>>;
}
const answers = expected("leader-items") as Readonly<Record<string, RAnswer>>;

/** lavaan takes second derivatives as differences of the gradient, which keep five digits or so. */
const differences = 1e-5;

const testsOf = (rows: readonly LeaderItems[]) => {
  const groups = groupsOf(rows);
  const order = rows[0]!.answers.length;
  const fits = factorInvariance(groups, order);
  return { fits, robust: clusterRobustTests(groups, order, fits, clusteredGroupsOf(rows)) };
};

describe("leaders as clusters, as lavaan's MLR", () => {
  test.each(["leaders-whole", "leaders-gaps", "leaders-sparse"])("%s", (name) => {
    const { robust } = testsOf(leaderItems(name));
    for (const [k, level] of invarianceLevels.entries()) {
      const { scaled } = answers[name]!.levels[level]!;
      const found = robust[k]!;
      expectClose(found.scale, scaled["chisq.scaling.factor"]!, differences, `${level} scale`);
      expectClose(found.chiSquared, scaled["chisq.scaled"]!, differences, `${level} chi-squared`);
      expect(Math.abs(found.p - scaled["pvalue.scaled"]!)).toBeLessThan(differences);
      if (k === 0) expect(found.change).toBeNull();
      else {
        const { chisq, p } = answers[name]!.change;
        expectClose(found.change!.chiSquared, chisq[k - 1]!, differences, `${level} change`);
        expect(Math.abs(found.change!.p - p[k - 1]!)).toBeLessThan(differences);
      }
    }
  });

  test("leaders who are in both groups count once: from lavaan's casewise scores", () => {
    const rows = leaderItems("leaders-again");
    const { robust } = testsOf(rows);
    expect(robust[0], "three items leave nothing to test").toBeNull();
    for (const [k, level] of (["metric", "scalar"] as const).entries()) {
      const { factors, measures, scaled } = answers["leaders-again"]!.levels[level]!;
      const found = robust[k + 1]!;
      expectClose(factors.apart, scaled["chisq.scaling.factor"]!, differences, "R's own check");
      expectClose(found.scale, factors.together!, differences, level);
      expectClose(found.chiSquared, measures.chisq / factors.together!, differences, level);
    }
    const apart = testsOf(rows.map((row) => ({ ...row, leader: `${row.group} ${row.leader}` }))).robust;
    const lavaan = answers["leaders-again"]!.levels["scalar"]!.scaled;
    expectClose(apart[2]!.scale, lavaan["chisq.scaling.factor"]!, differences, "taken as other leaders");
  });
});
