import { describe, expect, test } from "vitest";
import {
  clusterCodes,
  clusterRobust,
  correlationMatrix,
  covarianceMatrix,
  cronbachAlpha,
  drawBlocks,
  factorGroup,
  factorInvariance,
  jointTest,
  leastSquares,
  linearContrast,
  membersOf,
  minimumResiduals,
  mixedModel,
  omegaTotal,
  oneWay,
  oneWaySums,
  randomisationTask,
  randomisationTest,
  rowsFrom,
  tTest,
  twoStageLeastSquares,
  wildBootstrap,
  wildTask,
} from "../../src/stats/public.ts";
import { expectClose, expected, input } from "../oracle/read.ts";

/** Fifteen digits are stored, and the two QR decompositions part in the last ones. */
const tolerance = 1e-12;
/** What iterates stops where its criterion does, in R too. */
const iterated = 1e-6;

const numbersOf = (rows: readonly Readonly<Record<string, string>>[], name: string) =>
  Float64Array.from(rows, (row) => (row[name] === "" || row[name] === "NA" ? Number.NaN : Number(row[name])));

interface Example {
  readonly joint: { readonly f: number; readonly df1: number; readonly df2: number; readonly p: number };
  readonly mixed: Readonly<Record<string, number>>;
}
const r = expected("example") as Example;
const example = input("example");
const leader = numbersOf(example, "leader");
const trained = numbersOf(example, "trained");
const outcome = numbersOf(example, "score");
const rows = rowsFrom({ outcome, columns: { trained }, cluster: leader });
const fit = leastSquares(rows);
const effect = linearContrast(fit, { trained: 1 })!;

describe("from arrays", () => {
  test("an ANCOVA of four arms, incomplete rows left out, equals lm with clubSandwich", () => {
    interface Answer {
      readonly n: number;
      readonly leaders: number;
      readonly estimate: readonly number[];
      readonly se: Readonly<Record<string, readonly number[]>>;
      readonly df: Readonly<Record<string, readonly number[]>>;
      readonly joint: Example["joint"];
    }
    const wanted = (expected("effects") as { forty: { after_only: Answer } }).forty.after_only;
    const after = input("forty").filter(({ wave }) => wave === "after");
    const arm = (name: string) => Float64Array.from(after, (row) => Number(row["arm"] === name));
    const ancova = rowsFrom({
      outcome: numbersOf(after, "y"),
      columns: { x1: numbersOf(after, "x1"), x2: numbersOf(after, "x2"), a: arm("a"), b: arm("b"), c: arm("c") },
      cluster: after.map((row) => row["leader"]!),
    });
    expect([ancova.observations, ancova.clusters.length]).toEqual([wanted.n, wanted.leaders]);
    expect(ancova.dropped).toBe(after.length - wanted.n);
    const fitted = leastSquares(ancova);
    const contrasts = ["a", "b", "c"].map((name) => linearContrast(fitted, { [name]: 1 })!);
    for (const type of ["CR0", "CR1", "CR1S", "CR2", "CR3"] as const) {
      clusterRobust(fitted, type, contrasts).contrasts.forEach(({ estimate, variance, df }, k) => {
        expectClose(estimate, wanted.estimate[k]!, tolerance, "estimate");
        expectClose(Math.sqrt(variance), wanted.se[type]![k]!, tolerance, `${type} se`);
        expectClose(df, wanted.df[type]![k]!, 1e-11, `${type} df`);
      });
    }
    const joint = jointTest(fitted, contrasts)!;
    for (const part of ["f", "df1", "df2", "p"] as const) expectClose(joint[part], wanted.joint[part], 1e-10, part);
  });

  test("a joint test and a random intercept equal clubSandwich, lmerTest and pbkrtest", () => {
    const joint = jointTest(fit, [linearContrast(fit, { "(Intercept)": 1 })!, effect])!;
    for (const part of ["f", "df1", "df2", "p"] as const) expectClose(joint[part], r.joint[part], 1e-11, part);
    const effects = { inner: "cluster", outer: null } as const;
    const model = mixedModel({ fit, counts: rows.counts, effects, likelihood: "REML", contrasts: [effect] });
    if (model.status !== "estimated") throw new Error(model.status);
    const { estimate, satterthwaite, kenwardRoger } = model.contrasts[0]!;
    expectClose(estimate, r.mixed["estimate"]!, iterated, "estimate");
    expectClose(model.inner.variance, r.mixed["leader"]!, iterated, "leader");
    expectClose(model.residual.variance, r.mixed["residual"]!, iterated, "residual");
    expectClose(Math.sqrt(satterthwaite.variance), r.mixed["satterthwaite_se"]!, iterated, "se");
    expectClose(satterthwaite.df, r.mixed["satterthwaite_df"]!, 1e-5, "df");
    expectClose(Math.sqrt(kenwardRoger.variance), r.mixed["kenward_roger_se"]!, iterated, "Kenward–Roger se");
    expectClose(kenwardRoger.df, r.mixed["kenward_roger_df"]!, iterated, "Kenward–Roger df");
  });

  test("an instrument that everybody obeys gives least squares", () => {
    const both = rowsFrom({ outcome, columns: { assigned: trained, trained }, cluster: leader });
    const { fit: second } = twoStageLeastSquares(both, { endogenous: ["trained"], instruments: ["assigned"] });
    const [stage] = clusterRobust(second, "CR2", [linearContrast(second, { trained: 1 })!]).contrasts;
    const [plain] = clusterRobust(fit, "CR2", [effect]).contrasts;
    expectClose(stage!.variance, plain!.variance, tolerance);
  });

  test("draws give the standard error of CR1, and the p of every labelling at most", () => {
    const task = wildTask(fit, [effect], { seed: 1, draws: 999, members: membersOf(fit), adjustment: 0 });
    const [wild] = wildBootstrap(task, drawBlocks(task), 0.95);
    const se = Math.sqrt(clusterRobust(fit, "CR1", [effect]).contrasts[0]!.variance);
    expectClose(wild!.se, se, tolerance, "wild");
    expect([task.weights, task.draws]).toEqual(["every", 256]);
    const plain = rowsFrom({ outcome, columns: {}, cluster: leader });
    const label = clusterCodes(
      plain,
      trained.map((one) => one - 1),
    );
    const block = new Int32Array(label.length);
    const randomised = randomisationTask(
      { rows: plain, label, block, arms: 1, carriers: ["(Intercept)"] },
      { seed: 1, draws: 9999 },
    );
    const [test] = randomisationTest(randomised, drawBlocks(randomised));
    expectClose(test!.estimate, 11.3, tolerance, "estimate");
    expectClose(test!.se, se, tolerance, "randomisation");
    // Of the 70 labellings two (this one and its mirror) part the leaders as these are parted.
    expect(Math.abs(test!.pRaw - 2 / 70)).toBeLessThan(0.005);
  });

  test("reliability and agreement equal psych and multilevel, for complete answers", () => {
    const answers = input("items-complete");
    const items = ["i1", "i2", "i3", "i4", "i5"].map((name) => numbersOf(answers, name));
    const wanted = (expected("measurement") as Record<string, Record<string, number>>)["items-complete"]!;
    const covariance = covarianceMatrix(items)!;
    const correlation = correlationMatrix(covariance, items.length)!;
    expectClose(cronbachAlpha(covariance, items.length), wanted["alpha"]!, tolerance, "alpha");
    expectClose(omegaTotal(correlation, minimumResiduals(correlation, items.length)), wanted["omega"]!, 1e-5, "omega");
    const score = Float64Array.from(answers, (_, row) => items.reduce((sum, item) => sum + item[row]!, 0) / 5);
    const anova = oneWay(
      oneWaySums(
        score,
        answers.map((row) => row["leader"]!),
      ),
    )!;
    for (const part of ["icc1", "icc2", "f", "df1", "df2"] as const)
      expectClose(anova[part], wanted[part]!, 1e-11, part);
  });

  test("invariance of one factor equals lavaan", () => {
    const wanted = (expected("invariance") as Record<string, Record<string, { measures: Record<string, number> }>>)[
      "cfa-two"
    ]!;
    const answers = input("cfa-two");
    const groups = ["g1", "g2"].map((group) => {
      const own = answers.filter((row) => row["group"] === group);
      return factorGroup(["i1", "i2", "i3", "i4"].map((name) => numbersOf(own, name)))!;
    });
    const levels = factorInvariance(groups, 4);
    for (const [k, level] of ["configural", "metric", "scalar"].entries()) {
      const found = levels[k]!;
      if (typeof found === "string") throw new Error(found);
      expectClose(found.chiSquared, wanted[level]!.measures["chisq"]!, 1e-8, level);
      expectClose(found.cfi, wanted[level]!.measures["cfi"]!, 1e-8, `${level} cfi`);
    }
  });
});

describe("what cannot be had", () => {
  test("is a value", () => {
    const copies = rowsFrom({ outcome, columns: { trained, again: trained.map((x) => 2 * x) }, cluster: leader });
    expect(linearContrast(leastSquares(copies), { trained: 1 })).toBeNull();
    expect(linearContrast(fit, { unknown: 1 })).toBeNull();
    expect(tTest({ estimate: 1, variance: 0, df: 5 }, 0.95)).toBe("no-variation");
    expect(tTest({ estimate: 1, variance: Number.NaN, df: 5 }, 0.95)).toBe("not-identified");
    expect(tTest({ estimate: 1, variance: 1, df: 0 }, 0.95)).toBe("not-identified");
    expect(covarianceMatrix([[1], [2]])).toBeNull();
    expect(correlationMatrix(Float64Array.of(1, 0, 0, 0), 2)).toBeNull();
    expect(cronbachAlpha(Float64Array.of(1, -1, -1, 1), 2)).toBeNull();
    expect(factorGroup([[Number.NaN], [1], [1]])).toBeNull();
  });

  test("throws where no data could make the call right", () => {
    expect(() => rowsFrom({ outcome, columns: { short: [1] }, cluster: leader })).toThrow("short has 1 entries");
    expect(() => rowsFrom({ outcome, columns: {}, cluster: [1] })).toThrow(RangeError);
    expect(() => clusterCodes(rows, outcome)).toThrow("Cluster 1 has more than one code.");
    expect(() => covarianceMatrix([[1, 2], [1]])).toThrow(RangeError);
  });

  test("rows come cluster by cluster, whatever their order was", () => {
    const mixed = rowsFrom({
      outcome: [1, 2, Number.NaN, 4],
      columns: { x: [5, 6, 7, 8] },
      cluster: ["b", "a", "a", "b"],
    });
    expect(mixed.clusters).toEqual(["b", "a"]);
    expect([...mixed.order]).toEqual([0, 3, 1]);
    expect([...mixed.start]).toEqual([0, 2, 3]);
    expect([...mixed.x]).toEqual([1, 5, 1, 8, 1, 6]);
    expect(mixed.dropped).toBe(1);
  });
});
