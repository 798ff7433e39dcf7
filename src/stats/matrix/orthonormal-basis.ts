/** Part of a vector's length below which what is left of it outside a space is rounding. */
const spanTolerance = 1e-13;

const lengthOf = (vector: Float64Array): number => Math.hypot(...vector);

/** Takes the part in the space of an orthonormal basis (row-major) off a vector, in place, and adds it to `onto`. */
function project(basis: Float64Array, vector: Float64Array, onto: Float64Array): void {
  for (let s = 0, from = 0; from < basis.length; s++, from += vector.length) {
    let along = 0;
    for (let k = 0; k < vector.length; k++) along += basis[from + k]! * vector[k]!;
    for (let k = 0; k < vector.length; k++) vector[k]! -= along * basis[from + k]!;
    onto[s]! += along;
  }
}

/** Orthonormal basis (row-major) of the space that the vectors span: Gram–Schmidt, twice each. */
export function orthonormalBasis(vectors: readonly Float64Array[]): Float64Array {
  let basis = new Float64Array();
  for (const vector of vectors) {
    const rest = vector.slice();
    const along = new Float64Array(vectors.length);
    project(basis, rest, along);
    project(basis, rest, along);
    const length = lengthOf(rest);
    if (!(length > spanTolerance * lengthOf(vector))) continue;
    basis = Float64Array.of(...basis, ...rest.map((value) => value / length));
  }
  return basis;
}

/** Coordinates of a vector in an orthonormal basis; null where it does not lie in the space. */
export function coordinatesIn(basis: Float64Array, vector: Float64Array): Float64Array | null {
  const rest = vector.slice();
  const along = new Float64Array(vector.length === 0 ? 0 : basis.length / vector.length);
  project(basis, rest, along);
  project(basis, rest, along);
  return lengthOf(rest) <= spanTolerance * lengthOf(vector) ? along : null;
}
