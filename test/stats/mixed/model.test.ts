import { describe, expect, test } from "vitest";
import { ancovaModel, differenceModel } from "../../../src/estimation/model/effect-model.ts";
import { tTwoTail } from "../../../src/stats/distribution/distributions.ts";
import { type MixedModel, type MixedModelSpec, mixedModel, mixedModelAt } from "../../../src/stats/mixed/model.ts";
import { type CellModel, modelRows } from "../../../src/stats/moments/model-rows.ts";
import { leastSquares } from "../../../src/stats/regression/least-squares.ts";
import { type OracleSurvey, oracleStudy, surveys } from "../../estimation/oracle-survey.ts";
import { expectClose, expected } from "../../oracle/read.ts";

interface RMixed {
  readonly n: number;
  readonly residual: number;
  readonly leader: number;
  readonly wave: number | null;
  readonly class: number | null;
  readonly deviance: number;
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly exact_df: readonly number[];
  readonly p: readonly number[];
  readonly kenward_roger_se?: readonly number[];
  readonly kenward_roger_df?: readonly number[];
  readonly joint?: { readonly f: number; readonly df1: number; readonly df2: number; readonly p: number };
}

type Structure = "leader" | "leader_wave" | "classes";
type Answers = Readonly<Record<string, Readonly<Record<"REML" | "ML", RMixed>>>>;
const answers = expected("mixed") as Readonly<Record<Structure, Answers>>;

/** lme4 stops where its derivative-free search does; the deviance is flat there, so it agrees further. */
const stoppingPoint = 1e-6;
/** lmerTest differentiates the deviance numerically. */
const numericalDerivative = 1e-5;
const flat = 1e-11;
/** At R's own variances, both sides solve the same equations; R's are sparse and unscaled. */
const sameVariances = { estimate: 2e-11, se: 6e-13, df: 6e-12 };
/** R's exact derivatives are of a whole n × n matrix that it inverts. */
const wholeMatrices = 1e-10;

/** An estimate is compared to its standard error where it is smaller than that: what is left then is a difference. */
const expectEstimate = (actual: number, wanted: number, se: number, tolerance: number): void =>
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(wanted), se));

const surveyOf = (name: string): OracleSurvey => surveys.find((survey) => survey.name === name) ?? training[name]!;
const training: Readonly<Record<string, OracleSurvey>> = {
  classes: { name: "classes", arms: ["control", "a", "b"], wave: "later" },
  "classes-few": { name: "classes-few", arms: ["control", "a"], wave: "after" },
  "classes-flat": { name: "classes-flat", arms: ["control", "a"], wave: "after" },
};

interface Case {
  readonly structure: Structure;
  readonly name: string;
  readonly survey: string;
  readonly blocks: boolean;
  readonly covariates: readonly string[];
}
const plain = { blocks: false, covariates: [] };
const cases: readonly Case[] = [
  { structure: "leader", name: "forty", survey: "forty", blocks: false, covariates: ["x1", "x2"] },
  { structure: "leader", name: "forty_blocks", survey: "forty", blocks: true, covariates: [] },
  { structure: "leader", name: "eight", survey: "eight", ...plain },
  { structure: "leader", name: "pairs", survey: "pairs", ...plain },
  { structure: "leader", name: "classes", survey: "classes", blocks: false, covariates: ["x1"] },
  { structure: "leader_wave", name: "forty", survey: "forty", ...plain },
  { structure: "leader_wave", name: "eight", survey: "eight", ...plain },
  { structure: "leader_wave", name: "pairs", survey: "pairs", ...plain },
  { structure: "leader_wave", name: "classes", survey: "classes", ...plain },
  { structure: "leader_wave", name: "all", survey: "classes", ...plain },
  { structure: "leader_wave", name: "classes-flat", survey: "classes-flat", ...plain },
  { structure: "classes", name: "classes", survey: "classes", ...plain },
  { structure: "classes", name: "classes_blocks", survey: "classes", blocks: true, covariates: ["x1"] },
  { structure: "classes", name: "classes-few", survey: "classes-few", ...plain },
  { structure: "classes", name: "classes-flat", survey: "classes-flat", ...plain },
];

/** Arm, wave and their product over all waves of a survey, in the order of R's answers. */
function allWaves({ cells, cluster, clusters }: CellModel, arm: Int32Array, waves: number, arms: number) {
  const indicator = (name: string, ofCell: (c: number) => boolean) =>
    ({ name, kind: "indicator", codes: cells.leader.map((_, c) => Number(ofCell(c))), code: 1 }) as const;
  const range = (length: number): number[] => Array.from({ length: length - 1 }, (_, k) => k + 1);
  const armOf = (c: number): number => arm[cells.leader[c]!]!;
  const columns = [
    indicator("(intercept)", () => true),
    ...range(arms).map((a) => indicator(`arm ${a}`, (c) => armOf(c) === a)),
    ...range(waves).map((w) => indicator(`wave ${w}`, (c) => cells.wave[c] === w)),
    ...range(waves).flatMap((w) =>
      range(arms).map((a) => indicator(`effect ${a} ${w}`, (c) => armOf(c) === a && cells.wave[c] === w)),
    ),
  ];
  const model: CellModel = {
    cells,
    cluster: cluster.map((_, c) => cells.leader[c]!),
    clusters,
    columns,
    level: "rows",
  };
  return { model, effects: columns.map(({ name }) => name).filter((name) => name.startsWith("effect")) };
}

function questionOf({ structure, name, survey, blocks, covariates }: Case, likelihood: "REML" | "ML"): MixedModelSpec {
  const waves = name === "all" ? ["before", "after", "later", "last"] : undefined;
  const { study, design, cellsOf } = oracleStudy(surveyOf(survey), {
    baseline: true,
    blocks,
    plan: { covariates },
    ...(waves && { waves }),
  });
  const outcome = study.plan.primary[0]!;
  const source = { study, design, cells: cellsOf(outcome, "complete")!, unadjusted: cellsOf(outcome, "all"), wave: 1 };
  const usual = structure === "leader_wave" ? differenceModel(source) : ancovaModel(source, "rows");
  const { model, effects } = waves
    ? allWaves(usual.model, design.arm, waves.length, study.arms.length)
    : { model: usual.model, effects: usual.effectColumn.filter((column) => column !== "") };
  const rows = modelRows(model);
  const fit = leastSquares(rows);
  return {
    fit,
    counts: rows.counts,
    effects: {
      inner: structure === "leader_wave" ? "cell" : "cluster",
      outer:
        structure === "leader"
          ? null
          : structure === "classes"
            ? design.class
            : Int32Array.from(design.leaders, (_, leader) => leader),
    },
    likelihood,
    contrasts: effects.map((effect) => Float64Array.from(fit.columns, (column) => Number(column === effect))),
  };
}

/** R's variances as those of units and of groups of units; lme4 stops a hair's breadth from a bound that is reached here. */
function variancesOf(structure: Structure, r: RMixed) {
  const { residual } = r;
  const [leader, wave, ofClass] = [r.leader, r.wave ?? 0, r.class ?? 0].map((value) =>
    value < 1e-9 * residual ? 0 : value,
  ) as [number, number, number];
  if (structure === "leader") return { residual, inner: leader, outer: 0 };
  return structure === "leader_wave"
    ? { residual, inner: wave, outer: leader }
    : { residual, inner: leader, outer: ofClass };
}

describe.each(["REML", "ML"] as const)("by %s", (likelihood) => {
  test.each(cases)("$structure of $name at its own optimum equals lme4 and lmerTest", (one) => {
    const r = answers[one.structure][one.name]![likelihood];
    const question = questionOf(one, likelihood);
    const model = mixedModel(question) as MixedModel;
    const variances = variancesOf(one.structure, r);
    expect(question.fit.observations).toBe(r.n);
    expectClose(model.deviance, r.deviance, flat, "deviance");
    expect(model.deviance).toBeLessThan(r.deviance + flat * Math.abs(r.deviance));
    const total = variances.residual + variances.inner + variances.outer;
    const near = (variance: number, wanted: number): void =>
      expect(Math.abs(variance - wanted)).toBeLessThan(stoppingPoint * total);
    near(model.residual.variance, variances.residual);
    near(model.inner.variance, variances.inner);
    near(model.outer?.variance ?? 0, variances.outer);
    for (const [k, contrast] of model.contrasts.entries()) {
      expectEstimate(contrast.estimate, r.estimate[k]!, r.se[k]!, stoppingPoint);
      expectClose(Math.sqrt(contrast.satterthwaite.variance), r.se[k]!, stoppingPoint, "se");
      expectClose(contrast.satterthwaite.df, r.df[k]!, numericalDerivative, "Satterthwaite df");
      const statistic = contrast.estimate / Math.sqrt(contrast.satterthwaite.variance);
      expectClose(tTwoTail(statistic, contrast.satterthwaite.df!), r.p[k]!, numericalDerivative, "p");
      if (likelihood === "ML") continue;
      expectClose(Math.sqrt(contrast.kenwardRoger.variance), r.kenward_roger_se![k]!, numericalDerivative, "KR se");
      expectClose(contrast.kenwardRoger.df, r.kenward_roger_df![k]!, numericalDerivative, "KR df");
    }
  });

  test.each(cases)("$structure of $name at R's variances equals R", (one) => {
    const r = answers[one.structure][one.name]![likelihood];
    const model = mixedModelAt(questionOf(one, likelihood), variancesOf(one.structure, r)) as MixedModel;
    expectClose(model.deviance, r.deviance, sameVariances.se, "deviance");
    for (const [k, contrast] of model.contrasts.entries()) {
      expectEstimate(contrast.estimate, r.estimate[k]!, r.se[k]!, sameVariances.estimate);
      expectClose(Math.sqrt(contrast.satterthwaite.variance), r.se[k]!, sameVariances.se, "se");
      expectClose(contrast.satterthwaite.df, r.exact_df[k]!, wholeMatrices, "Satterthwaite df");
      if (likelihood === "ML") continue;
      expectClose(Math.sqrt(contrast.kenwardRoger.variance), r.kenward_roger_se![k]!, sameVariances.se, "KR se");
      expectClose(contrast.kenwardRoger.df, r.kenward_roger_df![k]!, sameVariances.df, "KR df");
    }
    if (likelihood === "ML") return;
    // KRmodcomp inverts whole n × n matrices on the way to the traces, and four more differences follow.
    for (const part of ["f", "df1", "df2", "p"] as const) {
      expectClose(model.joint?.[part], r.joint![part], wholeMatrices, `joint ${part}`);
    }
  });
});
