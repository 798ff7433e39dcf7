import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  factorInvariance,
  type GroupFactor,
  type InvarianceFit,
  invarianceLevels,
} from "../../../src/stats/measurement/confirmatory-factor.ts";
import type { GroupMoments } from "../../../src/stats/measurement/factor-moments.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";

interface RLevel {
  readonly measures: Readonly<Record<"chisq" | "df" | "pvalue" | "cfi" | "tli" | "rmsea", number>>;
  readonly groups: Readonly<Record<string, GroupFactor & { readonly n: number }>>;
}
const answers = expected("invariance") as Readonly<Record<string, Readonly<Record<string, RLevel>>>>;
const names = ["cfa-two", "cfa-four", "cfa-turned", "cfa-misfit", "cfa-three", "cfa-heywood"];

/** lavaan stops at a relative gain of 1e-10 in −log L; that is what its fit measures differ by. */
const stoppingPoint = 1e-7;
/** A χ² that is 1e-8 off its minimum leaves the parameters √1e-8 of a standard error off theirs. */
const ofParameters = 1e-4;
const rounding = 1e-9;

const momentsOf = (rows: readonly (readonly number[])[]): GroupMoments => {
  const n = rows.length;
  const items = rows[0]!.map((_, i) => i);
  const means = items.map((i) => rows.reduce((sum, row) => sum + row[i]!, 0) / n);
  const covariance = items.flatMap((i) =>
    items.map((j) => rows.reduce((sum, row) => sum + (row[i]! - means[i]!) * (row[j]! - means[j]!), 0) / n),
  );
  const pattern = { n, items: Int32Array.from(items), means: Float64Array.from(means) };
  return { patterns: [{ ...pattern, covariance: Float64Array.from(covariance) }] };
};

function groupsOf(name: string): { readonly groups: readonly GroupMoments[]; readonly order: number } {
  const rows = input(name);
  const items = Object.keys(rows[0]!).slice(1);
  const ids = [...new Set(rows.map(({ group }) => group!))];
  const groups = ids.map((id) =>
    momentsOf(rows.filter(({ group }) => group === id).map((row) => items.map((item) => Number(row[item])))),
  );
  return { groups, order: items.length };
}

const fits = (groups: readonly GroupMoments[], order: number): readonly InvarianceFit[] =>
  factorInvariance(groups, order).map((fit) => {
    if (typeof fit === "string") throw new Error(fit);
    return fit;
  });

describe("one factor in several groups equals lavaan", () => {
  test.each(names)("%s", (name) => {
    const { groups, order } = groupsOf(name);
    const found = fits(groups, order);
    for (const [k, level] of invarianceLevels.entries()) {
      const fit = found[k]!;
      const { measures, groups: wanted } = answers[name]![level]!;
      expect(fit.df).toBe(measures.df);
      expect(Math.abs(fit.chiSquared - measures.chisq)).toBeLessThan(stoppingPoint);
      expect(fit.chiSquared, "no worse an optimum").toBeLessThan(measures.chisq + rounding);
      expectClose(fit.cfi, measures.cfi, stoppingPoint, "CFI");
      expectClose(fit.tli, measures.tli, stoppingPoint, "TLI");
      expectClose(fit.rmsea, measures.rmsea, stoppingPoint, "RMSEA");
      if (fit.df === 0) expect(fit.p).toBeNull();
      else expect(Math.abs(fit.p! - measures.pvalue)).toBeLessThan(stoppingPoint);
      for (const [g, r] of Object.values(wanted).entries()) {
        const group = fit.groups[g]!;
        for (const part of ["loadings", "intercepts", "residuals"] as const)
          for (const [i, value] of r[part].entries())
            expectClose(group[part][i], value, ofParameters, `${level} ${part}`);
        expect(Math.abs(group.mean - r.mean)).toBeLessThan(ofParameters);
        expectClose(group.variance, r.variance, ofParameters, "variance");
      }
    }
  });

  test("a residual variance below zero is reported, not bounded", () => {
    const { groups, order } = groupsOf("cfa-heywood");
    expect(Math.min(...fits(groups, order)[0]!.groups.flatMap(({ residuals }) => residuals))).toBeLessThan(0);
  });
});

const shape = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  groups: fc.integer({ min: 2, max: 4 }),
  items: fc.integer({ min: 3, max: 6 }),
});

/** Answers on a scale of five, made by one factor that the groups do not share exactly. */
function surveyOf({ seed, groups, items }: { seed: number; groups: number; items: number }): number[][][] {
  const draw = normalStream(seed);
  return Array.from({ length: groups }, (_, g) => {
    const loadings = Array.from({ length: items }, () => 0.9 + 0.2 * draw());
    return Array.from({ length: 40 + 30 * g }, () => {
      const trait = draw() + 0.2 * g;
      return loadings.map((loading) => Math.min(5, Math.max(1, Math.round(3 + loading * trait + 0.7 * draw()))));
    });
  });
}

/** Normal draws by Box and Muller from the generator of Park and Miller. */
function normalStream(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const fitOf = (survey: readonly (readonly (readonly number[])[])[]) =>
  factorInvariance(survey.map(momentsOf), survey[0]![0]!.length).map((fit) =>
    typeof fit === "string" ? fit : { chiSquared: fit.chiSquared, df: fit.df, cfi: fit.cfi, rmsea: fit.rmsea },
  );

/** χ² is the difference of two numbers of thousands. RMSEA is a root, so near 0 it has half the digits. */
const [ofChiSquared, ofRmsea] = [1e-8, 1e-5];

function expectSameFit(actual: ReturnType<typeof fitOf>, wanted: ReturnType<typeof fitOf>): void {
  for (const [k, fit] of actual.entries()) {
    const other = wanted[k]!;
    if (typeof fit === "string" || typeof other === "string") {
      expect(fit).toEqual(other);
      continue;
    }
    expect(fit.df).toBe(other.df);
    expect(Math.abs(fit.chiSquared - other.chiSquared)).toBeLessThan(ofChiSquared);
    expect(Math.abs(fit.cfi - other.cfi)).toBeLessThan(ofChiSquared);
    expect(Math.abs(fit.rmsea - other.rmsea)).toBeLessThan(ofRmsea);
  }
}

describe("the fit does not depend on", () => {
  test("the order of the groups, nor which comes first", () => {
    fc.assert(
      fc.property(shape, (made) => {
        const survey = surveyOf(made);
        expectSameFit(fitOf([...survey].reverse()), fitOf(survey));
      }),
      { numRuns: 30 },
    );
  });

  test("the order of the items, nor which one gives the unit", () => {
    fc.assert(
      fc.property(shape, (made) => {
        const survey = surveyOf(made);
        expectSameFit(fitOf(survey.map((rows) => rows.map((row) => [...row].reverse()))), fitOf(survey));
      }),
      { numRuns: 30 },
    );
  });

  test("the origin and the unit of an item, the same in all groups", () => {
    fc.assert(
      fc.property(
        shape,
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        (made, shift, unit) => {
          const survey = surveyOf(made);
          const changed = survey.map((rows) => rows.map(([first, ...rest]) => [shift - unit * first!, ...rest]));
          expectSameFit(fitOf(changed), fitOf(survey));
        },
      ),
      { numRuns: 30 },
    );
  });
});

test("more that is shared never fits better, and costs degrees of freedom", () => {
  fc.assert(
    fc.property(shape, (made) => {
      const found = fitOf(surveyOf(made)).filter((fit) => typeof fit !== "string");
      for (const [k, fit] of found.entries()) {
        if (k === 0) continue;
        expect(fit.chiSquared).toBeGreaterThan(found[k - 1]!.chiSquared - ofChiSquared);
        expect(fit.df - found[k - 1]!.df).toBe((made.groups - 1) * (made.items - 1));
      }
    }),
  );
});

describe("no fit, with a reason", () => {
  const rows = surveyOf({ seed: 7, groups: 2, items: 4 });
  const all = (reason: string): readonly string[] => [reason, reason, reason];

  test("two items", () => {
    expect(fitOf(rows.map((group) => group.map((row) => row.slice(0, 2))))).toEqual(all("too-few-items"));
  });
  test("an item that says the same as another", () => {
    expect(fitOf(rows.map((group) => group.map((row) => [...row, row[0]! + row[1]!])))).toEqual(all("singular"));
  });
  test("an item that everybody in a group answers alike", () => {
    expect(fitOf([rows[0]!, rows[1]!.map(([, ...rest]) => [3, ...rest])])).toEqual(all("singular"));
  });
  test("no more respondents than items", () => {
    expect(fitOf([rows[0]!, rows[1]!.slice(0, 4)])).toEqual(all("singular"));
  });
  test("one respondent", () => {
    expect(fitOf([rows[0]!, rows[1]!.slice(0, 1)])).toEqual(all("singular"));
  });
  test("items that have nothing in common have a fit all the same, or none is found", () => {
    const draw = normalStream(3);
    const noise = [80, 60].map((n) => Array.from({ length: n }, () => [draw(), draw(), draw(), draw()]));
    for (const fit of fitOf(noise))
      if (typeof fit === "string") expect(fit).toBe("not-converged");
      else expect([fit.chiSquared, fit.cfi, fit.rmsea].every(Number.isFinite)).toBe(true);
  });
});
