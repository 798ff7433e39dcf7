import { publishedIn, reveal } from "../../../disclosure/published.ts";
import { chart } from "../../page/chart.ts";
import type { ChartSpec } from "../../page/chart-parts.ts";
import type { FigureTable } from "../../page/page.ts";
import type { KeyEntry, LeaderFigure } from "../section.ts";
import type { Voice } from "../voice.ts";
import { gapTitle } from "./finding.ts";
import { type GapLayout, narrowLayout, wideLayout } from "./layout.ts";
import type { GapModel } from "./model.ts";
import { gapAlt, gapReadingOf, pointNote, unitNote } from "./reading.ts";
import { type GapRow, gapRows } from "./rows.ts";

const svg = (width: number, height: number, drawn: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" aria-hidden="true">${drawn}</svg>`;

const diamond = svg(16, 16, '<path d="M8 2L14 8L8 14L2 8Z" fill="#fff" stroke="#1b2130" stroke-width="2"/>');
const interval = '<path d="M4 8H24" stroke="#5a2a5b" stroke-opacity=".32" stroke-width="6" stroke-linecap="round"/>';
const dot = (under: string): string => svg(28, 16, `${under}<circle cx="14" cy="8" r="6" fill="#5a2a5b"/>`);
const band = svg(22, 14, '<path d="M0 0H22V14H0Z" fill="#e9e5db"/>');

const keyOf = (rows: readonly GapRow[], voice: Voice): readonly KeyEntry[] => {
  const has = (field: "own" | "mean" | "low" | "bandLow") => rows.some((row) => row[field] !== null);
  const employees = has("low")
    ? { mark: dot(interval), text: voice.say("keyEmployees") }
    : { mark: dot(""), text: voice.say("keyEmployeesAlone") };
  return [
    ...(has("own") ? [{ mark: diamond, text: voice.say("keyOwn") }] : []),
    ...(has("mean") ? [employees] : []),
    ...(has("bandLow") ? [{ mark: band, text: voice.say("keyBenchmark") }] : []),
  ];
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
export const gapFigure = (model: GapModel, voice: Voice): LeaderFigure | null => {
  const rows = gapRows(model, voice);
  if (rows.every((row) => row.own === null && row.mean === null)) return null;
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/gap.vl.json"));
  const description = gapAlt(model, rows, voice);
  const draw = (id: string, width: number, { marks, ticks, labels, height, left, right }: GapLayout) => {
    const { theme, language } = voice;
    return chart(
      spec,
      { marks, ticks, labels },
      { theme, id, width, height, description, language, params: { left, right } },
    );
  };
  const wide = wideLayout(rows, 706, voice);
  return {
    kind: "figure",
    id: "gap",
    title: gapTitle(model, rows, voice),
    sub: pointNote(rows, voice),
    key: keyOf(rows, voice),
    draw: (medium) =>
      medium === "wide" ? draw("gap-w", 706, wide) : draw("gap-n", 358, narrowLayout(rows, 358, voice)),
    description,
    height: wide.height,
    reading: gapReadingOf(model, rows, voice),
    note: unitNote(rows, voice),
    table: tableOf(model, rows, voice),
    fold: null,
  };
};
