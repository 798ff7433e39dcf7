import type { ArmStyle } from "../page/arms.ts";
import { roundAxis } from "../page/axis.ts";
import { type Measure, wrapped } from "../page/measure.ts";

/** One line of a forest plot: an estimate with its intervals, and how it is written beside them. */
export interface ForestRow {
  readonly label: string;
  readonly written: string;
  readonly style: ArmStyle;
  readonly estimate: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly half: { readonly low: number; readonly high: number } | null;
}

export interface ForestGroup {
  readonly heading: string;
  readonly rows: readonly ForestRow[];
}

export interface ForestLayout {
  /** Of the whole drawing, in pixels. */
  readonly total: number;
  readonly narrow: boolean;
  /** Half width of the band round zero; null draws none. */
  readonly band: number | null;
  readonly axis: string;
  readonly measure: Measure;
}

interface Placed {
  readonly headings: { readonly text: string; readonly y: number }[];
  readonly rows: { readonly row: ForestRow; readonly text: number; readonly mark: number }[];
  readonly height: number;
}

const place = (groups: readonly ForestGroup[], layout: ForestLayout): Placed => {
  const step = layout.narrow ? 40 : 26;
  const placed: Placed = { headings: [], rows: [], height: 0 };
  let y = 0;
  for (const [index, { heading, rows }] of groups.entries()) {
    if (index > 0) y += layout.narrow ? 10 : 14;
    const lines = wrapped(heading, layout.total - 4, 14, 650, layout.measure);
    for (const text of lines) {
      placed.headings.push({ text, y: y + 10 });
      y += 19;
    }
    y += layout.narrow ? 2 : 5;
    for (const row of rows) {
      placed.rows.push(layout.narrow ? { row, text: y + 10, mark: y + 28 } : { row, text: y + 13, mark: y + 13 });
      y += step;
    }
  }
  return { ...placed, height: y + 4 };
};

/** Rows of every layer of the forest plot, in the order of `groups`; positions down are pixels, across in the unit. */
export const forestData = (groups: readonly ForestGroup[], layout: ForestLayout) => {
  const all = groups.flatMap(({ rows }) => rows);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => layout.measure(text, 14, 400)));
  const left = layout.narrow ? 8 : Math.min(260, 12 + widest(all.map(({ label }) => label)) + 18);
  const right = layout.narrow ? 10 : widest(all.map(({ written }) => written)) + 18;
  const width = Math.round(layout.total - left - right);
  const { headings, rows, height } = place(groups, layout);
  const band = layout.band === null ? [] : [-layout.band, layout.band];
  const ends = all.flatMap(({ estimate, interval }) => [estimate, ...(interval ? [interval.low, interval.high] : [])]);
  const axis = roundAxis([...ends, ...band]);
  const data = {
    frame: [axis.ticks[0]!, axis.ticks.at(-1)!].map((x) => ({ x })),
    band: layout.band === null ? [] : [{ x: -layout.band, x2: layout.band }],
    zero: [{ x: 0 }],
    whiskers: rows.flatMap(({ row, mark }) =>
      row.interval ? [{ x: row.interval.low, x2: row.interval.high, y: mark, color: row.style.color }] : [],
    ),
    halves: rows.flatMap(({ row, mark }) =>
      row.half ? [{ x: row.half.low, x2: row.half.high, y: mark, color: row.style.color }] : [],
    ),
    points: rows.map(({ row, mark }) => ({ x: row.estimate, y: mark, color: row.style.color, shape: row.style.shape })),
    texts: [
      ...headings.map(({ text, y }) => ({ text, x: -left, y, align: "left", weight: 650 })),
      ...rows.map(({ row, text }) => ({
        text: row.label,
        x: layout.narrow ? -left : 12 - left,
        y: text,
        align: "left",
        weight: 400,
      })),
      ...rows.map(({ row, text }) => ({ text: row.written, x: width + right, y: text, align: "right", weight: 400 })),
    ],
  };
  const edges = { left, top: 2, right, bottom: 46 };
  return { data, width, height, params: { edges, ticks: axis.ticks, axisTitle: layout.axis } };
};
