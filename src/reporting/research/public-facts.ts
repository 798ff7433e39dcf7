import { forPublic, oneDecimal, publicCount } from "../../disclosure/output.ts";
import { valueIn } from "../../disclosure/published.ts";
import type { MeasurementRow } from "./measurement/model.ts";
import type { ResearchModel } from "./model.ts";
import type { PublicArm, PublicEffect, PublicModel, PublicScale } from "./public-model.ts";
import type { ResearchFrame } from "./voice.ts";

/** The planned comparisons by the plan's own estimator. */
const effectsOf = (model: ResearchModel): readonly PublicEffect[] =>
  model.outcomes.flatMap((outcome) =>
    model.effects
      .filter(
        ({ outcome: scale, rater, estimator }) =>
          scale === outcome.scale && rater === outcome.rater && estimator === model.plan.estimator,
      )
      .map((effect) => ({
        outcome,
        wave: effect.wave,
        arm: effect.arm,
        numbers: forPublic(effect.numbers, "effect", { ...effect.support, df: valueIn(effect.numbers)?.df ?? null }),
        leaders: publicCount(effect.leaders),
        respondents: publicCount(effect.respondents),
      })),
  );

const armsOf = ({ flow }: ResearchModel): readonly PublicArm[] =>
  flow.map(({ arm, numbers }) => {
    const analysed = valueIn(numbers)?.analysed;
    return {
      arm,
      leaders: publicCount(analysed?.leaders ?? null),
      respondents: publicCount(analysed?.employees ?? null),
    };
  });

const scaleOf = (row: MeasurementRow): PublicScale => {
  const { name, rater, wave, respondents, leaders, level, quality } = row;
  const support = { respondents, leaders, df: null };
  return {
    name,
    rater,
    wave,
    respondents: publicCount(respondents),
    mean: oneDecimal(forPublic(level, "mean", support), ({ mean }) => mean),
    quality: forPublic(quality, "coefficient", support),
  };
};

/** What the page knows of the study, without the rest of the report. */
const frameOf = (model: ResearchModel): ResearchFrame => {
  const { study, title, synthetic, date, arms, waves, baseline, scales } = model;
  const { outcomes, covariates, plan, allocation, uneven, rules } = model;
  const known = { study, title, synthetic, date, arms, waves, baseline, scales };
  return { ...known, outcomes, covariates, plan, allocation, uneven, rules };
};

/** Of the research report, what enough stand behind for readers outside the project group. */
export const publicModel = (model: ResearchModel): PublicModel => ({
  ...frameOf(model),
  publicEffects: effectsOf(model),
  publicArms: armsOf(model),
  publicScales: model.measurement.map(scaleOf),
});
