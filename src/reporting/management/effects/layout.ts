import { type Published, present, reveal } from "../../../disclosure/published.ts";
import type { ArmStyle } from "../../page/arms.ts";
import { roundAxis } from "../../page/axis.ts";
import { type Measure, wrapped } from "../../page/measure.ts";
import type { Difference } from "./model.ts";

/** One line of the plot: a difference, or none where it is suppressed, and how it is written beside it. */
export interface EffectLine {
  readonly label: string;
  readonly written: string;
  readonly style: ArmStyle;
  readonly difference: Published<Difference> | null;
}

export interface EffectGroup {
  readonly heading: string;
  readonly lines: readonly EffectLine[];
}

export interface EffectsLayout {
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
  readonly lines: { readonly line: EffectLine; readonly text: number; readonly mark: number }[];
  readonly height: number;
}

const place = (groups: readonly EffectGroup[], { narrow, total, measure }: EffectsLayout): Placed => {
  const placed: Placed = { headings: [], lines: [], height: 0 };
  let y = 0;
  for (const [index, { heading, lines }] of groups.entries()) {
    if (index > 0) y += narrow ? 10 : 12;
    for (const text of wrapped(heading, total - 4, 14, 650, measure)) {
      placed.headings.push({ text, y: y + 10 });
      y += 19;
    }
    y += narrow ? 2 : 4;
    for (const line of lines) {
      placed.lines.push(narrow ? { line, text: y + 10, mark: y + 28 } : { line, text: y + 13, mark: y + 13 });
      y += narrow ? 40 : 26;
    }
  }
  return { ...placed, height: y + 4 };
};

const axisOf = (groups: readonly EffectGroup[], band: number | null) => {
  const differences = groups.flatMap(({ lines }) =>
    lines.flatMap(({ difference }) => (difference ? [reveal(difference)] : [])),
  );
  const ends = differences.flatMap(({ estimate, interval }) => [
    estimate,
    interval?.low ?? estimate,
    interval?.high ?? estimate,
  ]);
  return roundAxis(band === null ? ends : [...ends, band, -band]);
};

/** Rows of every layer of the plot, in the order of `groups`; positions down are pixels, across in the unit. */
export const effectsData = (groups: readonly EffectGroup[], layout: EffectsLayout) => {
  const { narrow, band, measure } = layout;
  const all = groups.flatMap(({ lines }) => lines);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => measure(text, 14, 400)));
  const left = narrow ? 8 : Math.min(280, 12 + widest(all.map(({ label }) => label)) + 18);
  const right = narrow ? 10 : widest(all.map(({ written }) => written)) + 18;
  const width = Math.round(layout.total - left - right);
  const { headings, lines, height } = place(groups, layout);
  const axis = axisOf(groups, band);
  const drawn = lines.flatMap(({ line: { difference, style }, mark }) =>
    difference ? [{ difference, color: style.color, shape: style.shape, y: mark }] : [],
  );
  return {
    width,
    height,
    params: { edges: { left, top: 2, right, bottom: 46 }, ticks: axis.ticks, axisTitle: layout.axis },
    data: {
      frame: [{ x: axis.ticks[0]! }, { x: axis.ticks.at(-1)! }],
      band: band === null ? [] : [{ x: -band, x2: band }],
      zero: [{ x: 0 }],
      whiskers: drawn.flatMap(({ difference, color, y }) => {
        const interval = present(difference.part("interval"));
        return interval ? [{ x: interval.part("low"), x2: interval.part("high"), y, color }] : [];
      }),
      points: drawn.map(({ difference, color, shape, y }) => ({ x: difference.part("estimate"), y, color, shape })),
      texts: [
        ...headings.map(({ text, y }) => ({ text, x: -left, y, align: "left", weight: 650, color: "#1B2130" })),
        ...lines.map(({ line, text }) => ({
          text: line.label,
          x: narrow ? -left : 12 - left,
          y: text,
          align: "left",
          weight: 400,
          color: "#1B2130",
        })),
        ...lines.map(({ line, text }) => ({
          text: line.written,
          x: width + right,
          y: text,
          align: "right",
          weight: 400,
          color: line.difference ? "#1B2130" : "#666D7E",
        })),
      ],
    },
  };
};
