import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { polychoricMatrix } from "../../../src/stats/measurement/polychoric-matrix.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { itemRows, itemTables } from "./item-tables.ts";

interface RPolychoric {
  /** As psych prints it, and with psych's optimiser run to the end. */
  readonly psych: readonly number[];
  readonly rho: readonly number[];
}
const answers = expected("ordinal") as Readonly<Record<string, RPolychoric>>;

/** R's optimize compares values of the likelihood, which is flat to 1e-16 of itself within √1e-16 of its top. */
const top = 1e-7;
/** psych leaves optimize at its default tolerance of 1.2e-4. */
const stoppingPoint = 1.3e-4;

const categories: Readonly<Record<string, number>> = { "ordinal-seven": 7, "ordinal-two": 2 };
const tablesOf = (name: string) => {
  const rows = itemRows(name);
  return itemTables(rows, rows[0]!.length, categories[name] ?? 5);
};

describe("polychoric correlations equal those of psych", () => {
  test.each(Object.keys(answers).filter((name) => name !== "made_with"))("%s", (name) => {
    const { psych, rho } = answers[name]!;
    const { correlation, smoothed } = polychoricMatrix(tablesOf(name))!;
    for (const [k, value] of correlation.entries()) {
      expect(Math.abs(value - rho[k]!), `element ${k}: ${value} ${rho[k]}`).toBeLessThan(top);
      expect(Math.abs(value - psych[k]!), `element ${k}, psych`).toBeLessThan(stoppingPoint);
    }
    expect(smoothed).toBe(name === "ordinal-apart");
  });
});

const survey = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
  {
    minLength: 4,
    maxLength: 60,
  },
);

test("any answers have correlations within −1 and 1, or none", () => {
  fc.assert(
    fc.property(survey, (rows) => {
      const found = polychoricMatrix(itemTables(rows, 3, 5));
      for (const value of found?.correlation ?? []) expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});

test("two answers each: the closed form of equal halves", () => {
  const both = (n: number, a: number, b: number) => Array.from({ length: n }, () => [a, b]);
  const rows = [...both(40, 1, 1), ...both(10, 1, 2), ...both(10, 2, 1), ...both(40, 2, 2)];
  const { correlation } = polychoricMatrix(itemTables(rows, 2, 2))!;
  expectClose(correlation[1], Math.sin(2 * Math.PI * (0.4 - 0.25)), 1e-12);
});

test("turning an item turns its correlations", () => {
  const rows = itemRows("ordinal-five");
  const turned = rows.map(([first, ...rest]) => [first == null ? null : 6 - first, ...rest]);
  const [plain, other] = [rows, turned].map((some) => polychoricMatrix(itemTables(some, 4, 5))!.correlation);
  for (const at of [1, 2, 3]) expectClose(other![at], -plain![at]!, 1e-10);
  expectClose(other![6], plain![6]!, 1e-12);
});

describe("where it should fail", () => {
  const rows = itemRows("ordinal-five");
  const of = (some: readonly (readonly (number | null)[])[]) =>
    polychoricMatrix(itemTables(some, some[0]?.length ?? 2, 5));

  test("nobody, one respondent, an item that all answer alike or nobody was asked", () => {
    expect(of([])).toBeNull();
    expect(of([[3, 4, 2]])).toBeNull();
    expect(of(rows.map(([, ...rest]) => [3, ...rest]))).toBeNull();
    expect(of(rows.map(([, ...rest]) => [null, ...rest]))).toBeNull();
  });
  test("two items that nobody answered together", () => {
    expect(of(rows.map(([a, b, c, d], k) => (k % 2 ? [a!, null, c!, d!] : [null, b!, c!, d!])))).toBeNull();
  });
  test("an item that repeats another goes to the bound, and the matrix is made positive definite", () => {
    const { correlation } = of(rows.map(([a, b, c]) => [a!, b!, c!, a!]))!;
    expect(correlation[3]).toBeGreaterThan(0.999);
    expect(correlation.every(Number.isFinite)).toBe(true);
  });
  test("a category that nobody chose changes nothing", () => {
    const spread = itemTables(
      rows.map((row) => row.map((a) => (a === null ? null : a > 2 ? a + 1 : a))),
      4,
      6,
    );
    const plain = of(rows)!.correlation;
    for (const [k, value] of polychoricMatrix(spread)!.correlation.entries()) expectClose(value, plain[k]!, 1e-10);
  });
});
