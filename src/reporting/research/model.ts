import type { ArrowsModel } from "./arrows/model.ts";
import type { AttritionModel } from "./attrition/model.ts";
import type { BalanceModel } from "./balance/model.ts";
import type { BoundsModel } from "./bounds/model.ts";
import type { ChainsModel } from "./chains/model.ts";
import type { ContrastsModel } from "./contrasts/model.ts";
import type { EstimatesModel } from "./estimates/model.ts";
import type { FlowModel } from "./flow/model.ts";
import type { ForestModel } from "./forest/model.ts";
import type { MeasurementModel } from "./measurement/model.ts";
import type { MethodsModel } from "./methods/model.ts";
import type { MovedModel } from "./moved/model.ts";
import type { RatingsModel } from "./ratings/model.ts";
import type { ResponseModel } from "./response/model.ts";
import type { RobustnessModel } from "./robustness/model.ts";
import type { SubgroupsModel } from "./subgroups/model.ts";
import type { SurfacesModel } from "./surfaces/model.ts";
import type { WarningsModel } from "./warnings/model.ts";
import type { WavesModel } from "./waves/model.ts";

interface Effects
  extends ForestModel,
    WavesModel,
    ContrastsModel,
    RobustnessModel,
    SubgroupsModel,
    ChainsModel,
    EstimatesModel {}
interface Ratings extends RatingsModel, MovedModel, SurfacesModel {}
interface Sample extends FlowModel, AttritionModel, BoundsModel, ResponseModel, BalanceModel {}
interface Quality extends Omit<MeasurementModel, "flow"> {}
interface Provenance extends Omit<MethodsModel, "effects" | "contrasts" | "warnings">, WarningsModel {}

/** All that the research report shows, in no language yet: the parts of its sections. Aggregates only. */
export interface ResearchModel extends ArrowsModel, Effects, Ratings, Sample, Quality, Provenance {}

/**
 * Places of the numbers that rest on no answer, or that only count: the plan, rules, looks and scales; leaders,
 * respondents and questions; and how often chance alone gives so uneven arms. The report is for the project group.
 */
export const researchNumbers: readonly RegExp[] = [
  /^seed$/,
  /^plan\/(confidence|smallestEffectOfInterest|trainedFrom)$/,
  /^rules\/\w+$/,
  /^arms\/\d+\/dash\/\d+$/,
  /^(arrows\/[xy]|(outcomes|ratings|moved|measurement)\/\d+|(subgroups|chains|publicEffects)\/\d+\/(outcome|mediator))\/(low|high|decimals)$/,
  /^(effects|contrasts|chains|ratings|surfaces|flow|attrition|bounds|response|measurement)\/\d+\/(leaders|respondents)$/,
  /^(effects|contrasts)\/\d+\/support\/(leaders|respondents)$/,
  /^moved\/\d+\/leaders\/(arm|reference)$/,
  /^(allocation\/(changed|joined|departed)|bounds\/\d+\/randomised|response\/\d+\/withoutHeadcount)$/,
  /^measurement\/\d+\/(items|missing\/[^/]+|itemRows\/\d+\/(n|missing\/[^/]+))$/,
  /^warnings\/\d+\/count$/,
  /^balance\/\d+\/chance$/,
];
