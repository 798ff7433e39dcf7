import type { Estimator } from "../../../study/study.ts";
import type { Effect } from "../../effect/effect.ts";
import { type Html, html } from "../../page/html.ts";
import { formatDate } from "../../page/locale.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { section } from "../section.ts";
import { type ResearchVoice, within } from "../voice.ts";
import type { MethodsModel } from "./model.ts";

type Setting = readonly [name: string, value: string];

const multiplicityWords = {
  holm: "settingHolm",
  "romano-wolf": "settingRomanoWolf",
  none: "settingNoMultiplicity",
} as const;
const dfWords = { satterthwaite: "Satterthwaite", "kenward-roger": "Kenward–Roger" } as const;
const mixedEstimators: readonly Estimator[] = ["mixed", "mixed-leader-wave", "partially-nested"];

const plans = ({ plan }: MethodsModel, estimators: readonly Estimator[]): boolean =>
  [plan.estimator, ...plan.robustness].some((estimator) => estimators.includes(estimator));

const mixedSetting = (model: MethodsModel, voice: ResearchVoice): readonly Setting[] => {
  const { likelihood, df } = model.plan.mixed;
  if (!plans(model, mixedEstimators)) return [];
  return [[voice.say("settingMixed"), voice.say("settingMixedValue", { likelihood, df: dfWords[df] })]];
};

const takeUpSetting = (model: MethodsModel, voice: ResearchVoice): readonly Setting[] => {
  const { trainedFrom } = model.plan;
  if (!plans(model, ["complier"])) return [];
  const value =
    trainedFrom === 1
      ? voice.say("settingTrainedFromOne")
      : voice.say("settingTrainedFromValue", { count: trainedFrom });
  return [[voice.say("settingTrainedFrom"), value]];
};

const drawsSetting = (model: MethodsModel, voice: ResearchVoice): readonly Setting[] => {
  const counts = model.warnings.flatMap(({ code, count }) => (code === "p-from-draws" ? [count] : []));
  if (counts.length === 0) return [];
  const written = [...new Set(counts)].sort((a, b) => a - b).map((count) => voice.number(count, 0));
  return [[voice.say("settingDraws"), voice.list(written)]];
};

const chainSetting = ({ plan: { mediation } }: MethodsModel, voice: ResearchVoice): readonly Setting[] => {
  if (mediation.length === 0) return [];
  const chains = mediation.map(({ mediator, outcome }) =>
    voice.say("settingChain", { mediator: within(voice.outcome(mediator)), outcome: within(voice.outcome(outcome)) }),
  );
  return [[voice.say("settingMediation"), chains.join("; ")]];
};

const clusterWords = ({ allocation }: MethodsModel, voice: ResearchVoice): string =>
  allocation === null || allocation.by === "leader" ? voice.say("clusterLeader") : allocation.by;

const planSettings = (model: MethodsModel, voice: ResearchVoice): readonly Setting[] => {
  const { plan } = model;
  const orNone = (items: readonly string[]) => (items.length === 0 ? voice.say("none") : items.join(", "));
  const outcomes = (role: ReportedOutcome["role"]) =>
    orNone(model.outcomes.filter((outcome) => outcome.role === role).map(voice.outcome));
  const yes = (value: boolean) => voice.say(value ? "yes" : "no");
  const { blocks, covariates } = plan.differenceInDifferences;
  const smallest = plan.smallestEffectOfInterest;
  return [
    [voice.say("settingPrimary"), outcomes("primary")],
    [voice.say("settingSecondary"), outcomes("secondary")],
    [voice.say("settingEstimator"), voice.estimator(plan.estimator)],
    [voice.say("settingRobustness"), orNone(plan.robustness.map(voice.estimator))],
    [voice.say("settingCovariates"), orNone(plan.covariates.map(voice.covariate))],
    [voice.say("settingDiD"), voice.say("settingDiDValue", { blocks: yes(blocks), covariates: yes(covariates) })],
    [
      voice.say("settingSe"),
      voice.say("settingSeValue", { type: plan.standardErrors, cluster: clusterWords(model, voice) }),
    ],
    ...mixedSetting(model, voice),
    ...takeUpSetting(model, voice),
    ...chainSetting(model, voice),
    [voice.say("settingMultiplicity"), voice.say(multiplicityWords[plan.multiplicity])],
    ...drawsSetting(model, voice),
    [voice.say("settingConfidence"), voice.confidence],
    [
      voice.say("settingSmallest"),
      smallest === null
        ? voice.say("settingSmallestNone")
        : voice.say("point", { value: voice.number(smallest, Number.isInteger(smallest) ? 0 : 2) }),
    ],
  ];
};

const lockedText = ({ plan: { locked, lockedAfter } }: MethodsModel, voice: ResearchVoice): string => {
  if (locked === null) return voice.say("no");
  const day = formatDate(locked.slice(0, 10), voice.language);
  if (lockedAfter.length === 0) return day;
  return voice.say("lockedAfter", { day, waves: voice.list(lockedAfter.map(voice.wave)) });
};

const recordSettings = (model: MethodsModel, voice: ResearchVoice): readonly Setting[] => {
  const day = (iso: string) => formatDate(iso.slice(0, 10), voice.language);
  const waves = model.waves.map(({ name, from, to }) =>
    voice.say("settingWave", { name: voice.text(name), from: day(from), to: day(to) }),
  );
  const { respondents, leaders } = model.rules;
  return [
    [voice.say("settingWaves"), waves.join(", ")],
    [voice.say("settingThresholds"), voice.say("settingThresholdsValue", { respondents, leaders })],
    [voice.say("settingSeed"), String(model.seed)],
    [
      voice.say("settingVersions"),
      Object.entries(model.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(", "),
    ],
    [voice.say("settingHash"), model.plan.hash],
    [voice.say("settingLocked"), lockedText(model, voice)],
  ];
};

/** How many estimates and contrasts are as planned, and how many are not. */
const plannedCount = ({ effects, contrasts }: MethodsModel, voice: ResearchVoice): string => {
  const all = [...effects, ...contrasts];
  const count = (planned: Effect["planned"]) => voice.number(all.filter((each) => each.planned === planned).length, 0);
  return voice.say("methodsPlanned", {
    planned: count("as-planned"),
    deviations: count("deviation"),
    total: voice.number(all.length, 0),
  });
};

/** The plan and everything else that decided which numbers came out. */
export const methodsSection = (model: MethodsModel, voice: ResearchVoice): Html => {
  const trial = model.arms.length > 0;
  const { locked } = model.plan;
  const lockedPlan = locked
    ? voice.say("methodsPlanLocked", { date: formatDate(locked.slice(0, 10), voice.language) })
    : voice.say("methodsPlanOpen");
  const plan = locked ? `${lockedPlan} ${plannedCount(model, voice)}` : lockedPlan;
  const settings = [...(trial ? planSettings(model, voice) : []), ...recordSettings(model, voice)];
  const list = html`<dl>${settings.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
  return section(
    "methods",
    voice.say("methodsTitle"),
    html`${trial ? html`<p class="read">${voice.say(model.allocation?.randomised === false ? "methodsDifferences" : "methodsEffects")} ${plan}</p>` : null}${list}`,
  );
};
