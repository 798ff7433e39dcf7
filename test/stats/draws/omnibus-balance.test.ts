import { describe, expect, test } from "vitest";
import { type DrawnUnits, omnibusBalance } from "../../../src/stats/draws/omnibus-balance.ts";
import { drawNormal } from "../../../src/stats/draws/random-draws.ts";
import { blockStream } from "../../../src/stats/draws/random-streams.ts";

const options = { seed: 20180601, draws: 999 };

/** Twelve units in two blocks, of which one holds twice as many of the second arm as the other. */
const units = (values: Float64Array, variables: number): DrawnUnits => ({
  values,
  variables,
  label: Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1),
  arms: 2,
  block: Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1),
});

const drawn = (seed: number, count: number): Float64Array => {
  const stream = blockStream(seed, 0);
  return Float64Array.from({ length: count }, () => drawNormal(stream));
};

describe("one test of all variables", () => {
  test("p is uniform where arms were drawn, whatever blocks differ by", () => {
    const values = drawn(1, 400 * 24);
    const found = Array.from({ length: 400 }, (_, k) => {
      const own = values.slice(24 * k, 24 * (k + 1)).map((value, at) => value + (at < 12 ? 50 : 0));
      return omnibusBalance(units(own, 2), options)!.p;
    });
    for (const level of [0.05, 0.25, 0.5, 0.75]) {
      const share = found.filter((p) => p <= level).length / found.length;
      expect(Math.abs(share - level), `${level}`).toBeLessThan(3.5 * Math.sqrt((level * (1 - level)) / found.length));
    }
  });

  test("arms that differ are found, and the same seed gives the same p", () => {
    const own = units(drawn(2, 24), 2);
    const apart = { ...own, values: own.values.map((value, at) => value + 8 * own.label[Math.floor(at / 2)]!) };
    expect(omnibusBalance(apart, options)!.p).toBeLessThan(0.02);
    expect(omnibusBalance(apart, options)).toEqual(omnibusBalance(apart, options));
  });

  test("another arm as reference, or a variable twice in another unit, changes nothing", () => {
    const own = units(drawn(3, 24), 2);
    const found = omnibusBalance(own, options)!;
    const swapped = omnibusBalance({ ...own, label: own.label.map((arm) => 1 - arm) }, options)!;
    const twice = Array.from({ length: 12 }, (_, unit) => {
      const [one, two] = own.values.slice(2 * unit, 2 * unit + 2) as unknown as [number, number];
      return [one, two, 32 + 1.8 * one];
    });
    const wider = omnibusBalance({ ...own, values: Float64Array.from(twice.flat()), variables: 3 }, options)!;
    for (const other of [swapped, wider]) {
      expect(other.statistic).toBeCloseTo(found.statistic, 9);
      expect(other.p).toBe(found.p);
      expect(other.df).toBe(2);
    }
  });

  test("what is missing is the block's mean, and where nothing varies there is no test", () => {
    const values = Float64Array.of(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, Number.NaN);
    const filled = values.map((value) => (Number.isNaN(value) ? 3 : value));
    expect(omnibusBalance(units(values, 1), options)).toEqual(omnibusBalance(units(filled, 1), options));
    const flat = new Float64Array(12).map((_, unit) => (unit < 6 ? 1 : 2));
    expect(omnibusBalance(units(flat, 1), options)).toBeNull();
  });
});
