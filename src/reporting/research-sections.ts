import { valueIn } from "../disclosure/published.ts";
import { type Html, html } from "./html.ts";
import { formatDate } from "./locale.ts";
import { dataTable } from "./page.ts";
import type { MeasurementRow, ReportedOutcome, ResearchModel } from "./research-model.ts";
import type { ResearchVoice } from "./research-voice.ts";

/** A part of the report under its own heading. */
export const section = (id: string, title: string, body: Html): Html =>
  html`<section id="${id}" aria-labelledby="${id}-t"><h2 id="${id}-t">${title}</h2>${body}</section>`;

const measurementCells = (row: MeasurementRow, voice: ResearchVoice): readonly string[] => {
  const level = valueIn(row.level);
  const quality = valueIn(row.quality);
  const hidden = voice.say("hidden");
  return [
    ...(level ? [voice.number(level.mean, row.decimals), voice.number(level.sd, row.decimals)] : [hidden, hidden]),
    ...(quality
      ? [
          ...[voice.number(quality.alpha, 2), voice.number(quality.omega, 2)],
          ...[voice.number(quality.icc1, 3), voice.number(quality.icc2, 2), voice.number(quality.rwg, 2)],
        ]
      : [hidden, hidden, hidden, hidden, hidden]),
  ];
};

/** How well each scale measures, and what is missing of it. */
export const measurementSection = (model: ResearchModel, voice: ResearchVoice): Html | null => {
  if (model.measurement.length === 0) return null;
  const columns = (
    [
      ...(["columnScale", "columnRater", "columnWave", "columnItems", "columnRespondents", "columnLeaders"] as const),
      ...([
        "columnMean",
        "columnSdShort",
        "columnAlpha",
        "columnOmega",
        "columnIcc1",
        "columnIcc2",
        "columnRwg",
      ] as const),
      "columnMissing" as const,
    ] as const
  ).map((key) => voice.say(key));
  const rows = model.measurement.map((row) => [
    voice.text(row.name),
    voice.rater(row.rater) || voice.say("none"),
    voice.wave(row.wave),
    voice.number(row.items, 0),
    voice.number(row.respondents, 0),
    voice.number(row.leaders, 0),
    ...measurementCells(row, voice),
    voice.missing(row.missing),
  ]);
  const levelHidden = model.flow.some(({ numbers }) => numbers.state === "suppressed");
  return section(
    "measurement",
    voice.say("measurementTitle"),
    html`<p class="sub">${voice.say("measurementSub")}</p>${dataTable({ caption: voice.say("measurementCaption"), columns, rows })}<p class="note">${voice.say("measurementNote")}${
      levelHidden ? ` ${voice.say("measurementLevelHidden")}` : null
    }</p>`,
  );
};

type Setting = readonly [name: string, value: string];

const planSettings = (model: ResearchModel, voice: ResearchVoice): readonly Setting[] => {
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
    [voice.say("settingSe"), voice.say("settingSeValue", { type: plan.standardErrors })],
    [
      voice.say("settingMultiplicity"),
      voice.say(plan.multiplicity === "holm" ? "settingHolm" : "settingNoMultiplicity"),
    ],
    [voice.say("settingConfidence"), voice.confidence],
    [
      voice.say("settingSmallest"),
      smallest === null
        ? voice.say("settingSmallestNone")
        : voice.say("point", { value: voice.number(smallest, Number.isInteger(smallest) ? 0 : 2) }),
    ],
  ];
};

const recordSettings = (model: ResearchModel, voice: ResearchVoice): readonly Setting[] => {
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
    [voice.say("settingLocked"), model.plan.locked === null ? voice.say("no") : day(model.plan.locked)],
  ];
};

/** The plan and everything else that decided which numbers came out. */
export const methodsSection = (model: ResearchModel, voice: ResearchVoice): Html => {
  const trial = model.arms.length > 0;
  const { locked } = model.plan;
  const plan = locked
    ? voice.say("methodsPlanLocked", { date: formatDate(locked.slice(0, 10), voice.language) })
    : voice.say("methodsPlanOpen");
  const settings = [...(trial ? planSettings(model, voice) : []), ...recordSettings(model, voice)];
  const list = html`<dl>${settings.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
  return section(
    "methods",
    voice.say("methodsTitle"),
    html`${trial ? html`<p class="read">${voice.say("methodsEffects")} ${plan}</p>` : null}${list}`,
  );
};

/** What a reader might look for and why it is not here. */
export const absentSection = (reasons: readonly string[], voice: ResearchVoice): Html | null =>
  reasons.length === 0
    ? null
    : section("absent", voice.say("absentTitle"), html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`);
