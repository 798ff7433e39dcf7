/** Numbers modulo a prime below 2^26, so that every product is exact in a double. */
export const prime = 67_108_859;

const power = (base: number, exponent: number): number => {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
};

/** The inverse of a number that is not zero. */
export const inverse = (value: number): number => power(value, prime - 2);

/** Takes `factor` times `other` from `row`, in place. */
export const subtract = (row: Float64Array, other: Float64Array, factor: number): void => {
  for (let k = 0; k < row.length; k += 1) {
    const value = other[k]!;
    if (value !== 0) row[k] = (row[k]! + (prime - factor) * value) % prime;
  }
};

/** Divides a row by the number in one of its places, in place. */
export const divide = (row: Float64Array, place: number): void => {
  const factor = inverse(row[place]!);
  for (let k = 0; k < row.length; k += 1) row[k] = (row[k]! * factor) % prime;
};

/** The first place that is not zero; -1 where all are. */
export const leading = (row: Float64Array): number => row.findIndex((value) => value !== 0);
