import { type ChartSpec, chart } from "../../page/chart.ts";
import { type FigureTable, figure } from "../../page/page.ts";
import { atStart } from "../../page/words.ts";
import type { LeaderModel, LeaderScale } from "../model.ts";
import { figureHeight, type Part } from "../print.ts";
import type { Voice } from "../voice.ts";
import { developmentWords } from "./reading.ts";
import { type DevelopmentLayout, developing, developmentLayout } from "./rows.ts";

const tableOf = (model: LeaderModel, voice: Voice): FigureTable => tableOfScales(model, developing(model), voice);

const tableOfScales = ({ study, facts }: LeaderModel, scales: readonly number[], voice: Voice): FigureTable => ({
  caption: voice.say("changeTable"),
  columns: [
    voice.say("tableScale"),
    ...study.waves.flatMap(({ name }) => [
      voice.say("changeTableOwn", { wave: name[voice.language] }),
      voice.say("changeTableEmployees", { wave: name[voice.language] }),
    ]),
  ],
  rows: scales.map((index) => [
    study.scales[index]!.name[voice.language],
    ...study.waves.flatMap((_, wave) => {
      const own = facts.scales[index]!.own[wave] ?? null;
      const cell = facts.scales[index]!.employees[wave] ?? null;
      const scale = study.scales[index]!;
      return [own === null ? "–" : voice.value(own, scale), cell === null ? "–" : voice.cell(cell, scale)];
    }),
  ]),
});

/** Panels in a row on a wide page: one row up to six, else rows of even length. */
const panels = (count: number): number => (count <= 6 ? count : Math.ceil(count / Math.ceil(count / 6)));

const sameUnit = (scales: readonly LeaderScale[]): boolean =>
  scales.every(({ low, high }) => low === scales[0]!.low && high === scales[0]!.high);

const endsOf = (scales: readonly LeaderScale[], voice: Voice): readonly string[] => {
  if (!sameUnit(scales)) return ["", "", ""];
  const { low, high } = scales[0]!;
  return [low, (low + high) / 2, high].map((value) =>
    voice.value(value, { decimals: Number.isInteger(value) ? 0 : 1 }),
  );
};

const panelHeight = 56;

/** Own and employees' answers over the waves, a panel for each scale. Null with one wave. */
export const developmentFigure = async (model: LeaderModel, voice: Voice): Promise<Part | null> => {
  const { waves } = model.study;
  const scales = developing(model).map((index) => model.study.scales[index]!);
  if (waves.length < 2 || scales.length === 0) return null;
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/development.vl.json"));
  const words = developmentWords(model, voice);
  const description = voice.say("changeAlt", { count: scales.length, waves: waves.length, pattern: words.reading });
  const draw = (id: string, layout: DevelopmentLayout) =>
    chart(
      spec,
      { waves: layout.rows },
      {
        theme: voice.theme,
        id,
        width: layout.panel,
        height: layout.height,
        columns: layout.columns,
        description,
        language: voice.language,
        params: { left: layout.left, right: layout.right, last: waves.length - 1, ends: endsOf(scales, voice) },
      },
    );
  const wide = developmentLayout(model, 706, panels(scales.length), panelHeight, voice);
  const reading = atStart(words.reading);
  const markup = figure({
    id: "development",
    title: words.title,
    sub: "",
    drawing: {
      wide: await draw("development-w", wide),
      narrow: await draw("development-n", developmentLayout(model, 358, 2, panelHeight, voice)),
    },
    key: null,
    reading,
    note: "",
    table: tableOf(model, voice),
    showTable: voice.say("showTable"),
  });
  const chartHeight = Math.ceil(scales.length / wide.columns) * (panelHeight + wide.titles + 32) + 4;
  return { html: markup, height: figureHeight({ key: false, chart: chartHeight, reading, note: "" }, voice) };
};
