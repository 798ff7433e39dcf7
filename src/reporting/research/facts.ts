import type { Support } from "../../disclosure/aggregate.ts";
import { rulesOf } from "../../disclosure/rules.ts";
import type { Analysis } from "../../estimation/analysis.ts";
import type { ScaleMeasurement } from "../../estimation/measurement/measurement.ts";
import type { Study } from "../../study/study.ts";
import { effectOf, seenArms } from "../effect/facts.ts";
import { armStyles } from "../page/arms.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import { outcomeOf } from "../page/reported-outcome.ts";
import { arrowsOf } from "./arrows/facts.ts";
import { attritionOf } from "./attrition/facts.ts";
import { balanceOf, balanceTestOf } from "./balance/facts.ts";
import { boundsOf } from "./bounds/facts.ts";
import { chainsOf } from "./chains/facts.ts";
import { contrastsOf, jointTestsOf } from "./contrasts/facts.ts";
import { flowOf } from "./flow/facts.ts";
import { itemWordings, measurementOf } from "./measurement/facts.ts";
import { invarianceOf } from "./measurement/invariance-facts.ts";
import type { Versions } from "./methods/model.ts";
import type { ResearchModel } from "./model.ts";
import { movedOf } from "./moved/facts.ts";
import { ratingsOf } from "./ratings/facts.ts";
import { responseBoundsOf, responseOf, unevenWaves } from "./response/facts.ts";
import { responseLeeBoundsOf } from "./response/lee-facts.ts";
import { subgroupsOf } from "./subgroups/facts.ts";
import { surfacesOf } from "./surfaces/facts.ts";
import { warningsOf } from "./warnings/facts.ts";
import { fadeOutOf } from "./waves/facts.ts";

const outcomesOf = (study: Study): readonly ReportedOutcome[] => [
  ...study.plan.primary.map((outcome) => outcomeOf(study, outcome, "primary")),
  ...study.plan.secondary.map((outcome) => outcomeOf(study, outcome, "secondary")),
];

const allocationOf = ({ allocation }: Analysis): ResearchModel["allocation"] =>
  allocation && {
    by: allocation.by,
    randomised: allocation.randomised,
    recorded: allocation.record !== null,
    changed: allocation.changed.length,
    joined: allocation.joined.length,
    departed: allocation.departed.length,
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
    return {
      n: found?.analysed.employees ?? 0,
      leaders: found?.analysed.leaders ?? 0,
      largest: found?.largest.analysed ?? 0,
    };
  };
  return {
    study: study.id,
    title: study.title,
    synthetic: study.synthetic,
    date,
    arms: armStyles(study.arms),
    waves: study.waves.map(({ id, name, from, to }) => ({ id, name, from, to })),
    baseline: study.waves.find(({ baseline }) => baseline)?.id ?? null,
    scales: study.instrument.scales.map(({ id, name }) => ({ scale: id, name })),
    outcomes: outcomesOf(study),
    arrows: arrowsOf(study, analysis, seen, rules),
    effects: analysis.estimates.map((estimate) => effectOf(estimate, study, seenAt, rules)),
    contrasts: contrastsOf(study, analysis, seenAt, rules),
    jointTests: jointTestsOf(study, analysis, seenAt, rules),
    fadeOut: fadeOutOf(study, analysis, seenAt, rules),
    bounds: boundsOf(study, analysis, seenAt, rules),
    subgroups: subgroupsOf(study, analysis, seenAt, rules),
    chains: chainsOf(study, analysis, seenAt, rules),
    allocation: allocationOf(analysis),
    uneven: unevenWaves(study, analysis, seenAt),
    response: responseOf(study, analysis, seenAt, rules),
    responseBounds: responseBoundsOf(study, analysis, seenAt, rules),
    responseLeeBounds: responseLeeBoundsOf(study, analysis, seenAt, rules),
    flow: flowOf(analysis, seen, supportOf, rules),
    attrition: attritionOf(analysis, seen, supportOf, rules),
    covariates: study.covariates.map((each) => ({
      id: each.id,
      name: each.name,
      values: each.kind === "categorical" ? each.values.map(({ code, label }) => ({ code, label })) : [],
    })),
    balance: balanceOf(analysis, seen, supportOf, rules),
    balanceTest: balanceTestOf(analysis, shownArms, supportOf, rules),
    invariance: invarianceOf(study, analysis, shownArms, rules),
    ratings: ratingsOf(study, analysis, shownArms, rules),
    moved: movedOf(study, analysis, shownArms, rules),
    surfaces: surfacesOf(study, analysis, rules),
    measurement: measurements.map((row) => measurementOf(study, row, analysis, shownArms.all, rules)),
    wordings: itemWordings(study),
    warnings: warningsOf(analysis.estimates),
    plan: { ...study.plan, ...analysis.plan },
    seed: study.seed,
    rules,
    versions,
  };
};
