import { expect, test } from "vitest";
import { changeArrows } from "../../../src/estimation/trial/change-arrows.ts";
import type { Cells } from "../../../src/stats/moments/moments.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { oracleStudy, surveys } from "../oracle-survey.ts";

interface RArrow {
  readonly arm: string;
  readonly leaders: number;
  readonly x: { readonly before: number; readonly after: number };
  readonly y: { readonly before: number; readonly after: number };
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
  readonly radius_squared: number;
}

const { arrows } = expected("ellipse") as { readonly arrows: readonly RArrow[] };

/** The first column of cells with one covariate, as an outcome of its own. */
function covariateAsOutcome(cells: Cells): Cells {
  const { n, leader, wave, dropped } = cells;
  const size = n.length;
  return {
    columns: ["outcome"],
    shift: cells.shift.slice(0, 1),
    leader,
    wave,
    n,
    dropped,
    sums: Float64Array.from({ length: size }, (_, c) => cells.sums[c * 2]!),
    products: Float64Array.from({ length: size }, (_, c) => cells.products[c * 3]!),
  };
}

/** Closed formulas on both sides; R goes by a QR decomposition of the rows. */
const tolerance = 1e-11;

const { study, design, cellsOf } = oracleStudy(surveys[0]!, {
  baseline: true,
  blocks: false,
  plan: { covariates: ["x2"] },
});
const outcome = study.plan.primary[0]!;
const x = cellsOf(outcome, "all")!;
const y = covariateAsOutcome(cellsOf(outcome, "complete")!);

test("arrows and ellipses equal a stacked regression in R", () => {
  const computed = changeArrows(study, design, x, y);
  expect(computed.map(({ arm, leaders }) => [arm, leaders])).toEqual(arrows.map(({ arm, leaders }) => [arm, leaders]));
  for (const [k, arrow] of computed.entries()) {
    for (const [when, wave] of [
      ["before", 0],
      ["after", Math.max(...x.wave)],
    ] as const) {
      const own = x.leader.filter((leader, c) => x.wave[c] === wave && x.n[c]! > 0 && design.arm[leader] === k);
      expect(arrow.leadersAt[when]).toBe(new Set(own).size);
    }
    const r = arrows[k]!;
    for (const axis of ["x", "y"] as const) {
      expectClose(arrow[axis].before, r[axis].before, tolerance, `${axis} before`);
      expectClose(arrow[axis].after, r[axis].after, tolerance, `${axis} after`);
    }
    for (const part of ["xx", "xy", "yy"] as const) expectClose(arrow.ellipse?.[part], r[part], tolerance, part);
    expectClose(arrow.ellipse?.radiusSquared, r.radius_squared, tolerance, "radius");
  }
});

test("an arm of three leaders has an arrow without an ellipse, an arm without answers none", () => {
  const few = (cells: Cells, keep: number): Cells => {
    const inArm = cells.leader.map((leader) => (design.arm[leader] === 1 ? leader : -1));
    const kept = new Set([...new Set(inArm)].filter((leader) => leader >= 0).slice(0, keep));
    return {
      ...cells,
      n: cells.n.map((n, c) => (inArm[c]! < 0 || kept.has(inArm[c]!) ? n : 0)),
      sums: cells.sums.map((sum, c) => (inArm[c]! < 0 || kept.has(inArm[c]!) ? sum : 0)),
    };
  };
  const three = changeArrows(study, design, few(x, 3), few(y, 3)).find(({ arm }) => arm === "a")!;
  expect([three.leaders, three.ellipse]).toEqual([3, null]);
  expect(changeArrows(study, design, few(x, 0), few(y, 0)).map(({ arm }) => arm)).toEqual(["control", "b", "c"]);
});

test("without a baseline there is no arrow", () => {
  const waves = study.waves.map((wave) => ({ ...wave, baseline: false }));
  expect(changeArrows({ ...study, waves }, design, x, y)).toEqual([]);
});
