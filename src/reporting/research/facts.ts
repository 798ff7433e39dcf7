import { aggregate, type Support } from "../../disclosure/aggregate.ts";
import { suppressed } from "../../disclosure/published.ts";
import { type Rules, rulesOf } from "../../disclosure/rules.ts";
import { roundTo } from "../../disclosure/unit.ts";
import type { Analysis, Arrow, Estimate } from "../../estimation/estimate.ts";
import type { ScaleMeasurement } from "../../estimation/measurement/measurement.ts";
import type { Study } from "../../study/study.ts";
import { armStyles } from "../page/arms.ts";
import { outcomeOf } from "../page/reported-outcome.ts";
import { boundsOf } from "./bounds/facts.ts";
import { chainsOf } from "./chains/facts.ts";
import { contrastsOf, jointTestsOf } from "./contrasts/facts.ts";
import { effectOf, seenArms } from "./effect.ts";
import { itemWordings, measurementOf } from "./measurement/facts.ts";
import { invarianceOf } from "./measurement/invariance-facts.ts";
import type {
  ArrowsPart,
  AttritionRow,
  BalanceRow,
  GroupedWarning,
  ReportedOutcome,
  ResearchModel,
  Versions,
} from "./model.ts";
import { movedOf, ratingsOf } from "./ratings/facts.ts";
import { surfacesOf } from "./surfaces/facts.ts";
import { fadeOutOf } from "./waves/facts.ts";

const outcomesOf = (study: Study): readonly ReportedOutcome[] => [
  ...study.plan.primary.map((outcome) => outcomeOf(study, outcome, "primary")),
  ...study.plan.secondary.map((outcome) => outcomeOf(study, outcome, "secondary")),
];

/** What is drawn has no more digits than what is written: the points of the arrow as displayed, the ellipse to three figures. */
const roundedArrow = (arrow: Arrow, x: ReportedOutcome, y: ReportedOutcome): Arrow => {
  const ends = (end: Arrow["x"], decimals: number) => ({
    before: roundTo(end.before, decimals),
    after: roundTo(end.after, decimals),
  });
  const short = (value: number) => Number(value.toPrecision(3));
  const { ellipse } = arrow;
  return {
    ...arrow,
    x: ends(arrow.x, x.decimals),
    y: ends(arrow.y, y.decimals),
    ellipse: ellipse && {
      xx: short(ellipse.xx),
      xy: short(ellipse.xy),
      yy: short(ellipse.yy),
      radiusSquared: short(ellipse.radiusSquared),
    },
  };
};

const arrowsOf = (study: Study, analysis: Analysis, seen: ReadonlySet<string>, rules: Rules): ArrowsPart => {
  if (study.arms.length === 0) return { state: "absent", why: "no-arms" };
  if (!study.figure) return { state: "absent", why: "no-figure" };
  if (study.waves.length < 2) return { state: "absent", why: "one-wave" };
  if (!study.waves.some(({ baseline }) => baseline)) return { state: "absent", why: "no-baseline" };
  const x = outcomeOf(study, { scale: study.figure.x, rater: "employee" }, "primary");
  const y = outcomeOf(study, { scale: study.figure.y, rater: "employee" }, "primary");
  const arrows = analysis.arrows.filter(({ arm, leaders }) => seen.has(arm) && leaders >= rules.leaders);
  if (arrows.length === 0) return { state: "absent", why: "suppressed" };
  return {
    state: "shown",
    x,
    y,
    arrows: arrows.map((arrow) => roundedArrow(arrow, x, y)),
    suppressed: study.arms.flatMap(({ id }) => (arrows.some(({ arm }) => arm === id) ? [] : [id])),
  };
};

const balanceOf = (analysis: Analysis, seen: ReadonlySet<string>, supportOf: (arm: string) => Support, rules: Rules) =>
  analysis.balance.map(({ covariate, arm, reference, mean, referenceMean, sd, standardisedDifference, status }) => {
    const known = mean !== null && referenceMean !== null && sd !== null && standardisedDifference !== null;
    const numbers: BalanceRow["numbers"] =
      known && seen.has(arm) && seen.has(reference)
        ? aggregate(
            supportOf(arm),
            {
              mean: roundTo(mean, 2),
              referenceMean: roundTo(referenceMean, 2),
              sd: roundTo(sd, 2),
              standardisedDifference: roundTo(standardisedDifference, 2),
            },
            rules,
          )
        : suppressed;
    return { covariate, arm, reference, status, numbers };
  });

/** Loss is of leaders, not of answers: what an arm may show, its flow decides. */
const attritionOf = (
  { attrition }: Analysis,
  seen: ReadonlySet<string>,
  supportOf: (arm: string) => Support,
  rules: Rules,
): readonly AttritionRow[] =>
  attrition.map(({ arm, wave, leaders, lost, share, p, status }) => ({
    ...{ arm, wave, leaders, status },
    numbers: seen.has(arm)
      ? aggregate(supportOf(arm), { lost, share: share === null ? null : roundTo(share, 3) }, rules)
      : suppressed,
    p: attrition.every((row) => row.wave !== wave || seen.has(row.arm))
      ? aggregate(supportOf(arm), p === null ? null : roundTo(p, 4), rules)
      : suppressed,
  }));

/** Every warning of every estimate, equal ones told once with the estimates they are about. */
const warningsOf = (estimates: readonly Estimate[]): readonly GroupedWarning[] => {
  const groups = new Map<string, GroupedWarning>();
  for (const { outcome, rater, wave, arm, estimator, warnings } of estimates)
    for (const { code, names, count } of warnings) {
      const key = JSON.stringify([code, names, count]);
      const about = [...(groups.get(key)?.about ?? []), { outcome, rater, wave, arm, estimator }];
      groups.set(key, { code, names, count, about });
    }
  return [...groups.values()].sort((a, b) => a.code.localeCompare(b.code, "en"));
};

/** The research report of one analysis: what may be shown of it, rounded as it is shown. `date` is an ISO day. */
export const researchModel = (
  study: Study,
  analysis: Analysis,
  measurements: readonly ScaleMeasurement[],
  versions: Versions,
  date: string,
): ResearchModel => {
  const rules = rulesOf(study.disclosure);
  const seenAt = seenArms(study, analysis, rules);
  const seen = new Set(analysis.flow.arms.flatMap(({ arm }) => (seenAt(arm ?? "") ? [arm ?? ""] : [])));
  const shownArms = { arms: seen, all: seen.size === analysis.flow.arms.length };
  const supportOf = (arm: string | null): Support => {
    const found = analysis.flow.arms.find((each) => each.arm === arm);
    return { n: found?.analysed.employees ?? 0, leaders: found?.analysed.leaders ?? 0, largest: 0 };
  };
  return {
    study: study.id,
    title: study.title,
    synthetic: study.synthetic,
    date,
    arms: armStyles(study.arms),
    waves: study.waves.map(({ id, name, from, to }) => ({ id, name, from, to })),
    baseline: study.waves.find(({ baseline }) => baseline)?.id ?? null,
    outcomes: outcomesOf(study),
    arrows: arrowsOf(study, analysis, seen, rules),
    effects: analysis.estimates.map((estimate) => effectOf(estimate, study, seenAt, rules)),
    contrasts: contrastsOf(study, analysis, seenAt, rules),
    jointTests: jointTestsOf(study, analysis, seenAt, rules),
    fadeOut: fadeOutOf(study, analysis, seenAt, rules),
    bounds: boundsOf(study, analysis, seenAt, rules),
    chains: chainsOf(study, analysis, seenAt, rules),
    flow: analysis.flow.arms.map((flow) => ({
      arm: flow.arm,
      leaders: flow.randomised.leaders,
      numbers: seen.has(flow.arm ?? "") ? aggregate(supportOf(flow.arm), flow, rules) : suppressed,
    })),
    attrition: attritionOf(analysis, seen, supportOf, rules),
    covariates: study.covariates.map((each) => ({
      id: each.id,
      name: each.name,
      values: each.kind === "categorical" ? each.values.map(({ code, label }) => ({ code, label })) : [],
    })),
    balance: balanceOf(analysis, seen, supportOf, rules),
    invariance: invarianceOf(study, analysis, shownArms, rules),
    ratings: ratingsOf(study, analysis, shownArms, rules),
    moved: movedOf(study, analysis, shownArms, rules),
    surfaces: surfacesOf(study, analysis, rules),
    measurement: measurements.map((row) => measurementOf(study, row, shownArms.all, rules)),
    wordings: itemWordings(study),
    warnings: warningsOf(analysis.estimates),
    plan: { ...study.plan, ...analysis.plan },
    seed: study.seed,
    rules,
    versions,
  };
};
