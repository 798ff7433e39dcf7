import { publishedIn, reveal } from "../../../disclosure/published.ts";
import { type ChartSpec, chart } from "../../page/chart.ts";
import { type Html, html, trusted } from "../../page/html.ts";
import { type FigureTable, figure } from "../../page/page.ts";
import { figureHeight, type Part } from "../print.ts";
import type { Voice } from "../voice.ts";
import { gapTitle } from "./finding.ts";
import { type GapLayout, narrowLayout, wideLayout } from "./layout.ts";
import type { GapModel } from "./model.ts";
import { gapAlt, gapReadingOf, pointNote, unitNote } from "./reading.ts";
import { type GapRow, gapRows } from "./rows.ts";

const diamond = trusted(
  '<svg width="16" height="16" aria-hidden="true"><path d="M8 2L14 8L8 14L2 8Z" fill="#fff" stroke="#1b2130" stroke-width="2"/></svg>',
);
const dot = (interval: boolean): Html =>
  trusted(
    `<svg width="28" height="16" aria-hidden="true">${interval ? '<path d="M4 8H24" stroke="#5a2a5b" stroke-opacity=".32" stroke-width="6" stroke-linecap="round"/>' : ""}<circle cx="14" cy="8" r="6" fill="#5a2a5b"/></svg>`,
  );
const band = trusted('<svg width="22" height="14" aria-hidden="true"><path d="M0 0H22V14H0Z" fill="#e9e5db"/></svg>');

const keyOf = (rows: readonly GapRow[], voice: Voice): Html => {
  const interval = rows.some((row) => row.low !== null);
  const parts = [
    rows.some((row) => row.own !== null) ? html`<span>${diamond}${voice.say("keyOwn")}</span>` : null,
    rows.some((row) => row.mean !== null)
      ? html`<span>${dot(interval)}${voice.say(interval ? "keyEmployees" : "keyEmployeesAlone")}</span>`
      : null,
    rows.some((row) => row.bandLow !== null) ? html`<span>${band}${voice.say("keyBenchmark")}</span>` : null,
  ];
  return html`${parts}`;
};

const tableOf = (model: GapModel, rows: readonly GapRow[], voice: Voice): FigureTable => {
  const confidence = voice.confidence(model.confidence);
  const employees = rows.some((row) => row.mean !== null);
  const shrunk = rows.some((row) => row.shrunk !== "");
  const columns = [
    voice.say("tableScale"),
    voice.say("tableOwn"),
    ...(employees
      ? [voice.say("tableEmployees"), voice.say("tableInterval", { confidence }), voice.say("tableGap")]
      : []),
    ...(shrunk ? [voice.say("tableShrunk")] : []),
    voice.say("tableBenchmark"),
  ];
  return {
    caption: shrunk ? `${voice.say("gapTable")}. ${voice.say("shrunkNote")}` : voice.say("gapTable"),
    columns,
    rows: rows.map((row) => tableRow(row, { employees, shrunk }, voice)),
  };
};

const tableRow = (
  { scale, facts, gap, shrunk }: GapRow,
  has: { readonly employees: boolean; readonly shrunk: boolean },
  voice: Voice,
): readonly string[] => {
  const { own, employees: cell } = facts;
  const team = cell && publishedIn(cell);
  const interval = team && reveal(team).low !== null ? voice.range(team, scale) : "–";
  const middle = publishedIn(facts.benchmark);
  return [
    voice.nameOf(scale.name),
    own === null ? voice.say("none") : voice.value(own, scale),
    ...(has.employees ? [voice.cell(cell, scale), interval, gap === "" ? "–" : gap] : []),
    ...(has.shrunk ? [shrunk === "" ? "–" : shrunk] : []),
    middle ? voice.range(middle, scale) : "–",
  ];
};

/** Own answer against employees' answers, scale by scale, in the last wave. Null where there is nothing to draw. */
export const gapFigure = async (model: GapModel, voice: Voice): Promise<Part | null> => {
  const rows = gapRows(model, voice);
  if (rows.every((row) => row.own === null && row.mean === null)) return null;
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/gap.vl.json"));
  const draw = (id: string, width: number, layout: GapLayout) =>
    chart(
      spec,
      { marks: layout.marks, ticks: layout.ticks, labels: layout.labels },
      {
        theme: voice.theme,
        id,
        width,
        height: layout.height,
        description: gapAlt(model, rows, voice),
        language: voice.language,
        params: { left: layout.left, right: layout.right },
      },
    );
  const wide = wideLayout(rows, 706, voice);
  const reading = gapReadingOf(model, rows, voice);
  const note = unitNote(rows, voice);
  const sub = pointNote(rows, voice);
  const markup = figure({
    id: "gap",
    title: gapTitle(model, rows, voice),
    sub,
    drawing: {
      wide: await draw("gap-w", 706, wide),
      narrow: await draw("gap-n", 358, narrowLayout(rows, 358, voice)),
    },
    key: keyOf(rows, voice),
    reading,
    note,
    table: tableOf(model, rows, voice),
    showTable: voice.say("showTable"),
  });
  return { html: markup, height: figureHeight({ sub, key: true, chart: wide.height, reading, note }, voice) };
};
