import { valueIn } from "../../../disclosure/published.ts";
import { type Html, html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import { section } from "../section.ts";
import type { ResearchVoice } from "../voice.ts";
import type { ItemRow } from "./items-model.ts";
import type { MeasurementModel, MeasurementRow } from "./model.ts";

const headOf = (row: MeasurementRow, voice: ResearchVoice): readonly string[] => [
  voice.rater(row.rater) || voice.say("none"),
  voice.wave(row.wave),
];

const fold = (caption: string, columns: readonly string[], rows: readonly (readonly string[])[], above: Html | null) =>
  html`<details class="tbl every"><summary>${caption}</summary>${above}${dataTable({ caption, columns, rows })}</details>`;

const qualityCells = (row: MeasurementRow, voice: ResearchVoice): readonly string[] => {
  const [details, quality] = [valueIn(row.details), valueIn(row.quality)];
  const hidden = voice.say("hidden");
  if (!details || !quality) return [hidden, hidden, hidden, hidden, hidden, hidden];
  const { icc } = details;
  return [
    `${voice.number(quality.alpha, 2)} (${voice.range(details.alpha, 2)})`,
    voice.number(icc?.f ?? null, 2),
    icc ? `${voice.number(icc.df1, 0)}; ${voice.number(icc.df2, 0)}` : voice.say("none"),
    voice.p(icc?.p ?? null),
    voice.number(quality.rwg, 2),
    voice.number(details.rwgSlightlySkewed, 2),
  ];
};

/** The interval of alpha, the test of ICC(1), and agreement against both nulls. */
const qualityFold = (model: MeasurementModel, voice: ResearchVoice): Html => {
  const rows = model.measurement.filter(({ itemRows }) => itemRows.length > 1);
  const columns = [
    voice.say("columnScale"),
    voice.say("columnRater"),
    voice.say("columnWave"),
    voice.say("columnAlphaInterval"),
    voice.say("columnIccF"),
    voice.say("columnDf"),
    voice.say("columnP"),
    voice.say("columnRwgUniform"),
    voice.say("columnRwgSkewed"),
  ];
  const cells = rows.map((row) => [voice.text(row.name), ...headOf(row, voice), ...qualityCells(row, voice)]);
  return fold(voice.say("qualityFold"), columns, cells, null);
};

const itemCells = ({ item, n, level, fit, missing }: ItemRow, voice: ResearchVoice): readonly string[] => {
  const [means, found] = [valueIn(level), valueIn(fit)];
  const hidden = voice.say("hidden");
  return [
    item,
    voice.number(n, 0),
    ...(means ? [voice.number(means.mean, 2), voice.number(means.sd, 2)] : [hidden, hidden]),
    ...(found ? [voice.number(found.itemRest, 2), voice.number(found.alphaIfDropped, 2)] : [hidden, hidden]),
    voice.missing(missing),
  ];
};

const wordingOf = (scale: string, { wordings }: MeasurementModel, voice: ResearchVoice): Html | null => {
  const own = wordings.filter((each) => each.scale === scale && each.wording !== null);
  if (own.length === 0) return null;
  return html`<dl>${own.map(({ item, reversed, wording }) => {
    const words = voice.text(wording!);
    return html`<dt>${item}</dt><dd>${reversed ? voice.say("itemReversed", { wording: words }) : words}</dd>`;
  })}</dl>`;
};

const itemsFold = (rows: readonly MeasurementRow[], model: MeasurementModel, voice: ResearchVoice): Html => {
  const columns = (
    [
      "columnRater",
      "columnWave",
      "columnItem",
      "columnAnswers",
      "columnMean",
      "columnSdShort",
      "columnItemRest",
      "columnAlphaWithout",
      "columnMissing",
    ] as const
  ).map((key) => voice.say(key));
  const cells = rows.flatMap((row) => row.itemRows.map((item) => [...headOf(row, voice), ...itemCells(item, voice)]));
  const { scale, name } = rows[0]!;
  return fold(
    voice.say("itemsFold", { scale: voice.text(name), count: rows[0]!.itemRows.length }),
    columns,
    cells,
    wordingOf(scale, model, voice),
  );
};

/** What each scale of several items is made of, folded by scale. */
export const itemsSection = (model: MeasurementModel, voice: ResearchVoice): Html | null => {
  const rows = model.measurement.filter(({ itemRows }) => itemRows.length > 1);
  if (rows.length === 0) return null;
  const scales = [...new Set(rows.map(({ scale }) => scale))];
  const folds = scales.map((scale) =>
    itemsFold(
      rows.filter((row) => row.scale === scale),
      model,
      voice,
    ),
  );
  return section(
    "items",
    voice.say("itemsTitle"),
    html`${qualityFold(model, voice)}${folds}<p class="note">${voice.say("itemsNote")}</p>`,
  );
};
