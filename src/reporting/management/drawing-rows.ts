import { type Published, reveal } from "../../disclosure/published.ts";
import type { ArmStyle } from "../page/arms.ts";
import { type Measure, wrapped } from "../page/measure.ts";

/** A value with the interval round it; its ends are null where it has none. */
export interface Mark {
  readonly value: Published<number>;
  readonly low: Published<number> | null;
  readonly high: Published<number> | null;
}

/** One line of the plot: a value, or none where it is suppressed, and how it is written beside it. */
export interface Row {
  readonly label: string;
  readonly written: string;
  readonly style: Pick<ArmStyle, "color" | "shape">;
  readonly mark: Mark | null;
}

export interface RowGroup {
  /** Null where the plot has one group alone. */
  readonly heading: string | null;
  readonly rows: readonly Row[];
}

export interface RowsLayout {
  /** Of the whole drawing, in pixels. */
  readonly total: number;
  readonly narrow: boolean;
  /** Half width of the band round zero; null draws none. */
  readonly band: number | null;
  /** What stands below the axis, and the places on it. */
  readonly axis: { readonly title: string; readonly ticks: readonly number[] };
  /** Whether the values are differences: with a line at zero, and a sign on the axis. */
  readonly signed: boolean;
  readonly measure: Measure;
}

interface Placed {
  readonly headings: { readonly text: string; readonly y: number }[];
  readonly rows: { readonly row: Row; readonly text: number; readonly mark: number }[];
  readonly height: number;
}

const place = (groups: readonly RowGroup[], { narrow, total, measure }: RowsLayout): Placed => {
  const placed: Placed = { headings: [], rows: [], height: 0 };
  let y = 0;
  for (const [index, { heading, rows }] of groups.entries()) {
    if (index > 0) y += narrow ? 10 : 12;
    for (const text of heading === null ? [] : wrapped(heading, total - 4, 14, 650, measure)) {
      placed.headings.push({ text, y: y + 10 });
      y += 19;
    }
    y += narrow ? 2 : 4;
    for (const row of rows) {
      placed.rows.push(narrow ? { row, text: y + 10, mark: y + 28 } : { row, text: y + 13, mark: y + 13 });
      y += narrow ? 40 : 26;
    }
  }
  return { ...placed, height: y + 4 };
};

/** Every value that a plot shows, and the ends of every interval. */
export const valuesIn = (groups: readonly RowGroup[]): readonly number[] =>
  groups.flatMap(({ rows }) =>
    rows.flatMap(({ mark }) =>
      mark === null ? [] : [mark.value, mark.low, mark.high].flatMap((end) => (end === null ? [] : reveal(end))),
    ),
  );

/** Rows of every layer of the plot, in the order of `groups`; positions down are pixels, across in the unit. */
export const rowsData = (groups: readonly RowGroup[], layout: RowsLayout) => {
  const { narrow, band, measure, axis, signed } = layout;
  const all = groups.flatMap(({ rows }) => rows);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => measure(text, 14, 400)));
  const left = narrow ? 8 : Math.min(280, 12 + widest(all.map(({ label }) => label)) + 18);
  const right = narrow ? 10 : widest(all.map(({ written }) => written)) + 18;
  const width = Math.round(layout.total - left - right);
  const { headings, rows, height } = place(groups, layout);
  const marks = rows.flatMap(({ row: { mark, style }, mark: y }) =>
    mark ? [{ ...mark, color: style.color, shape: style.shape, y }] : [],
  );
  return {
    width,
    height,
    params: { edges: { left, top: 2, right, bottom: 46 }, ticks: axis.ticks, axisTitle: axis.title, signed },
    data: {
      frame: [{ x: axis.ticks[0]! }, { x: axis.ticks.at(-1)! }],
      band: band === null ? [] : [{ x: -band, x2: band }],
      zero: signed ? [{ x: 0 }] : [],
      whiskers: marks.flatMap(({ low, high, color, y }) => (low && high ? [{ x: low, x2: high, y, color }] : [])),
      points: marks.map(({ value, color, shape, y }) => ({ x: value, y, color, shape })),
      texts: [
        ...headings.map(({ text, y }) => ({ text, x: -left, y, align: "left", weight: 650, color: "#1B2130" })),
        ...rows.map(({ row, text }) => ({
          text: row.label,
          x: narrow ? -left : 12 - left,
          y: text,
          align: "left",
          weight: 400,
          color: "#1B2130",
        })),
        ...rows.map(({ row, text }) => ({
          text: row.written,
          x: width + right,
          y: text,
          align: "right",
          weight: 400,
          color: row.mark ? "#1B2130" : "#666D7E",
        })),
      ],
    },
  };
};
