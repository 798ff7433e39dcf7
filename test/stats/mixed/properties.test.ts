import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MixedModelSpec, mixedModel, mixedModelAt, type Variances } from "../../../src/stats/mixed/model.ts";
import { mergeCells } from "../../../src/stats/moments/merge-cells.ts";
import { modelRows } from "../../../src/stats/moments/model-rows.ts";
import type { Cells } from "../../../src/stats/moments/moments.ts";
import { leastSquares } from "../../../src/stats/regression/least-squares.ts";

interface Row {
  readonly leader: number;
  readonly wave: number;
  readonly x: number;
  readonly y: number;
}

const structures = ["leader", "leader × wave", "class"] as const;
type Structure = (typeof structures)[number];

const leaders = 12;
/** Every third leader is untrained; the others sit in classes of two to four. */
const trained = (leader: number): boolean => leader % 3 > 0;
const classOf = (leader: number): number => (trained(leader) ? Math.floor(Math.sqrt(leader)) : -1);

const team = fc.array(
  fc.record({ wave: fc.constantFrom(0, 1), x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 100 }) }),
  { minLength: 2, maxLength: 6 },
);
const survey: fc.Arbitrary<readonly Row[]> = fc
  .array(team, { minLength: leaders, maxLength: leaders })
  .map((teams) => teams.flatMap((team, leader) => team.map((row) => ({ leader, ...row }))));

function cellsOf(rows: readonly Row[]): Cells {
  const keys = [...new Set(rows.map(({ leader, wave }) => leader * 2 + wave))];
  const cells = keys.map((key) => rows.filter(({ leader, wave }) => leader * 2 + wave === key));
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  return {
    columns: ["x", "y"],
    shift: Float64Array.of(0, 0),
    leader: Int32Array.from(keys, (key) => key >> 1),
    wave: Int32Array.from(keys, (key) => key & 1),
    n: Float64Array.from(cells, (cell) => cell.length),
    sums: Float64Array.from(cells.flatMap((cell) => [total(cell.map(({ x }) => x)), total(cell.map(({ y }) => y))])),
    products: Float64Array.from(
      cells.flatMap((cell) => [
        total(cell.map(({ x }) => x * x)),
        total(cell.map(({ x, y }) => x * y)),
        total(cell.map(({ y }) => y * y)),
      ]),
    ),
    dropped: 0,
  };
}

function questionOf(cells: Cells, structure: Structure): MixedModelSpec {
  const ofCell = (name: string, value: (c: number) => number) =>
    ({ name, kind: "numbers", values: Float64Array.from(cells.leader, (_, c) => value(c)) }) as const;
  const rows = modelRows({
    cells,
    cluster: cells.leader,
    clusters: leaders,
    columns: [
      ofCell("(intercept)", () => 1),
      { name: "x", kind: "row", column: 0 },
      ofCell("wave", (c) => cells.wave[c]!),
      ofCell("trained", (c) => Number(trained(cells.leader[c]!))),
    ],
    level: "rows",
  });
  const fit = leastSquares(rows);
  const groups = structure === "class" ? classOf : (leader: number): number => leader;
  return {
    fit,
    counts: rows.counts,
    effects: {
      inner: structure === "leader × wave" ? "cell" : "cluster",
      outer: structure === "leader" ? null : Int32Array.from({ length: leaders }, (_, leader) => groups(leader)),
    },
    likelihood: "REML",
    contrasts: fit.columns.includes("trained")
      ? [Float64Array.from(fit.columns, (name) => Number(name === "trained"))]
      : [],
  };
}

/** Digits lost by adding up in another order, magnified by a design of twelve leaders. */
const rounding = 1e-8;

function expectNear(actual: number, wanted: number, scale: number): void {
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(rounding * scale);
}

/** Everything that a model says at given variances, and the least deviance; `scale` is that of the outcome. */
function same(one: MixedModelSpec, other: MixedModelSpec, scale: number): void {
  const given: Variances = { residual: 150, inner: 40, outer: 25 };
  const square = scale * scale;
  const scaled = { residual: 150 * square, inner: 40 * square, outer: 25 * square };
  const a = mixedModelAt(one, given);
  const b = mixedModelAt(other, scaled);
  expect(b.status).toBe(a.status);
  const rows = one.fit.observations - one.fit.coefficients.length;
  const shift = rows * Math.log(square);
  if (a.status === "estimated" && b.status === "estimated") {
    expectNear(b.deviance - shift, a.deviance, 1 + Math.abs(a.deviance));
    a.contrasts.forEach((contrast, k) => {
      const { estimate, satterthwaite, kenwardRoger } = b.contrasts[k]!;
      const size = Math.abs(scale) * (1 + Math.abs(contrast.estimate));
      expectNear(estimate, scale * contrast.estimate, size);
      expectNear(satterthwaite.variance, square * contrast.satterthwaite.variance, square * 100);
      expectNear(kenwardRoger.variance, square * contrast.kenwardRoger.variance, square * 100);
      expectNear(kenwardRoger.df, contrast.kenwardRoger.df, 100 * contrast.kenwardRoger.df);
    });
  }
  const [free, freeOther] = [mixedModel(one), mixedModel(other)];
  expect(freeOther.status).toBe(free.status);
  if (free.status === "estimated" && freeOther.status === "estimated") {
    expectNear(freeOther.deviance - shift, free.deviance, 100);
    // The deviance is flat at its minimum: half its digits are those of the variances.
    expect(Math.abs(freeOther.inner.share - free.inner.share)).toBeLessThan(1e-4);
    expect(Math.abs((freeOther.outer?.share ?? 0) - (free.outer?.share ?? 0))).toBeLessThan(1e-4);
    expect(Math.abs(freeOther.residual.variance / square / free.residual.variance - 1)).toBeLessThan(1e-4);
  }
}

describe.each(structures)("a mixed model by %s does not depend on", (structure) => {
  test("how the rows were split before they were added up", () => {
    fc.assert(
      fc.property(survey, (rows) => {
        const [even, odd] = [0, 1].map((half) => cellsOf(rows.filter((_, k) => k % 2 === half)));
        same(questionOf(cellsOf(rows), structure), questionOf(mergeCells([odd!, even!]), structure), 1);
      }),
      { numRuns: 60 },
    );
  });

  test("the order of leaders, or what unit the outcome has", () => {
    fc.assert(
      fc.property(survey, fc.constantFrom(0.1, 1, -2, 30), fc.constantFrom(0, -70, 400), (rows, scale, shift) => {
        // Leaders 0 and 3 (untrained), 4 and 5 (of one class) change places.
        const places = [3, 1, 2, 0, 5, 4, 6, 7, 8, 9, 10, 11];
        const other = rows.map((row) => ({ ...row, leader: places[row.leader]!, y: scale * row.y + shift }));
        same(questionOf(cellsOf(rows), structure), questionOf(cellsOf(other.toReversed()), structure), scale);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a component of zero is none", () => {
  const expectSame = (one: ReturnType<typeof mixedModelAt>, other: ReturnType<typeof mixedModelAt>): void => {
    if (one.status !== "estimated" || other.status !== "estimated") return;
    expectNear(one.deviance, other.deviance, Math.abs(other.deviance));
    one.contrasts.forEach(({ estimate, satterthwaite }, k) => {
      expectNear(estimate, other.contrasts[k]!.estimate, 1 + Math.abs(estimate));
      expectNear(satterthwaite.variance, other.contrasts[k]!.satterthwaite.variance, 100);
    });
  };

  test("of classes, or of the waves of a leader", () => {
    fc.assert(
      fc.property(survey, (rows) => {
        const cells = cellsOf(rows);
        const alone = mixedModelAt(questionOf(cells, "leader"), { residual: 150, inner: 40, outer: 0 });
        const classes = mixedModelAt(questionOf(cells, "class"), { residual: 150, inner: 40, outer: 0 });
        const waves = mixedModelAt(questionOf(cells, "leader × wave"), { residual: 150, inner: 0, outer: 40 });
        expectSame(classes, alone);
        expectSame(waves, alone);
      }),
      { numRuns: 60 },
    );
  });
});
