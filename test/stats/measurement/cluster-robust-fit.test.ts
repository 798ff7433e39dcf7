import { describe, expect, test } from "vitest";
import { chiSquareUpper } from "../../../src/stats/distribution/distributions.ts";
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

/** Normal draws by Box and Muller from the generator of Park and Miller. */
function normalStream(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Two groups of 40 leaders with eight employees each, who share a part of the trait and of each item; all else equal. */
function invariantRows(draw: () => number): readonly LeaderItems[] {
  return ["g1", "g2"].flatMap((group) =>
    Array.from({ length: 40 }, (_, k) => {
      const [trait, own] = [0.5 * draw(), [0, 1, 2, 3].map(() => 0.4 * draw())];
      return Array.from({ length: 8 }, (): LeaderItems => {
        const level = trait + draw();
        const answers = [1, 0.8, 1.1, 0.7].map((loading, i) => loading * level + own[i]! + 0.8 * draw());
        return { group, leader: `${group} ${k}`, answers };
      });
    }).flat(),
  );
}

test("intercepts that are equal are found different at the nominal rate, where independent respondents say so in a third", () => {
  const draw = normalStream(20);
  const rejected = { independent: 0, robust: 0 };
  const rounds = 300;
  for (let round = 0; round < rounds; round++) {
    const { fits, robust } = testsOf(invariantRows(draw));
    const [metric, scalar] = [fits[1]!, fits[2]!];
    if (typeof metric === "string" || typeof scalar === "string") throw new Error("no fit");
    const rise = Math.max(0, scalar.chiSquared - metric.chiSquared);
    if (chiSquareUpper(rise, scalar.df - metric.df) < 0.05) rejected.independent++;
    if (robust[2]!.change!.p < 0.05) rejected.robust++;
  }
  // 300 draws of a test at 5 % stay within 2 to 10 % but once in a thousand; with 80 leaders it is nearer 6 %.
  expect(rejected.robust / rounds).toBeLessThan(0.1);
  expect(rejected.robust / rounds).toBeGreaterThan(0.02);
  expect(rejected.independent / rounds).toBeGreaterThan(0.25);
});

describe("where it should fail", () => {
  const rows = leaderItems("leaders-gaps");

  test("one leader in a group, nobody's leader", () => {
    const one = rows.map((row) => ({ ...row, leader: row.group === "g1" ? "L" : row.leader }));
    expect(testsOf(one).robust).toEqual([null, null, null]);
    const groups = groupsOf(rows);
    const nobody = { clusters: 0, groups: groups.map(() => ({ patterns: [] })) };
    expect(clusterRobustTests(groups, 4, factorInvariance(groups, 4), nobody)).toEqual([null, null, null]);
  });

  test("a model that was not fitted", () => {
    const groups = groupsOf(rows);
    expect(
      clusterRobustTests(groups, 4, ["not-converged", "not-converged", "singular"], clusteredGroupsOf(rows)),
    ).toEqual([null, null, null]);
  });

  test("the order of leaders and of answers changes nothing", () => {
    const [forward, backward] = [testsOf(rows).robust, testsOf([...rows].reverse()).robust];
    for (const [k, test] of forward.entries()) expectClose(backward[k]?.scale, test!.scale, 1e-6);
  });
});

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
