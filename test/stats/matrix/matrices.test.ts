import fc from "fast-check";
import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from "ml-matrix";
import { expect, test } from "vitest";
import { choleskyDropping } from "../../../src/stats/matrix/cholesky.ts";
import { eigenWorkspace, symmetricEigen } from "../../../src/stats/matrix/eigen.ts";
import { invertPositive } from "../../../src/stats/matrix/small-matrix.ts";
import { lower } from "../../../src/stats/matrix/triangular.ts";

const entry = fc.integer({ min: -9, max: 9 });
/** Rows of a design of three to six columns, and its cross-product. */
const gram = fc
  .integer({ min: 3, max: 6 })
  .chain((order) => fc.array(fc.array(entry, { minLength: order, maxLength: order }), { minLength: 1, maxLength: 12 }))
  .map((rows) => {
    const x = new Matrix(rows);
    return { order: x.columns, product: x.transpose().mmul(x) };
  });

const packed = (matrix: Matrix): Float64Array => {
  const triangle = new Float64Array((matrix.rows * (matrix.rows + 1)) / 2);
  for (let i = 0; i < matrix.rows; i++) for (let j = 0; j <= i; j++) triangle[lower(i, j)] = matrix.get(i, j);
  return triangle;
};

test("eigenvalues equal ml-matrix, and the vectors put the matrix together again", () => {
  fc.assert(
    fc.property(gram, ({ order, product }) => {
      const room = eigenWorkspace(order);
      symmetricEigen(Float64Array.from(product.to1DArray()), order, room);
      const size = 1 + product.max();
      const oracle = new EigenvalueDecomposition(product, { assumeSymmetric: true }).realEigenvalues.toSorted(
        (a, b) => a - b,
      );
      for (const [k, value] of room.values.toSorted().entries())
        expect(Math.abs(value - oracle[k]!)).toBeLessThan(1e-11 * size);
      const vectors = Matrix.from1DArray(order, order, [...room.vectors]);
      const again = vectors
        .transpose()
        .mmul(Matrix.diag([...room.values]))
        .mmul(vectors);
      expect(Matrix.sub(again, product).abs().max()).toBeLessThan(1e-11 * size);
    }),
  );
});

test("the factor times its transpose is the matrix, over as many columns as it has rank", () => {
  fc.assert(
    fc.property(gram, ({ order, product }) => {
      const { factor, kept, dropped } = choleskyDropping(packed(product), order, 1e-10);
      expect(kept.length + dropped.length).toBe(order);
      const size = 1 + product.max();
      const column = (k: number): number[] =>
        Array.from({ length: kept.length }, (_, i) => (i >= k ? factor[lower(i, k)]! : 0));
      const l = new Matrix(kept.length, kept.length);
      for (let k = 0; k < kept.length; k++) l.setColumn(k, column(k));
      const chosen = [...kept];
      if (chosen.length > 0) {
        expect(Matrix.sub(l.mmul(l.transpose()), product.selection(chosen, chosen)).abs().max()).toBeLessThan(
          1e-11 * size,
        );
      }
      for (const { column: gone, coefficients } of dropped) {
        for (let i = 0; i < order; i++) {
          const spanned = coefficients.reduce((sum, weight, k) => sum + weight * product.get(i, chosen[k]!), 0);
          expect(Math.abs(spanned - product.get(i, gone))).toBeLessThan(1e-4 * size);
        }
      }
    }),
  );
});

test("of two collinear columns the later one goes, with what it is made of", () => {
  // Columns 1, x, 2x + 3, of rows x = 0, 1, 2.
  const x = new Matrix([
    [1, 0, 3],
    [1, 1, 5],
    [1, 2, 7],
  ]);
  const { kept, dropped } = choleskyDropping(packed(x.transpose().mmul(x)), 3, 1e-10);
  expect([...kept]).toEqual([0, 1]);
  expect(dropped.map(({ column }) => column)).toEqual([2]);
  expect(dropped[0]!.coefficients[0]).toBeCloseTo(3, 10);
  expect(dropped[0]!.coefficients[1]).toBeCloseTo(2, 10);
});

test("an inverse times its matrix is the identity, and there is none of a singular one", () => {
  fc.assert(
    fc.property(gram, ({ order, product }) => {
      const ridge = Matrix.add(product, Matrix.eye(order));
      const inverse = invertPositive(Float64Array.from(ridge.to1DArray()), order)!;
      const unit = Matrix.from1DArray(order, order, [...inverse.matrix]).mmul(ridge);
      expect(Matrix.sub(unit, Matrix.eye(order)).abs().max()).toBeLessThan(1e-9);
      const l = new CholeskyDecomposition(ridge).lowerTriangularMatrix;
      const determinant = l.diagonal().reduce((sum, value) => sum + 2 * Math.log(value), 0);
      expect(inverse.logDeterminant).toBeCloseTo(determinant, 9);
    }),
  );
  expect(invertPositive(Float64Array.of(1, 1, 1, 1), 2)).toBeNull();
});
