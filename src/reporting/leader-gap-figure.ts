import { type ChartSpec, chart } from "./chart.ts";
import { type Html, html, trusted } from "./html.ts";
import { variantOf } from "./leader-finding.ts";
import { gapsOf, largest } from "./leader-gap.ts";
import { type GapLayout, type GapRow, gapRows, narrowLayout, wideLayout } from "./leader-gap-rows.ts";
import type { LeaderModel } from "./leader-model.ts";
import { figureHeight, type Part } from "./leader-print.ts";
import type { Voice } from "./leader-voice.ts";
import { type FigureTable, figure } from "./page.ts";
import { atStart } from "./words.ts";

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

const gapReading = (model: LeaderModel, rows: readonly GapRow[], voice: Voice): string => {
  const gaps = gapsOf(model);
  const clear = gaps.filter((gap) => gap.clear);
  const agreed = gaps.filter((gap) => gap.clear === false);
  const unseen = rows.filter(({ facts }) => facts.employees.at(-1)?.state === "suppressed");
  const count = { count: clear.length, total: gaps.length };
  const first = gaps.some((gap) => gap.clear === null)
    ? voice.say("gapReading.uncertain")
    : clear.length === 0
      ? voice.say("gapReading.none")
      : clear.length === gaps.length
        ? voice.say("gapReading.all", { total: gaps.length })
        : voice.say("gapReading.some", count);
  const scales = (of: readonly { readonly name: GapRow["scale"]["name"] }[]) => ({
    scales: voice.names(of.map(({ name }) => name)),
  });
  return [
    first,
    clear.length > 0 && agreed.length > 0 && agreed.length <= 3 ? voice.say("gapReading.agree", scales(agreed)) : "",
    unseen.length > 0 ? voice.say("gapReading.hidden", scales(unseen.map(({ scale }) => scale))) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
};

interface Level {
  readonly row: GapRow;
  readonly at: number;
  readonly text: string;
}

const extremes = (levels: readonly Level[], voice: Voice) => {
  const [top, bottom] = [Math.max(...levels.map(({ at }) => at)), Math.min(...levels.map(({ at }) => at))];
  const of = (at: number) => levels.filter((level) => level.at === at);
  const names = (at: number) => voice.names(of(at).map(({ row }) => row.scale.name));
  return {
    high: names(top),
    highValue: of(top)[0]!.text,
    low: names(bottom),
    lowValue: of(bottom)[0]!.text,
    level: top === bottom,
  };
};

const levelReading = (levels: readonly Level[], own: boolean, voice: Voice): string => {
  const [only] = levels;
  if (!only) return "";
  if (levels.length === 1) {
    const scale = voice.name(only.row.scale.name);
    return voice.say(own ? "gapReading.ownOne" : "gapReading.one", { scale, value: only.text });
  }
  const { level, ...values } = extremes(levels, voice);
  if (level) return voice.say(own ? "gapReading.ownLevel" : "gapReading.level");
  return voice.say(own ? "gapReading.ownOnly" : "gapReading.noOwn", values);
};

const levelsOf = (rows: readonly GapRow[], own: boolean, voice: Voice): readonly Level[] =>
  rows.flatMap((row) => {
    const at = own ? row.own : row.mean;
    if (at === null) return [];
    const text = own
      ? voice.value(row.facts.own.at(-1)!, row.scale)
      : voice.cell(row.facts.employees.at(-1) ?? null, row.scale);
    return [{ row, at, text }];
  });

const readingOf = (model: LeaderModel, rows: readonly GapRow[], voice: Voice): string => {
  const variant = variantOf(model);
  if (variant === "both" && gapsOf(model).length > 0) return gapReading(model, rows, voice);
  const own = variant === "own" || variant === "both";
  return levelReading(levelsOf(rows, own, voice), own, voice);
};

const tableOf = (model: LeaderModel, rows: readonly GapRow[], voice: Voice): FigureTable => {
  const confidence = voice.percent(model.study.confidence * 100);
  const employees = rows.some((row) => row.mean !== null);
  const columns = [
    voice.say("tableScale"),
    voice.say("tableOwn"),
    ...(employees
      ? [voice.say("tableEmployees"), voice.say("tableInterval", { confidence }), voice.say("tableGap")]
      : []),
    voice.say("tableBenchmark"),
  ];
  return { caption: voice.say("gapTable"), columns, rows: rows.map((row) => tableRow(row, employees, voice)) };
};

const tableRow = ({ scale, facts, gap }: GapRow, employees: boolean, voice: Voice): readonly string[] => {
  const own = facts.own.at(-1) ?? null;
  const cell = facts.employees.at(-1) ?? null;
  const team = cell?.state === "shown" ? cell.value : null;
  const interval = team && team.low !== null && team.high !== null ? voice.range(team.low, team.high, scale) : "–";
  const middle = facts.benchmark.state === "shown" ? facts.benchmark.value : null;
  return [
    scale.name[voice.language],
    own === null ? voice.say("none") : voice.value(own, scale),
    ...(employees ? [voice.cell(cell, scale), interval, gap === "" ? "–" : gap] : []),
    middle ? voice.range(middle.low, middle.high, scale) : "–",
  ];
};

const altOf = (model: LeaderModel, rows: readonly GapRow[], voice: Voice): string => {
  const most = largest(gapsOf(model));
  const [first] = rows;
  const row = (most && rows.find(({ scale }) => scale === model.study.scales[most.scale])) ?? first;
  if (!row) return "";
  const scale = atStart(voice.name(row.scale.name));
  const own = row.own === null ? null : voice.value(row.facts.own.at(-1)!, row.scale);
  const employees = row.mean === null ? null : voice.cell(row.facts.employees.at(-1) ?? null, row.scale);
  const pattern =
    own !== null && employees !== null
      ? voice.say("gapAltRow", { scale, own, employees })
      : own !== null
        ? voice.say("gapAltOwn", { scale, own })
        : employees !== null
          ? voice.say("gapAltEmployees", { scale, employees })
          : "";
  return voice.say("gapAlt", { count: rows.length, pattern });
};

const titleOf = (model: LeaderModel, voice: Voice): string => {
  const variant = variantOf(model);
  return voice.say(variant === "both" ? "gapTitle" : variant === "own" ? "gapTitleOwnOnly" : "gapTitleNoOwn");
};

const unitNote = (rows: readonly GapRow[], voice: Voice): string => {
  const odd = rows.filter(({ scale }) => scale.low !== 0 || scale.high !== 100);
  if (odd.length === 0 || odd.length === rows.length) return "";
  return voice.say("unitNote", { scales: atStart(voice.names(odd.map(({ scale }) => scale.name))) });
};

/** The rows of data that the gap chart's spec names. */
export const gapData = ({ marks, ticks, labels }: GapLayout) => ({ marks, ticks, labels });

/** Own answer against employees' answers, scale by scale, in the last wave. Null where there is nothing to draw. */
export const gapFigure = async (model: LeaderModel, voice: Voice): Promise<Part | null> => {
  const rows = gapRows(model, voice);
  if (rows.every((row) => row.own === null && row.mean === null)) return null;
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/gap.vl.json"));
  const draw = (id: string, width: number, layout: GapLayout) =>
    chart(spec, gapData(layout), {
      theme: voice.theme,
      id,
      width,
      height: layout.height,
      description: altOf(model, rows, voice),
      language: voice.language,
      params: { left: layout.left, right: layout.right },
    });
  const wide = wideLayout(rows, 706, model, voice);
  const [reading, note] = [readingOf(model, rows, voice), unitNote(rows, voice)];
  const markup = figure({
    id: "gap",
    title: titleOf(model, voice),
    sub: "",
    drawing: {
      wide: await draw("gap-w", 706, wide),
      narrow: await draw("gap-n", 358, narrowLayout(rows, 358, model, voice)),
    },
    key: keyOf(rows, voice),
    reading,
    note,
    table: tableOf(model, rows, voice),
    showTable: voice.say("showTable"),
  });
  return { html: markup, height: figureHeight({ key: true, chart: wide.height, reading, note }, voice) };
};
