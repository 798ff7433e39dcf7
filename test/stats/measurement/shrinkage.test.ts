import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clusterMeans, reliabilityOfMean, shrunkMean } from "../../../src/stats/measurement/shrinkage.ts";
import {
  cellsOfRatings,
  leaderMeans,
  oracleRatings,
  ratingAnswers,
  ratingWaves,
} from "../../estimation/oracle-ratings.ts";
import { expectClose } from "../../oracle/read.ts";

/** lme4 stops where its derivative-free search does; the variances agree no further. */
const stoppingPoint = 1e-6;

function meansOf(name: string, wave: string) {
  const one = oracleRatings(name);
  const cells = cellsOfRatings(one)({ scale: "lead", rater: "employee" }, "all")!;
  const at = one.study.waves.findIndex(({ id }) => id === wave);
  const cluster = cells.leader.map((leader, c) => (cells.wave[c] === at ? leader : -1));
  return { one, means: clusterMeans({ cells, cluster, clusters: one.design.leaders.length })! };
}

describe("shrunk leader means equal lme4's fixed plus random effects", () => {
  test.each(ratingWaves)("$name $wave", ({ name, wave }) => {
    const r = ratingAnswers[name]!.waves[wave]!.shrunk;
    const { one, means } = meansOf(name, wave);
    expectClose(means.mean, r.mean, stoppingPoint, "mean");
    expectClose(means.variance, r.variance, stoppingPoint, "variance of the mean");
    expectClose(means.between, r.between, stoppingPoint, "between");
    expectClose(means.within, r.within, stoppingPoint, "within");
    const teams = leaderMeans(one, "employee", "lead", wave);
    expect([...teams.keys()].sort()).toEqual(r.leader);
    for (const [k, leader] of r.leader.entries()) {
      const shrunk = shrunkMean(means, teams.get(leader)!, 0.95);
      expectClose(shrunk.mean, r.shrunk[k]!, stoppingPoint, leader);
      expectClose(shrunk.se, r.se[k]!, stoppingPoint, `se of ${leader}`);
    }
  });
});

const means = fc.record({
  mean: fc.double({ min: 0, max: 100, noNaN: true }),
  variance: fc.double({ min: 0.1, max: 20, noNaN: true }),
  between: fc.double({ min: 0, max: 200, noNaN: true }),
  within: fc.double({ min: 1, max: 500, noNaN: true }),
});
const team = fc.record({ n: fc.integer({ min: 1, max: 200 }), mean: fc.double({ min: 0, max: 100, noNaN: true }) });

test("a shrunk mean lies between the overall mean and the team's, nearer the team's with more answers", () => {
  fc.assert(
    fc.property(means, team, (common, one) => {
      const { mean, se, low, high } = shrunkMean(common, one, 0.95);
      const slack = 1e-9;
      expect(mean).toBeGreaterThanOrEqual(Math.min(common.mean, one.mean) - slack);
      expect(mean).toBeLessThanOrEqual(Math.max(common.mean, one.mean) + slack);
      expect(se).toBeGreaterThan(0);
      expect(low).toBeLessThan(high);
      const more = shrunkMean(common, { ...one, n: one.n + 10 }, 0.95);
      expect(Math.abs(more.mean - one.mean)).toBeLessThanOrEqual(Math.abs(mean - one.mean) + slack);
    }),
  );
});

test("a mean of many answers is reliable, and none is where leaders do not differ", () => {
  expectClose(reliabilityOfMean({ between: 4, within: 12 }, 3), 0.5, 1e-15);
  expect(reliabilityOfMean({ between: 0, within: 12 }, 50)).toBe(0);
});

test("without two answers to one leader there is nothing to tell the variances apart by", () => {
  const one = oracleRatings("ten");
  const cells = cellsOfRatings(one)({ scale: "lead", rater: "self" }, "all")!;
  const first = cells.leader.map((leader, c) => (cells.wave[c] === 0 ? leader : -1));
  const nobody = cells.leader.map(() => -1);
  const clusters = one.design.leaders.length;
  expect(clusterMeans({ cells, cluster: first, clusters })).toBeNull();
  expect(clusterMeans({ cells, cluster: nobody, clusters })).toBeNull();
});

/** Two leaders at one wave, of whom everybody says the same but for one answer that is `apart` from the others. */
const nearlyAlike = (apart: number) => {
  const answers = [
    [40, 40, 40 + apart],
    [60, 60, 60],
  ];
  const sums = answers.map((own) => own.reduce((sum, y) => sum + y, 0));
  const squares = answers.map((own) => own.reduce((sum, y) => sum + y * y, 0));
  const cells = {
    columns: ["y"],
    shift: Float64Array.from([0]),
    leader: Int32Array.from([0, 1]),
    wave: Int32Array.from([0, 0]),
    n: Float64Array.from([3, 3]),
    sums: Float64Array.from(sums),
    products: Float64Array.from(squares),
    dropped: 0,
  };
  return clusterMeans({ cells, cluster: Int32Array.from([0, 1]), clusters: 2 });
};

test("where all say the same of a leader there is no spread to judge the means by, however leaders differ", () => {
  expect(nearlyAlike(0)).toBeNull();
  expect(nearlyAlike(1e-7)).toBeNull();
  expect(nearlyAlike(0.5)?.within).toBeCloseTo(0.5 ** 2 / 6, 6);
});
