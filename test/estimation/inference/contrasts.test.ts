import { expect, test } from "vitest";
import { expectClose, expected } from "../../oracle/read.ts";
import { oracleEffects } from "../oracle-survey.ts";

interface RContrasts {
  readonly pair: readonly string[];
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly p: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly joint: { readonly f: number; readonly df1: number; readonly df2: number; readonly p: number };
}

const answers = expected("contrasts") as Readonly<Record<string, RContrasts>>;

/** The same small matrices on both sides; what is left is their conditioning, and fifteen stored digits. */
const tolerance = 1e-11;

const cases = [
  { name: "forty", arms: ["control", "a", "b", "c"], wave: "after", blocks: true },
  { name: "seasons", arms: ["control", "a", "b"], wave: "autumn", blocks: true },
  { name: "gaps", arms: ["control", "a", "b"], wave: "after", blocks: false },
];

test.each(cases)("arm against arm and all arms at once, $name", async (one) => {
  const r = answers[one.name]!;
  const { estimates, contrasts, jointTests } = await oracleEffects(one, {
    baseline: true,
    blocks: one.blocks,
    plan: {},
  });
  expect(contrasts.map((row) => `${row.arm} ${row.reference}`)).toEqual(r.pair);
  for (const [k, row] of contrasts.entries()) {
    expect([row.status, row.estimator, row.pAdjusted]).toEqual(["estimated", "ancova", null]);
    for (const key of ["estimate", "se", "df", "p", "low", "high"] as const) {
      const size = Math.max(Math.abs(r[key][k]!), key === "df" || key === "p" ? 0 : r.se[k]!);
      expectClose(row[key]! / size, r[key][k]! / size, tolerance, `${key} of ${row.id}`);
    }
  }
  expect(new Set([...estimates, ...contrasts].map((row) => row.id)).size).toBe(estimates.length + contrasts.length);
  const [joint] = jointTests;
  expect([jointTests.length, joint?.status, joint?.df1]).toEqual([1, "estimated", r.joint.df1]);
  expectClose(joint?.f, r.joint.f, tolerance, "F");
  expectClose(joint?.df2, r.joint.df2, tolerance, "df");
  expectClose(joint?.p, r.joint.p, tolerance, "p");
});
