import type { Analysis } from "../../../src/estimation/analysis.ts";
import type { Estimate } from "../../../src/estimation/inference/estimate.ts";
import type { FadeOut } from "../../../src/estimation/inference/fade-out.ts";
import type { JointEffect } from "../../../src/estimation/inference/joint-effect.ts";
import type { MediatedEffect } from "../../../src/estimation/inference/mediation.ts";
import { adjustedInterval, equivalence } from "../../../src/estimation/inference/precision.ts";
import type { Invariance } from "../../../src/estimation/measurement/invariance.ts";
import type { ItemMeasurement, ScaleMeasurement } from "../../../src/estimation/measurement/measurement.ts";
import type { IntendedPerceived } from "../../../src/estimation/ratings/intended-perceived.ts";
import type { AttritionBound } from "../../../src/estimation/trial/attrition-bounds.ts";
import type { Arrow } from "../../../src/estimation/trial/change-arrows.ts";
import type { FlowArm } from "../../../src/estimation/trial/flow.ts";
import { tCritical, tTwoTail } from "../../../src/stats/distribution/distributions.ts";
import type { Arm, Outcome, Plan, Scale, Study } from "../../../src/study/study.ts";

/** A made-up study of four arms; every number here is invented. */
const text = (da: string, en: string) => ({ da, en });
const scale = (id: string, da: string, en: string): Scale => ({
  id,
  name: text(da, en),
  low: 1,
  high: 5,
  index: true,
  answered: 0.5,
  kind: "items",
  answers: null,
  items: [1, 2, 3, 4].map((index) => ({ id: `${id}${index}`, reversed: false, wording: {} })),
});

export const arms: readonly Arm[] = [
  { id: "control", control: true, share: 1, name: text("Kontrolgruppe", "Control group") },
  { id: "transactional", control: false, share: 1, name: text("Transaktionstræning", "Transactional training") },
  {
    id: "transformational",
    control: false,
    share: 1,
    name: text("Transformationstræning", "Transformational training"),
  },
  { id: "combined", control: false, share: 1, name: text("Kombineret træning", "Combined training") },
];

const employee = (id: string): Outcome => ({ scale: id, rater: "employee" });

export const plan: Plan = {
  primary: [employee("transformational"), employee("transactional")],
  secondary: [{ scale: "gap", rater: null }],
  estimator: "ancova",
  robustness: ["difference-in-differences", "mixed"],
  standardErrors: "CR2",
  covariates: ["gender", "tenure"],
  differenceInDifferences: { blocks: false, covariates: false },
  mixed: { likelihood: "REML", df: "satterthwaite" },
  trainedFrom: 1,
  mediation: [],
  multiplicity: "holm",
  confidence: 0.95,
  smallestEffectOfInterest: 2,
};

export const study: Study = {
  id: "ledelse-paa-tvaers",
  folder: "study",
  outside: false,
  title: text("Ledelse på tværs", "Leading across"),
  language: "da",
  seed: 20180601,
  synthetic: true,
  organisation: ["department", "unit"],
  arms,
  waves: [
    { id: "baseline", from: "2018-06-01", to: "2018-06-22", baseline: true, name: text("Før", "Before") },
    { id: "midway", from: "2019-02-01", to: "2019-02-20", baseline: false, name: text("Midtvejs", "Midway") },
    { id: "endline", from: "2019-12-01", to: "2019-12-20", baseline: false, name: text("Efter", "After") },
  ],
  phases: [
    {
      id: "foundation",
      from: "2018-06-01",
      to: "2018-11-07",
      name: text("Personligt ledelsesgrundlag", "Personal leadership foundation"),
    },
    {
      id: "vision",
      from: "2018-11-08",
      to: "2019-02-06",
      name: text("Aktiv visionsledelse", "Active vision leadership"),
    },
    {
      id: "boundary",
      from: "2019-02-07",
      to: "2019-08-14",
      name: text("Grænsekrydsende samarbejde", "Boundary-crossing collaboration"),
    },
    {
      id: "co-creation",
      from: "2019-08-15",
      to: "2019-12-20",
      name: text("Samskabelse af velfærd", "Co-creation of welfare"),
    },
  ],
  instrument: {
    id: "leadership",
    answers: [],
    missing: [],
    scales: [
      scale("transformational", "Transformationsledelse", "Transformational leadership"),
      scale("transactional", "Transaktionsledelse", "Transactional leadership"),
      {
        id: "gap",
        name: text("Forskel mellem leder og medarbejdere", "Difference between leader and employees"),
        low: -4,
        high: 4,
        index: true,
        answered: 0.5,
        kind: "difference",
        minuend: { scale: "transformational", rater: "self" },
        subtrahend: employee("transformational"),
      },
    ],
  },
  allocation: { by: null, randomised: true, record: null },
  roster: null,
  stopAbove: 1,
  deliveries: [],
  covariates: [],
  plan,
  figure: { x: "transactional", y: "transformational" },
  disclosure: { respondents: 5, leaders: 3, strict: false },
  programme: null,
  retention: { raw: null, key: null, responses: null },
};

type Value = readonly [estimate: number, se: number];

export const estimateRow = (
  outcome: Outcome,
  arm: string,
  [estimate, se]: Value,
  more: Partial<Estimate> = {},
): Estimate => {
  const df = 118.4;
  const half = se * tCritical(0.05, df);
  const p = tTwoTail(estimate / se, df);
  const rest = { low: estimate - half, high: estimate + half, pRaw: null, randomPart: null };
  const primary = plan.primary.some(({ scale: id }) => id === outcome.scale);
  const pAdjusted = primary ? Math.min(1, p * 2) : null;
  const numbers = { estimate, se, df, p };
  return {
    id: `${outcome.scale}-${arm}`,
    estimator: "ancova",
    outcome: outcome.scale,
    rater: outcome.rater,
    wave: "endline",
    arm,
    reference: "control",
    estimate,
    se,
    df,
    statistic: estimate / se,
    p,
    pAdjusted,
    adjusted: adjustedInterval(numbers, pAdjusted, plan.confidence),
    low: estimate - half,
    high: estimate + half,
    unit: "index",
    sd: 19.2,
    standardised: estimate / 19.2,
    minimumDetectable: se * 2.82,
    equivalence: equivalence({ estimate, se, df, statistic: estimate / se, p, ...rest }, 2, plan.confidence),
    pRaw: null,
    randomPart: null,
    details: [],
    leaders: 482,
    respondents: 6021,
    support: { arm: { leaders: 120, respondents: 1500 }, reference: { leaders: 121, respondents: 1502 } },
    seType: "CR2",
    status: "estimated",
    planned: "as-planned",
    note: "",
    warnings: [],
    ...more,
  };
};

const effects: readonly (readonly [Outcome, string, Value])[] = [
  [employee("transformational"), "transformational", [6.93, 1.02]],
  [employee("transformational"), "combined", [5.71, 1.01]],
  [employee("transformational"), "transactional", [2.84, 1.05]],
  [employee("transactional"), "transformational", [2.02, 1.06]],
  [employee("transactional"), "combined", [5.18, 1.06]],
  [employee("transactional"), "transactional", [6.41, 1.01]],
  [{ scale: "gap", rater: null }, "transformational", [-3.1, 1.27]],
  [{ scale: "gap", rater: null }, "combined", [-2.2, 1.32]],
  [{ scale: "gap", rater: null }, "transactional", [-1.4, 1.37]],
];

const pairs = [
  ["transformational", "transactional"],
  ["combined", "transactional"],
  ["combined", "transformational"],
] as const;
const contrasts: readonly Estimate[] = plan.primary.flatMap((outcome) =>
  pairs.map(([arm, reference]) => {
    const of = (id: string) => effects.find(([each, own]) => each.scale === outcome.scale && own === id)![2][0];
    return estimateRow(outcome, arm, [of(arm) - of(reference), 1.07], { reference, pAdjusted: null, adjusted: null });
  }),
);
const jointTests: readonly JointEffect[] = plan.primary.flatMap(({ scale: outcome, rater }) =>
  (["ancova", "difference-in-differences"] as const).map((estimator) => ({
    ...{ estimator, outcome, rater, wave: "endline" },
    ...{
      f: outcome === "transactional" ? 14.238 : 16.417,
      df1: 3,
      df2: 231.62,
      p: 3.1e-9,
      status: "estimated" as const,
    },
  })),
);

const fadeOut: readonly FadeOut[] = effects.slice(0, 6).map(([{ scale: outcome, rater }, arm, [estimate, se]]) => ({
  ...{ outcome, rater, arm, from: "midway", to: "endline", estimate: 0.5 * estimate, se: 1.2 * se, df: 121.3 },
  ...{ p: 0.0123, low: 0.5 * estimate - 2.4 * se, high: 0.5 * estimate + 2.4 * se, status: "estimated" as const },
}));

const bounds: readonly AttritionBound[] = effects.slice(0, 6).map(([{ scale: outcome, rater }, arm, [estimate]]) => ({
  ...{ outcome, rater, wave: "endline", arm, reference: "control", low: estimate - 1.23, high: estimate + 1.34 },
  ...{ lowSe: 1, highSe: 1, interval: { low: estimate - 3.06, high: estimate + 3.17 }, trimmedArm: arm },
  ...{ trimmed: arm === "combined" ? 0.0123 : 0.0456, randomised: 278, leaders: 251, status: "estimated" as const },
}));
const mediation: readonly MediatedEffect[] = (["transactional", "transformational", "combined"] as const).map(
  (arm) => ({
    ...{ mediator: "transformational", mediatorRater: "employee" as const, mediatorWave: "midway" },
    ...{ outcome: "gap", rater: null, wave: "endline", arm, reference: "control", leaders: 251 },
    ...{ armOnMediator: 3.47, armOnMediatorSe: 1, mediatorOnOutcome: -0.214, mediatorOnOutcomeSe: 0.05 },
    ...{
      indirect: -0.743,
      direct: -2.36,
      directSe: 1,
      low: -1.38,
      high: -0.24,
      status: "estimated" as const,
      note: "",
    },
  }),
);

const ellipse = { xx: 0.92, xy: 0.34, yy: 0.86, radiusSquared: 6.18 };
export const arrows: readonly Arrow[] = [
  {
    arm: "control",
    leaders: 138,
    leadersAt: { before: 136, after: 133 },
    x: { before: 51.31, after: 50.52 },
    y: { before: 60.22, after: 58.83 },
    ellipse,
  },
  {
    arm: "transactional",
    leaders: 141,
    leadersAt: { before: 139, after: 136 },
    x: { before: 52.12, after: 57.91 },
    y: { before: 60.52, after: 62.31 },
    ellipse,
  },
  {
    arm: "transformational",
    leaders: 139,
    leadersAt: { before: 137, after: 134 },
    x: { before: 51.22, after: 52.51 },
    y: { before: 61.33, after: 67.02 },
    ellipse,
  },
  {
    arm: "combined",
    leaders: 142,
    leadersAt: { before: 140, after: 137 },
    x: { before: 51.92, after: 56.32 },
    y: { before: 61.91, after: 66.21 },
    ellipse,
  },
];

const flowArm = (arm: string | null, leaders: number, moved: number, under: number, employees: number): FlowArm => {
  const unanswered = 2;
  const wave = (id: string, left: number) => ({
    wave: id,
    moved: left,
    unanswered,
    underThreshold: under,
    measured: leaders - left - unanswered - under,
    employees: employees - 9 * left,
  });
  return {
    arm,
    randomised: { leaders, employees: employees + 321 },
    waves: [wave("baseline", 0), wave("midway", Math.floor(moved / 2)), wave("endline", moved)],
    takeUp: null,
    analysed: { leaders: leaders - moved - unanswered, employees: employees - 9 * moved },
    largest: { waves: { baseline: 30, midway: 30, endline: 30 }, analysed: 30 },
  };
};

const part = (estimate: number, se: number) => {
  const half = se * tCritical(0.05, 75);
  const p = tTwoTail(estimate / se, 75);
  return { estimate, se, df: 75, p, low: estimate - half, high: estimate + half };
};

/** Own answers beside employees' at the last wave, and what moved of the difference. */
export const ratings = (scaleId: string, intended: number, perceived: number): IntendedPerceived => ({
  ...{ scale: scaleId, wave: "endline", unit: "index", leaders: 154, respondents: 1119, teams: null },
  ...{ intended, perceived, status: "estimated", surfaces: [] },
  gap: { ...part(intended - perceived, 1.53), df: 153 },
  clear: { over: 64, under: 20 },
  correlation: { estimate: 0.2201, low: 0.0642, high: 0.3656 },
  corrected: { estimate: 0.3027, low: 0.0883, high: 0.5027 },
  reliability: { intended: 0.7412, perceived: 0.7135 },
  groups: [
    { arm: null, over: 60, under: 51, agreeHigh: 31, agreeLow: 12 },
    { arm: "control", over: 15, under: 6, agreeHigh: 5, agreeLow: 5 },
  ],
  changes: ["transactional", "transformational", "combined"].map((arm, index) => ({
    ...{ arm, reference: "control", leaders: { arm: 43 - index, reference: 29 }, status: "estimated" as const },
    gap: part(-5.62 - 2.1 * index, 3.4),
    intended: part(-4.71 - 0.9 * index, 3.1),
    perceived: part(0.91 + 1.2 * index, 1.9),
  })),
});

/** Three steps of one comparison, where the last fits worse by `fall`. */
export const invarianceSteps = (
  head: Pick<Invariance, "scale" | "over" | "rater" | "wave">,
  groups: Invariance["groups"],
  fall = 0.001,
): readonly Invariance[] =>
  (["configural", "metric", "scalar"] as const).map((level, index) => ({
    ...{
      ...head,
      groups,
      missing: "none" as const,
      clustered: null,
      level,
      chiSquared: 40 + 9 * index,
      df: 15 + 8 * index,
      p: 0.0004,
      rmsea: 0.0312,
    },
    cfi: 0.9912 - (level === "scalar" ? fall : 0),
    changeCfi: index === 0 ? null : level === "scalar" ? -fall : 0,
    changeRmsea: index === 0 ? null : 0,
    changeP: index === 0 ? null : fall <= 0.01 ? 0.3412 : 0.0021,
    holds: index === 0 ? null : level !== "scalar" || fall <= 0.01,
    ...{ status: "estimated", note: "" },
  }));

const waveGroups = [
  { group: "baseline", n: 1411 },
  { group: "endline", n: 1119 },
];

export const analysis: Analysis = {
  plan: {
    hash: "9f2c1e77a1b34c0d9e5566778899aabbccddeeff00112233445566778899aabb",
    locked: "2018-05-20",
    lockedAfter: [],
  },
  allocation: { by: "leader", randomised: true, record: null, arms: [], changed: [], joined: [], departed: [] },
  response: [],
  responseBounds: [],
  responseLeeBounds: [],
  balanceTest: null,
  clusters: [],
  preTrends: [],
  subgroups: [],
  specificationCurve: [],
  invariance: [
    ...invarianceSteps({ scale: "transformational", over: "wave", rater: "employee", wave: null }, waveGroups),
    ...invarianceSteps({ scale: "transactional", over: "wave", rater: "employee", wave: null }, waveGroups, 0.0231),
    ...["transformational", "transactional"].flatMap((id) =>
      invarianceSteps(
        { scale: id, over: "arm", rater: "employee", wave: "endline" },
        arms.map(({ id: group }, index) => ({ group, n: 281 + index })),
      ),
    ),
  ],
  contrasts,
  jointTests,
  fadeOut,
  bounds,
  mediation,
  intendedPerceived: [ratings("transformational", 77.53, 69.96), ratings("transactional", 63.91, 57.36)],
  estimates: [
    ...effects.map(([outcome, arm, value]) => estimateRow(outcome, arm, value)),
    ...effects.slice(0, 6).flatMap(([outcome, arm, [estimate, se]]) => [
      estimateRow(outcome, arm, [estimate * 0.97, se * 1.08], {
        estimator: "difference-in-differences",
        pAdjusted: null,
      }),
      estimateRow(outcome, arm, [estimate * 1.01, se * 0.98], {
        ...{ estimator: "mixed", pAdjusted: null, seType: null, planned: "deviation" },
        warnings: [{ code: "baseline-imputed", names: [], count: 14 }],
      }),
      estimateRow(outcome, arm, [estimate * 0.5, se], { wave: "midway", pAdjusted: null }),
    ]),
    estimateRow(employee("transformational"), "combined", [0, 1], {
      ...{ estimator: "randomisation", status: "not-built-yet", estimate: null, se: null, df: null, statistic: null },
      ...{ p: null, pAdjusted: null, low: null, high: null, sd: null, standardised: null, seType: null },
    }),
  ],
  arrows,
  flow: {
    arms: [
      flowArm("control", 138, 12, 12, 1640),
      flowArm("transactional", 141, 11, 8, 1702),
      flowArm("transformational", 139, 9, 9, 1655),
      flowArm("combined", 142, 10, 7, 1731),
    ],
  },
  balance: ["gender", "tenure", "transformational"].flatMap((covariate, row) =>
    ["transactional", "transformational", "combined"].map((arm, column) => ({
      ...{
        covariate,
        arm,
        reference: "control",
        mean: 10 + row,
        referenceMean: 10.2 + row,
        sd: 4,
        p: 0.4,
        status: "estimated" as const,
      },
      standardisedDifference: [0.04, -0.07, 0.12][(row + column) % 3]!,
    })),
  ),
  attrition: [],
};

const itemOf = (item: string, n: number): ItemMeasurement => ({
  ...{ item, n, mean: 3.4567, sd: 1.0123, itemRest: 0.6012, alphaIfDropped: 0.8534, missing: { blank: 3 } },
});

export const measurement = (scaleId: string, wave: string): ScaleMeasurement => ({
  ...{ scale: scaleId, rater: "employee", wave, respondents: 6021, leaders: 482, items: 4, mean: 61.234, sd: 19.18 },
  ...{
    alpha: 0.874,
    alphaLow: 0.866,
    alphaHigh: 0.881,
    omega: 0.881,
    ordinalAlpha: 0.892,
    ordinalOmega: 0.897,
    icc1: 0.1234,
    icc2: 0.6331,
    iccTest: { f: 2.724, df1: 481, df2: 5539, p: 0.00002 },
    rwg: 0.781,
    rwgNull: "uniform",
  },
  ...{ rwgSlightlySkewed: 0.644, itemStatistics: [1, 2].map((index) => itemOf(`${scaleId}${index}`, 5900 + index)) },
  ...{ missing: { blank: 12, "dont-know": 40 }, notes: [] },
});
export const measurements: readonly ScaleMeasurement[] = ["transformational", "transactional"].flatMap((id) =>
  ["baseline", "midway", "endline"].map((wave) => measurement(id, wave)),
);

export const versions = { Spejl: "0.1.0", Node: "20", DuckDB: "1.5.5" };
