import { expect, it } from "vitest";
import { drawsFor } from "../../../src/estimation/design/draws.ts";
import type { LeastSquares } from "../../../src/stats/regression/least-squares.ts";

const model = (leaders: number, columns: number) =>
  ({ start: new Int32Array(leaders + 1), coefficients: new Float64Array(columns) }) as unknown as LeastSquares;

it.each([
  [20, 4, 9999],
  [2000, 100, 9999],
  [2001, 100, 999],
  [200_000, 2, 999],
])(
  "a model of %i leaders and %i columns is drawn so often that p has the digits it is worth",
  (leaders, columns, draws) => {
    expect(drawsFor(model(leaders, columns))).toBe(draws);
  },
);
