import { apart } from "../../page/apart.ts";
import type { ArmStyle } from "../../page/arms.ts";
import { roundAxis } from "../../page/axis.ts";
import type { Measure } from "../../page/measure.ts";

/** One arm's effect at the waves of the figure, in their order; null where it is suppressed or could not be had. */
export interface WaveLine {
  readonly label: string;
  readonly style: ArmStyle;
  readonly effects: readonly ({
    readonly estimate: number;
    readonly interval: { readonly low: number; readonly high: number } | null;
  } | null)[];
}

export interface WavesLayout {
  /** Of the whole drawing, in pixels. */
  readonly total: number;
  readonly height: number;
  readonly narrow: boolean;
  /** Half width of the band round zero; null draws none. */
  readonly band: number | null;
  readonly heading: string;
  readonly axis: string;
  /** Days in any unit, and what is written under them. */
  readonly waves: readonly { readonly day: number; readonly lines: readonly string[] }[];
  /** All values that plots beside this one show, so that they share an axis. */
  readonly values: readonly number[];
  readonly measure: Measure;
}

const ink = "#1B2130";
const ink2 = "#4A5163";

/** All ends of intervals and the band: what the axis must hold. */
export const wavesValues = (lines: readonly WaveLine[], band: number | null): readonly number[] => [
  ...lines.flatMap(({ effects }) =>
    effects.flatMap((effect) =>
      effect ? [effect.estimate, ...(effect.interval ? [effect.interval.low, effect.interval.high] : [])] : [],
    ),
  ),
  ...(band === null ? [] : [-band, band]),
];

/** Pixels of the waves at their true distances, with room for the arms beside each other at both ends. */
const placesOf = (days: readonly number[], width: number, room: number): readonly number[] => {
  const [first, last] = [Math.min(...days), Math.max(...days)];
  return days.map((day) => (first === last ? width / 2 : room + ((day - first) / (last - first)) * (width - 2 * room)));
};

const pointsOf = (lines: readonly WaveLine[], places: readonly number[], step: number) =>
  lines.flatMap(({ style, effects }, index) => {
    let segment = 0;
    const shift = (index - (lines.length - 1) / 2) * step;
    return effects.flatMap((effect, wave) => {
      if (effect === null) {
        segment += 1;
        return [];
      }
      const { color, shape, arm } = style;
      return [
        { arm, segment: `${arm} ${segment}`, x: places[wave]! + shift, y: effect.estimate, color, shape, effect },
      ];
    });
  });

/** Rows of every layer of the effects over the waves: across and words in pixels, effects in their unit. */
export const wavesData = (lines: readonly WaveLine[], layout: WavesLayout) => {
  const { narrow, height, measure } = layout;
  const axis = roundAxis(layout.values);
  const [low, high] = [axis.ticks[0]!, axis.ticks.at(-1)!];
  const left = Math.ceil(Math.max(...axis.ticks.map((tick) => measure(`+${tick}`, 12, 400)))) + 12;
  const widest = Math.max(0, ...lines.map(({ label }) => measure(label, 13.5, 650)));
  const right = narrow ? 8 : Math.ceil(widest) + 16;
  const width = layout.total - left - right;
  const places = placesOf(
    layout.waves.map(({ day }) => day),
    width,
    narrow ? 52 : 70,
  );
  const points = pointsOf(lines, places, narrow ? 12 : 15);
  const upright = (y: number) => height - ((y - low) / (high - low)) * height;
  const ends = lines.flatMap((line) => {
    const end = points.filter(({ arm }) => arm === line.style.arm).at(-1);
    return end ? [{ line, y: upright(end.y) }] : [];
  });
  const labelled = apart(
    ends.map(({ y }) => y),
    17,
  );
  const plain = { align: "center", size: narrow ? 11 : 12, weight: 400, color: ink2 };
  const texts = [
    { text: layout.heading, x: -left, y: -40, align: "left", size: 14, weight: 650, color: ink },
    { text: layout.axis, x: -left, y: -18, align: "left", size: 12.5, weight: 600, color: ink },
    ...layout.waves.flatMap(({ lines: words }, wave) =>
      words.map((text, line) => ({ ...plain, text, x: places[wave]!, y: height + 16 + line * 15 })),
    ),
    ...(narrow
      ? []
      : ends.map(({ line }, index) => ({
          text: line.label,
          x: width + 10,
          y: labelled[index]!,
          align: "left",
          size: 13.5,
          weight: 650,
          color: line.style.textColor,
        }))),
  ];
  return {
    width,
    height,
    params: { edges: { left, top: 52, right, bottom: 42 }, ticks: axis.ticks },
    data: {
      frame: [low, high].map((y) => ({ x: 0, y })),
      band: layout.band === null ? [] : [{ y: -layout.band, y2: layout.band }],
      zero: [{ y: 0 }],
      lines: points.map(({ x, y, color, segment }) => ({ x, y, color, segment })),
      whiskers: points.flatMap(({ x, color, effect: { interval } }) =>
        interval ? [{ x, y: interval.low, y2: interval.high, color }] : [],
      ),
      points: points.map(({ x, y, color, shape }) => ({ x, y, color, shape })),
      texts,
    },
  };
};
