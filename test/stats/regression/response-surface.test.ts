import { describe, expect, test } from "vitest";
import { type ResponseSurface, responseSurface } from "../../../src/stats/regression/response-surface.ts";
import { oracleRatings, pairedMeans, ratingAnswers, ratingWaves } from "../../estimation/oracle-ratings.ts";
import { expectClose } from "../../oracle/read.ts";

/** Squares of scores over a quadratic design: four digits of the double are lost on the way, in R as here. */
const quadratic = 1e-11;
/** Ten leaders have leverages up to 0.99, and CR2 divides by what is left of one. */
const nearSaturated = 1e-10;
/** A df is a ratio of sums of fourth powers of the same. */
const ofFourthPowers = 1e-9;

const centred = (values: Float64Array): Float64Array => values.map((value) => value - 50);
const inOrder = ({ coefficients, a1, a2, a3, a4, a5 }: ResponseSurface) => [...coefficients, a1, a2, a3, a4, a5];

describe("response surfaces equal lm with clubSandwich", () => {
  test.each(ratingWaves)("$name $wave", ({ name, wave }) => {
    const { intended, perceived, other } = pairedMeans(oracleRatings(name), wave);
    const r = ratingAnswers[name]!.waves[wave]!.surface;
    const surface = responseSurface(centred(intended), centred(perceived), other, 0.95)!;
    expectClose(surface.rSquared, r.r_squared, quadratic, "R²");
    for (const [k, parameter] of inOrder(surface).entries()) {
      const scale = Math.abs(r.estimate[k]!) + r.se[k]!;
      expect(Math.abs(parameter.estimate - r.estimate[k]!)).toBeLessThan(quadratic * scale);
      expectClose(parameter.se, r.se[k]!, nearSaturated, `se ${k}`);
      expectClose(parameter.df, r.df[k]!, ofFourthPowers, `df ${k}`);
      expect(Math.abs(parameter.low - r.low[k]!)).toBeLessThan(ofFourthPowers * scale);
      expect(Math.abs(parameter.high - r.high[k]!)).toBeLessThan(ofFourthPowers * scale);
    }
  });
});

test("x and y swapped flip a3 and a5 and leave the line of agreement", () => {
  const { intended, perceived, other } = pairedMeans(oracleRatings("sixty"), "after");
  const [x, y] = [centred(intended), centred(perceived)];
  const [one, swapped] = [responseSurface(x, y, other, 0.95)!, responseSurface(y, x, other, 0.95)!];
  for (const [name, sign] of [
    ["a1", 1],
    ["a2", 1],
    ["a3", -1],
    ["a4", 1],
    ["a5", -1],
  ] as const) {
    expectClose(swapped[name].estimate, sign * one[name].estimate, 1e-9, name);
    expectClose(swapped[name].se, one[name].se, 1e-9, `se of ${name}`);
  }
  expectClose(swapped.shape!.stationary.x, one.shape!.stationary.y, 1e-8);
});

test("the stationary point is level, and the first principal axis runs through it along the ridge", () => {
  const x = Float64Array.from({ length: 40 }, (_, k) => (k % 7) - 3);
  const y = Float64Array.from({ length: 40 }, (_, k) => ((k * 3) % 8) - 4);
  const z = x.map((value, k) => 5 - (value - y[k]! - 1) ** 2 - 0.1 * (value + y[k]! - 3) ** 2 + 1e-3 * Math.sin(k));
  const { shape } = responseSurface(x, y, z, 0.95)!;
  expectClose(shape!.stationary.x, 2, 1e-3);
  expectClose(shape!.stationary.y, 1, 1e-3);
  expectClose(shape!.firstAxis!.slope, 1, 1e-3);
  expectClose(shape!.firstAxis!.intercept, -1, 2e-3);
});

test.each([
  ["six leaders", 6, (k: number) => [k, k * k - 3, k % 2]],
  ["own answers that are all alike", 20, (k: number) => [1, k % 7, k % 5]],
  ["employees who always answer as the leader", 20, (k: number) => [k % 7, k % 7, k % 5]],
  ["an outcome that does not vary", 20, (k: number) => [k % 7, (k * 3) % 5, 4]],
  ["own answers of two values, whose square says nothing more", 20, (k: number) => [k % 2, k % 7, k % 5]],
] as const)("there is no surface of %s", (_, count, row) => {
  const rows = Array.from({ length: count }, (_, k) => row(k));
  const [x, y, z] = [0, 1, 2].map((at) => Float64Array.from(rows, (values) => values[at]!));
  expect(responseSurface(x!, y!, z!, 0.95)).toBeNull();
});
