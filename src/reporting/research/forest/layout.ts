import type { ArmStyle } from "../../page/arms.ts";
import type { Measure } from "../arrows/layout.ts";

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

const steps = [1, 2, 2.5, 5, 10];

/** Round ends and a tick step for about five intervals that hold all `values` and zero. */
export const roundAxis = (values: readonly number[]) => {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const rough = Math.max(high - low, 1e-9) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = steps.find((each) => each * power >= rough - 1e-12)! * power;
  const count = (value: number) => Number((value / step).toPrecision(10));
  const first = Math.floor(count(low));
  const last = Math.ceil(count(high));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(10)),
  );
  return { low, high, ticks };
};

/** `text` in lines no wider than `width`. */
export const wrapped = (
  text: string,
  width: number,
  size: number,
  weight: number,
  measure: Measure,
): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && measure(joined, size, weight) > width) lines.push(word);
    else lines.splice(-1, 1, joined);
  }
  return lines;
};

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

export interface BalanceMark {
  readonly style: ArmStyle;
  readonly difference: number;
}
export interface BalanceGroup {
  readonly label: string;
  readonly marks: readonly BalanceMark[];
}

/** Rows of every layer of the balance plot: one line per characteristic, the arms' markers a little apart. */
export const balanceData = (groups: readonly BalanceGroup[], layout: ForestLayout) => {
  const label = (text: string, width: number) => wrapped(text, width, 14, 400, layout.measure);
  const left = layout.narrow
    ? 8
    : Math.min(300, Math.max(...groups.map((group) => layout.measure(group.label, 14, 400))) + 20);
  const right = 14;
  const width = Math.round(layout.total - left - right);
  const step = layout.narrow ? 46 : 34;
  const span = Math.max(0.3, ...groups.flatMap(({ marks }) => marks.map(({ difference }) => Math.abs(difference))));
  const axis = roundAxis([-span, span]);
  const ticks = span <= 0.3 ? [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3] : axis.ticks;
  const middle = (index: number) => index * step + (layout.narrow ? 30 : step / 2);
  const data = {
    frame: [ticks[0]!, ticks.at(-1)!].map((x) => ({ x })),
    band: layout.band === null ? [] : [{ x: -layout.band, x2: layout.band }],
    zero: [{ x: 0 }],
    lines: groups.map((_, index) => ({ x: ticks[0]!, x2: ticks.at(-1)!, y: middle(index) })),
    points: groups.flatMap(({ marks }, index) =>
      marks.map(({ style, difference }, arm) => ({
        x: difference,
        y: middle(index) + (arm - (marks.length - 1) / 2) * 8,
        color: style.color,
        shape: style.shape,
      })),
    ),
    texts: groups.flatMap((group, index) => {
      const lines = label(group.label, layout.narrow ? layout.total - 8 : left - 12);
      const top = layout.narrow ? index * step + 9 : middle(index) - ((lines.length - 1) * 16) / 2;
      return lines.map((text, line) => ({ text, x: -left, y: top + line * 16, align: "left", weight: 400 }));
    }),
  };
  const edges = { left, top: 2, right, bottom: 46 };
  return { data, width, height: groups.length * step, params: { edges, ticks, axisTitle: layout.axis } };
};
