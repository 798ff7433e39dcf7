import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  calibrateUnits,
  type UnitCalibration,
  unitCalibrationTable,
} from "../../../pipelines/design/unit-calibration.ts";

const calibration = JSON.parse(readFileSync("data/calibration-units.json", "utf8")) as UnitCalibration;
const { cells } = calibration;

/** Of a rate that is exactly at 5 %; 3.3 of them are exceeded by chance in about one of a thousand. */
const beyondChance = (replications: number): number => 3.3 * Math.sqrt((0.05 * 0.95) / replications);

describe("the committed calibration of whole units", () => {
  it("is complete, and is the table beside it", () => {
    expect(cells.map(({ units, replications }) => [units, replications])).toEqual([
      [6, 2000],
      [12, 2000],
      [20, 2000],
    ]);
    expect(readFileSync("data/calibration-units.md", "utf8")).toBe(unitCalibrationTable(calibration));
  });

  it("holds the level by unit, and is far from it by leader", () => {
    for (const { units, replications, rejectedByUnit, rejectedByLeader, meanDf } of cells) {
      expect(Math.abs(rejectedByUnit - 0.05)).toBeLessThan(beyondChance(replications));
      expect(rejectedByLeader).toBeGreaterThan(0.15);
      expect(meanDf).toBeCloseTo(units - 2, 6);
    }
  });

  it("covers the effect where it lies on a bound as often as it says, and elsewhere more often", () => {
    for (const { replications, coveredOnBound, coveredAtRandom } of cells) {
      expect(Math.abs(coveredOnBound - 0.95)).toBeLessThan(beyondChance(replications));
      expect(coveredAtRandom).toBeGreaterThanOrEqual(0.95);
    }
  });
});

describe("the committed coverage of Lee's bounds for employees who do not answer", () => {
  const { response } = calibration;

  it("is complete, for units and for leaders", () => {
    expect(response.cells.map(({ unitsPerArm, leadersPerUnit }) => [unitsPerArm, leadersPerUnit])).toEqual([
      [6, 4],
      [12, 4],
      [20, 4],
      [6, 1],
      [12, 1],
      [20, 1],
    ]);
    expect(response.cells.every(({ replications }) => replications === 4000)).toBe(true);
  });

  it("is 95 % where the effect lies on a bound, with and without an effect, and more where it lies inside", () => {
    for (const { unitsPerArm, replications, covered } of response.cells) {
      const { highest, lowest, farApart, alike, byChance, betweenScores } = covered;
      for (const share of [highest, lowest, farApart]) expect(share).toBeGreaterThan(0.95 - beyondChance(replications));
      expect(betweenScores).toBeGreaterThan(0.94 - beyondChance(replications));
      for (const share of [alike, byChance]) expect(share).toBeGreaterThan(0.98);
      // As short as it may be, where there are units enough.
      if (unitsPerArm === 20) for (const share of [highest, lowest, farApart]) expect(share).toBeLessThan(0.97);
    }
  });
});

it("comes out the same again, with intervals about the bounds and not about the answers", async () => {
  const [once, again] = [await calibrateUnits(60), await calibrateUnits(60)];
  expect(again).toEqual(once);
  for (const { rejectedByUnit, rejectedByLeader, coveredOnBound } of once.cells) {
    expect(rejectedByLeader).toBeGreaterThan(rejectedByUnit);
    expect(coveredOnBound).toBeGreaterThan(0.8);
  }
  for (const { covered } of once.response.cells)
    for (const share of Object.values(covered)) expect(share).toBeGreaterThan(0.85);
});
