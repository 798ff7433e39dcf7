import { type ChartSpec, chart } from "../../page/chart.ts";
import { type Html, html, trusted } from "../../page/html.ts";
import { type Drawing, type FigureTable, figure } from "../../page/page.ts";
import { atStart } from "../../page/words.ts";
import { figureHeight, type Part } from "../print.ts";
import type { LeaderScale, Voice } from "../voice.ts";
import type { DevelopingScale, DevelopmentModel } from "./model.ts";
import { developmentWords } from "./reading.ts";
import { developing, developmentLayout, type Panels } from "./rows.ts";

const tableOf = ({ waves }: DevelopmentModel, scales: readonly DevelopingScale[], voice: Voice): FigureTable => ({
  caption: voice.say("changeTable"),
  columns: [
    voice.say("tableScale"),
    ...waves.flatMap((name) => [
      voice.say("changeTableOwn", { wave: voice.nameOf(name) }),
      voice.say("changeTableEmployees", { wave: voice.nameOf(name) }),
    ]),
  ],
  rows: scales.map(({ scale, own, employees }) => [
    voice.nameOf(scale.name),
    ...waves.flatMap((_, wave) => {
      const value = own[wave] ?? null;
      return [value === null ? "–" : voice.value(value, scale), voice.cell(employees[wave] ?? null, scale)];
    }),
  ]),
});

const sameUnit = (scales: readonly LeaderScale[]): boolean =>
  scales.every(({ low, high }) => low === scales[0]!.low && high === scales[0]!.high);

const endsOf = (scales: readonly LeaderScale[], voice: Voice): readonly string[] => {
  if (!sameUnit(scales)) return ["", "", ""];
  const { low, high } = scales[0]!;
  return [low, (low + high) / 2, high].map((value) => voice.unit(value, { decimals: Number.isInteger(value) ? 0 : 1 }));
};

/** A few panels are high, many are low: one row up to six, else rows of even length. */
const panelsOf = (count: number): Panels =>
  count <= 3
    ? { width: 706, columns: count, height: 76 }
    : { width: 706, columns: count <= 6 ? count : Math.ceil(count / Math.ceil(count / 6)), height: 56 };

/** Panels of some scales, and how high they stand on a wide page. */
const drawPanels = async (
  id: string,
  model: DevelopmentModel,
  scales: readonly DevelopingScale[],
  description: string,
  voice: Voice,
): Promise<{ readonly drawing: Drawing; readonly height: number }> => {
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/development.vl.json"));
  const last = model.waves.length - 1;
  const ends = endsOf(
    scales.map(({ scale }) => scale),
    voice,
  );
  const draw = (name: string, panels: Panels) => {
    const { rows, panel: width, left, right, columns, height } = developmentLayout(model, scales, panels, voice);
    const params = { left, right, last, ends };
    const { theme, language } = voice;
    return chart(spec, { waves: rows }, { theme, id: name, width, height, columns, description, language, params });
  };
  const panels = panelsOf(scales.length);
  const { titles } = developmentLayout(model, scales, panels, voice);
  return {
    drawing: {
      wide: await draw(`${id}-w`, panels),
      narrow: await draw(`${id}-n`, { width: 358, columns: 2, height: panels.height }),
    },
    height: Math.ceil(scales.length / panels.columns) * (panels.height + titles + 32) + 4,
  };
};

/** The scales that the programme does not set out to develop: there for who opens them, not printed. */
const folded = async (
  model: DevelopmentModel,
  scales: readonly DevelopingScale[],
  voice: Voice,
): Promise<Html | null> => {
  if (scales.length === 0) return null;
  const pattern = voice.say("changeAltOthers");
  const description = voice.say("changeAlt", {
    count: voice.tally(scales.length),
    waves: voice.tally(model.waves.length),
    pattern,
  });
  const { drawing } = await drawPanels("others", model, scales, description, voice);
  return html`<details class="tbl fold"><summary>${voice.say("changeOthers", { count: voice.tally(scales.length) })}</summary><div class="chart wide">${trusted(drawing.wide)}</div><div class="chart narrow">${trusted(drawing.narrow)}</div></details>`;
};

/** Own and employees' answers over the waves, a panel for each scale; null with one wave. */
export const developmentFigure = async (model: DevelopmentModel, voice: Voice): Promise<Part | null> => {
  const { first, others } = developing(model);
  if (model.waves.length < 2 || first.length === 0) return null;
  const { title, reading: pattern } = developmentWords(model, voice);
  const description = voice.say("changeAlt", {
    count: voice.tally(first.length),
    waves: voice.tally(model.waves.length),
    pattern,
  });
  const { drawing, height } = await drawPanels("development", model, first, description, voice);
  const reading = atStart(pattern);
  const markup = figure({
    id: "development",
    title,
    sub: "",
    drawing,
    key: null,
    reading,
    note: "",
    table: tableOf(model, [...first, ...others], voice),
    showTable: voice.say("showTable"),
  });
  const parts = { sub: "", key: false, chart: height, reading, note: "" };
  return { html: html`${markup}${await folded(model, others, voice)}`, height: figureHeight(parts, voice) };
};
