import { valueIn } from "../../../disclosure/published.ts";
import { type Html, html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import { section } from "../section.ts";
import type { ResearchVoice } from "../voice.ts";
import type { MeasurementModel, MeasurementRow } from "./model.ts";

const measurementCells = (row: MeasurementRow, voice: ResearchVoice): readonly string[] => {
  const level = valueIn(row.level);
  const quality = valueIn(row.quality);
  const hidden = voice.say("hidden");
  return [
    ...(level ? [voice.number(level.mean, row.decimals), voice.number(level.sd, row.decimals)] : [hidden, hidden]),
    ...(quality
      ? [
          voice.number(quality.alpha, 2),
          voice.number(quality.omega, 2),
          voice.number(quality.icc1, 3),
          voice.number(quality.icc2, 2),
          voice.number(quality.rwg, 2),
        ]
      : [hidden, hidden, hidden, hidden, hidden]),
  ];
};

/** How well each scale measures, and what is missing of it. */
export const measurementSection = (model: MeasurementModel, voice: ResearchVoice): Html | null => {
  if (model.measurement.length === 0) return null;
  const columns = (
    [
      "columnScale",
      "columnRater",
      "columnWave",
      "columnItems",
      "columnRespondents",
      "columnLeaders",

      "columnMean",
      "columnSdShort",
      "columnAlpha",
      "columnOmega",
      "columnIcc1",
      "columnIcc2",
      "columnRwg",
      "columnMissing",
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
