import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/study/study.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { type OracleSurvey, oracleEffects } from "../oracle-survey.ts";

interface RRows {
  readonly name: readonly string[];
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly p: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

interface REventTime {
  readonly n: number;
  readonly leaders: number;
  readonly effects: RRows;
  readonly fade_out: RRows;
  readonly joint: Readonly<Record<string, { readonly f: number; readonly df2: number; readonly p: number }>>;
}

const answers = expected("event-time") as Readonly<Record<string, REventTime>>;

/** R solves with one dummy per leader where here their means are taken off; both lose the last digits. */
const tolerance = 1e-11;

const three = ["control", "a", "b"];
const four = ["before", "spring", "summer", "autumn"];
const cases: readonly (OracleSurvey & {
  readonly r: string;
  readonly waves: readonly string[];
  readonly plan?: Partial<Plan>;
})[] = [
  { r: "pairs", name: "pairs", arms: ["control", "a"], wave: "later", waves: ["before", "after", "later"] },
  { r: "seasons", name: "seasons", arms: three, wave: "autumn", waves: four },
  {
    ...{ r: "seasons_adjusted", name: "seasons", arms: three, wave: "autumn", waves: four },
    plan: { covariates: ["x1", "x2"], differenceInDifferences: { blocks: false, covariates: true } },
  },
  { r: "gaps", name: "gaps", arms: three, wave: "later", waves: ["before", "after", "later"] },
];

type Numbers = Readonly<Record<"estimate" | "se" | "df" | "p" | "low" | "high", number | null>>;

function expectRow(row: Numbers, r: RRows, name: string): void {
  const at = r.name.indexOf(name);
  for (const key of ["estimate", "se", "df", "p", "low", "high"] as const) {
    // Of what is near zero the error is judged against the standard error.
    const size = Math.max(Math.abs(r[key][at]!), key === "df" || key === "p" ? 0 : r.se[at]!);
    expectClose(row[key]! / size, r[key][at]! / size, tolerance, `${key} of ${name}`);
  }
}

describe.each(cases)("the event study of $r", (one) => {
  const effects = () =>
    oracleEffects(one, {
      baseline: true,
      blocks: false,
      waves: one.waves,
      plan: { robustness: ["event-time"], ...one.plan },
    });
  const r = answers[one.r]!;

  test("has R's effect of every arm at every wave", async () => {
    const rows = (await effects()).estimates.filter((row) => row.estimator === "event-time");
    expect(rows.map((row) => `${row.wave}_${row.arm}`)).toEqual(r.effects.name);
    for (const row of rows) {
      expect([row.status, row.respondents, row.leaders]).toEqual(["estimated", r.n, r.leaders]);
      expectRow(row, r.effects, `${row.wave}_${row.arm}`);
    }
  });

  test("has R's change since the first follow-up wave", async () => {
    const { fadeOut } = await effects();
    expect(fadeOut.map((row) => `${row.to}_${row.arm}`)).toEqual(r.fade_out.name);
    for (const row of fadeOut) {
      expect([row.status, row.from]).toEqual(["estimated", one.waves[1]]);
      expectRow(row, r.fade_out, `${row.to}_${row.arm}`);
    }
  });

  test("has R's joint test of the arms at every wave", async () => {
    const tests = (await effects()).jointTests.filter((row) => row.estimator === "event-time");
    expect(tests.map((row) => row.wave)).toEqual(one.waves.slice(1));
    for (const row of tests) {
      const joint = r.joint[row.wave]!;
      expect([row.status, row.df1]).toEqual(["estimated", one.arms.length - 1]);
      expectClose(row.f, joint.f, tolerance, "F");
      expectClose(row.df2, joint.df2, tolerance, "df");
      expectClose(row.p, joint.p, tolerance, "p");
    }
  });
});
