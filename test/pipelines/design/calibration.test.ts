import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Calibration, type CalibrationCell, calibrationTable } from "../../../pipelines/design/calibration.ts";

const calibration = JSON.parse(readFileSync("data/calibration.json", "utf8")) as Calibration;
const { cells, level } = calibration;
const nulls = cells.filter(({ effect }) => effect === 0);
const of = (estimator: CalibrationCell["estimator"]) => nulls.filter((cell) => cell.estimator === estimator);

/** Of a rate that is exactly at the level. */
const standardError = ({ replications }: CalibrationCell): number => Math.sqrt((level * (1 - level)) / replications);

describe("the committed calibration", () => {
  it("is complete: every estimator, number of leaders and ICC, under the null and with an effect", () => {
    const places = cells.map((cell) => [cell.estimator, cell.leaders, cell.icc, cell.effect > 0].join(" "));
    expect(new Set(places).size).toBe(3 * 4 * 3 * 2);
    expect(places).toHaveLength(3 * 4 * 3 * 2);
    for (const { estimator, replications, estimated } of cells) {
      expect(replications).toBeGreaterThanOrEqual(estimator === "wild-bootstrap" ? 1000 : 2000);
      expect(estimated).toBe(replications);
    }
  });

  it("is the table beside it", () => {
    expect(readFileSync("data/calibration.md", "utf8")).toBe(calibrationTable(calibration));
  });

  it.each(["ancova", "wild-bootstrap"] as const)(
    "%s holds its level in every cell, within simulation error",
    (name) => {
      // Twelve cells: 3.3 standard errors is exceeded by chance in about one table of a hundred.
      for (const cell of of(name)) expect(Math.abs(cell.rejected.rate - level)).toBeLessThan(3.3 * standardError(cell));
    },
  );

  it("the mixed model is nowhere liberal, holds its level where leaders differ, and is careful where they differ little", () => {
    for (const cell of of("mixed")) {
      const off = cell.rejected.rate - level;
      expect(off).toBeLessThan(3.3 * standardError(cell));
      if (cell.icc === 0.2) expect(off).toBeGreaterThan(-3.3 * standardError(cell));
      if (cell.icc === 0) expect(off).toBeLessThan(0);
      // A variance at its bound costs care, not the power to find anything.
      const found = cells.find(
        (one) => one.effect > 0 && one.estimator === "mixed" && one.leaders === cell.leaders && one.icc === cell.icc,
      );
      expect(found!.rejected.rate).toBeGreaterThan(0.73);
    }
  });

  it("has intervals that cover as often as the tests do not reject", () => {
    for (const cell of nulls) expect(cell.covered.rate).toBeCloseTo(1 - cell.rejected.rate, 2);
  });

  it("has estimates without bias", () => {
    // 36 cells with and 36 without effect: 4 standard errors of the mean.
    for (const { biasInErrors } of cells) expect(Math.abs(biasInErrors ?? Number.NaN)).toBeLessThan(4);
  });

  it("finds as often as the formula says, within simulation error", () => {
    const found = cells.filter(({ effect, estimator }) => effect > 0 && estimator === "ancova");
    for (const { rejected, formula } of found) {
      expect(formula).toBeCloseTo(0.8, 6);
      expect(Math.abs(rejected.rate - formula)).toBeLessThan(3.3 * Math.sqrt((0.8 * 0.2) / 2000));
    }
  });
});
