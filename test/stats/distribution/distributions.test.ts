import { describe, expect, test } from "vitest";
import {
  chiSquareCritical,
  chiSquareUpper,
  fCritical,
  fUpper,
  normalCritical,
  normalTwoTail,
  tCritical,
  tTwoTail,
} from "../../../src/stats/distribution/distributions.ts";
import { equalProportions } from "../../../src/stats/trial/contingency.ts";
import { holm } from "../../../src/stats/trial/multiplicity.ts";
import { expectClose, expected } from "../../oracle/read.ts";

type Numbers<K extends string> = readonly Readonly<Record<K, number>>[];

const r = expected("distributions") as {
  readonly t: Numbers<"t" | "df" | "p">;
  readonly f: Numbers<"f" | "df1" | "df2" | "p">;
  readonly chi: Numbers<"x" | "df" | "p">;
  readonly normal: Numbers<"z" | "p">;
  readonly t_quantile: Numbers<"p" | "df" | "t">;
  readonly f_quantile: Numbers<"p" | "df1" | "df2" | "f">;
  readonly chi_quantile: Numbers<"p" | "df" | "x">;
  readonly normal_quantile: Numbers<"p" | "z">;
  readonly holm: readonly { readonly p: readonly number[]; readonly adjusted: readonly number[] }[];
  readonly tables: readonly {
    readonly n: number[];
    readonly events: number[];
    readonly test: string;
    readonly p: number;
  }[];
};

/** Relative, in the tail itself: a p of 1e-300 has as many right digits as one of 0.3. */
const tail = 1e-12;

describe("tails equal R", () => {
  test.each(r.t)("t $t on $df", ({ t, df, p }) => expectClose(tTwoTail(t, df), p, tail));
  test.each(r.f)("F $f on $df1 and $df2", ({ f, df1, df2, p }) => expectClose(fUpper(f, df1, df2), p, tail));
  test.each(r.chi)("χ² $x on $df", ({ x, df, p }) => expectClose(chiSquareUpper(x, df), p, tail));
  test.each(r.normal)("normal $z", ({ z, p }) => expectClose(normalTwoTail(z), p, tail));
});

describe("quantiles equal R", () => {
  test.each(r.t_quantile)("t $p on $df", ({ p, df, t }) => expectClose(tCritical(p, df), t, tail));
  test.each(r.f_quantile)("F $p on $df1 and $df2", ({ p, df1, df2, f }) =>
    expectClose(fCritical(p, df1, df2), f, tail),
  );
  test.each(r.chi_quantile)("χ² $p on $df", ({ p, df, x }) => expectClose(chiSquareCritical(p, df), x, tail));
  test.each(r.normal_quantile)("normal $p", ({ p, z }) => expectClose(normalCritical(p), z, tail));
});

test("t is normal at infinite df", () => {
  expect(tTwoTail(1.96, Number.POSITIVE_INFINITY)).toBe(normalTwoTail(1.96));
  expect(tTwoTail(0, 5)).toBe(1);
  expect(tTwoTail(Number.POSITIVE_INFINITY, 5)).toBe(0);
});

test.each(r.holm)("Holm of $p", ({ p, adjusted }) => {
  for (const [k, value] of holm(p).entries()) expectClose(value, adjusted[k]!, 1e-14);
});

test.each(r.tables)("equal shares by $test: $events of $n", ({ n, events, p }) => {
  const groups = n.map((size, k) => ({ n: size, events: events[k]! }));
  // Fisher's test sums exponentials of logarithms of factorials, R's χ² none.
  expectClose(equalProportions(groups), p, 1e-10);
});

test("equal shares need two groups, and are certain where nobody or everybody is lost", () => {
  expect(equalProportions([{ n: 5, events: 2 }])).toBeNull();
  expect(
    equalProportions([
      { n: 5, events: 2 },
      { n: 0, events: 0 },
    ]),
  ).toBeNull();
  expect(
    equalProportions([
      { n: 5, events: 0 },
      { n: 6, events: 0 },
    ]),
  ).toBe(1);
  expect(
    equalProportions([
      { n: 5, events: 5 },
      { n: 6, events: 6 },
    ]),
  ).toBe(1);
});
