import { describe, expect, test } from "vitest";
import { type ClusterItem, clusterItems } from "../../../src/estimation/trial/cluster-items.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { cellsOfAnswers } from "../made-study.ts";
import { unitAnswers, unitSurvey } from "../unit-survey.ts";

interface RIcc {
  readonly icc: number;
  readonly low: number;
  readonly high: number;
}
type RClusters = RIcc & { readonly mean: number; readonly cv: number };
interface RAnswers {
  readonly leader: RClusters;
  readonly unit: RClusters;
  readonly arm: { readonly leader: RClusters; readonly unit: RClusters };
  readonly balanced: RIcc;
}
const r = expected("clusters") as RAnswers;
/** Mean squares agree to rounding; F quantiles to the tolerance of their solvers. */
const tolerance = 1e-9;

const { study, design, cellsOf } = unitSurvey({});
const at = (items: readonly ClusterItem[], arm: string | null, level: "leader" | "unit"): ClusterItem =>
  items.find((one) => one.wave === "after" && one.arm === arm && one.level === level)!;

function expectIcc(item: ClusterItem, wanted: RIcc): void {
  expect(item.status).toBe("estimated");
  expectClose(item.icc, wanted.icc, tolerance, "ICC");
  expectClose(item.iccLow, wanted.low, tolerance, "low");
  expectClose(item.iccHigh, wanted.high, tolerance, "high");
}

test("ICC, its interval and sizes are R's, at the leader and at the unit, over all and by arm", () => {
  const items = clusterItems(study, design, cellsOf);
  expect(items).toHaveLength(2 * 4 * 2);
  for (const [arm, of] of [
    [null, r],
    ["a", r.arm],
  ] as const) {
    for (const level of ["leader", "unit"] as const) {
      const item = at(items, arm, level);
      expectIcc(item, of[level]);
      expectClose(item.clusterSize.mean, of[level].mean, tolerance, "mean size");
      expectClose(item.clusterSize.cv, of[level].cv, tolerance, "variation of sizes");
    }
  }
  const [all, a] = [at(items, null, "unit"), at(items, "a", "unit")];
  expect([all.units, a.units, a.leaders > 6]).toEqual([18, 6, true]);
  expect(all.respondents).toBe(unitAnswers.filter(({ wave }) => wave === "after").length);
});

test("with clusters of one size the interval is Shrout and Fleiss', as psych has it", () => {
  const seen = new Map<string, number>();
  const counts = new Map<string, number>();
  const after = unitAnswers.filter(({ wave }) => wave === "after");
  for (const { leader } of after) counts.set(leader, (counts.get(leader) ?? 0) + 1);
  const four = after.filter(({ leader }) => {
    seen.set(leader, (seen.get(leader) ?? 0) + 1);
    return counts.get(leader)! >= 4 && seen.get(leader)! <= 4;
  });
  const item = at(clusterItems(study, design, cellsOfAnswers(study, design, four)), null, "leader");
  expectIcc(item, r.balanced);
  expect(item.clusterSize).toEqual({ mean: 4, cv: 0 });
});

describe("where there is no ICC", () => {
  const statusOf = (answers: typeof unitAnswers, level: "leader" | "unit" = "leader") => {
    const { icc, iccLow, status } = at(
      clusterItems(study, design, cellsOfAnswers(study, design, answers)),
      null,
      level,
    );
    expect([icc, iccLow]).toEqual([null, null]);
    return status;
  };

  test("a reason stands in its place", () => {
    const first = unitAnswers.filter(({ wave }) => wave === "after");
    const one = first.filter((answer, k) => first.findIndex(({ leader }) => leader === answer.leader) === k);
    expect(statusOf(one)).toBe("not-identified");
    expect(statusOf(first.map((answer) => ({ ...answer, y: 40 })))).toBe("no-variation");
    const unit = first.filter(({ leader }) => ["l1", "l2"].includes(leader));
    expect(statusOf(unit, "unit")).toBe("too-few-units");
    expect(statusOf(unit.filter(({ leader }) => leader === "l1"))).toBe("too-few-leaders");
    expect(statusOf(unitAnswers.filter(({ wave }) => wave === "before"))).toBe("no-data");
  });

  test("leaders that were drawn are the only level", () => {
    const own = { ...design, cluster: Int32Array.from(design.leaders.keys()), clusters: design.leaders.length };
    expect(new Set(clusterItems(study, own, cellsOf).map(({ level }) => level))).toEqual(new Set(["leader"]));
    expect(clusterItems(study, own, () => null)).toEqual([]);
  });
});
