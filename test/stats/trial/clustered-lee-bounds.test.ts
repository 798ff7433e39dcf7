import { describe, expect, test } from "vitest";
import { type ClusteredArm, clusteredLeeBounds } from "../../../src/stats/trial/clustered-lee-bounds.ts";
import { leeBounds } from "../../../src/stats/trial/lee-bounds.ts";

/** Clusters of units: NaN for a unit that was not measured. */
function armOf(clusters: readonly (readonly number[])[]): ClusteredArm {
  const units = clusters.flatMap((values, cluster) => values.map((value) => ({ value, cluster })));
  const measured = units.filter(({ value }) => !Number.isNaN(value));
  return {
    outcomes: Float64Array.from(measured, ({ value }) => value),
    randomised: units.length,
    cluster: Int32Array.from(measured, ({ cluster }) => cluster),
    lost: Int32Array.from(
      units.filter(({ value }) => Number.isNaN(value)),
      ({ cluster }) => cluster,
    ),
  };
}

/** Reproducible numbers of a standard uniform distribution (Park & Miller's generator). */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Clusters of eight units that share much; a unit is lost more often in clusters with a low level. */
function clustersOf(count: number, lost: number, next: () => number): number[][] {
  return Array.from({ length: count }, () => {
    const level = 8 * next();
    return Array.from({ length: 8 }, () => (next() * 8 < lost * (8 - level) * 2 ? Number.NaN : level + 2 * next()));
  });
}

const spread = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

describe("where nothing is trimmed", () => {
  test("equal clusters are one value each", () => {
    const treated = [
      [4, 6],
      [9, 9],
      [1, 2],
    ];
    const control = [
      [3, 3],
      [0, 1],
      [2, 6],
    ];
    const means = (clusters: readonly number[][]) => armOf(clusters.map((values) => [(values[0]! + values[1]!) / 2]));
    const whole = leeBounds(means(treated), means(control))!;
    const found = clusteredLeeBounds(armOf(treated), armOf(control))!;
    expect(found.low).toBeCloseTo(whole.low, 12);
    expect(found.lowSe).toBeCloseTo(whole.lowSe!, 12);
    expect(found.highSe).toBeCloseTo(whole.highSe!, 12);
    expect(found.df).toBeCloseTo(whole.df, 12);
  });

  test("clusters of one are units", () => {
    const arms = [armOf([[4], [6], [9], [1]]), armOf([[3], [0], [2]])] as const;
    const [units, clusters] = [leeBounds(...arms)!, clusteredLeeBounds(...arms)!];
    expect(clusters.lowSe).toBeCloseTo(units.lowSe!, 12);
    expect(clusters.df).toBeCloseTo(units.df, 12);
  });

  test("a single cluster tells nothing of chance", () => {
    const found = clusteredLeeBounds(
      armOf([[4, 6, 8]]),
      armOf([
        [3, 3],
        [0, 1],
      ]),
    )!;
    expect([found.lowSe, found.highSe]).toEqual([null, null]);
    expect(found.low).toBeCloseTo(4.25, 12);
  });
});

describe("where units were lost", () => {
  test.each([
    ["control", 0.1, 0.4],
    ["treated", 0.4, 0.1],
  ])("the standard errors are how much the bounds vary when more of %s are lost", (_, treatedLost, controlLost) => {
    const next = uniforms(7);
    const draws = Array.from({ length: 1500 }, () => {
      const arms = [armOf(clustersOf(30, treatedLost, next)), armOf(clustersOf(30, controlLost, next))] as const;
      return { units: leeBounds(...arms)!, clusters: clusteredLeeBounds(...arms)! };
    });
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const end of ["low", "high"] as const) {
      const actual = spread(draws.map(({ clusters }) => clusters[end]));
      const claimed = mean(draws.map(({ clusters }) => clusters[`${end}Se`]!));
      expect(Math.abs(claimed / actual - 1), end).toBeLessThan(0.08);
      expect(mean(draws.map(({ units }) => units[`${end}Se`]!)) / actual, end).toBeLessThan(0.75);
    }
  });
});
