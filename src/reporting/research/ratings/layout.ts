import { ink, ink2, ink3, type Label } from "../../page/labels-in-chart.ts";
import type { Measure } from "../../page/measure.ts";
import { wrapped } from "../../page/measure.ts";

/** One scale of the figure: both means, and half of the interval of their difference. */
export interface RatingsMark {
  readonly name: string;
  readonly intended: number;
  readonly perceived: number;
  readonly half: { readonly below: number; readonly above: number };
  readonly written: { readonly intended: string; readonly perceived: string; readonly gap: string };
  /** Whether the interval of the difference leaves zero out. */
  readonly clear: boolean;
}

export interface RatingsFrame {
  readonly total: number;
  readonly narrow: boolean;
  readonly scale: { readonly low: number; readonly high: number };
  readonly heads: { readonly intended: string; readonly perceived: string; readonly gap: string };
  readonly tick: (value: number) => string;
  readonly measure: Measure;
}

/** The excerpt of the scale that holds all marks: in steps of a tenth of it, at least four of them. */
export const ratingsDomain = (marks: readonly RatingsMark[], scale: RatingsFrame["scale"]) => {
  const step = (scale.high - scale.low) / 10;
  const ends = marks.flatMap(({ intended, perceived, half }) => [
    intended,
    perceived,
    perceived - half.below,
    perceived + half.above,
  ]);
  const at = (value: number) => (value - scale.low) / step;
  let first = Math.max(0, Math.floor(at(Math.min(...ends)) - 0.1));
  let last = Math.min(10, Math.ceil(at(Math.max(...ends)) + 0.1));
  while (last - first < 4) {
    if (last < 10) last++;
    if (last - first < 4 && first > 0) first--;
  }
  const value = (index: number) => Number((scale.low + index * step).toPrecision(10));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => value(first + index));
  return { low: value(first), high: value(last), ticks };
};

const label = (text: string, x: number, y: number, over: Partial<Label> = {}): Label => ({
  text,
  x,
  y,
  align: "left",
  weight: 400,
  size: 14,
  colour: ink,
  ...over,
});

/** Names at the left and numbers in columns at the right; on narrow pages above the marks. */
export const ratingsData = (marks: readonly RatingsMark[], frame: RatingsFrame) => {
  const { total, narrow, heads, measure } = frame;
  const domain = ratingsDomain(marks, frame.scale);
  const widest = (texts: readonly string[], size: number) => Math.max(...texts.map((text) => measure(text, size, 400)));
  const columns = (["intended", "perceived", "gap"] as const).map((key) => ({
    key,
    head: heads[key],
    width: Math.max(
      widest(
        marks.map(({ written }) => written[key]),
        14,
      ),
      widest([heads[key]], 12),
    ),
  }));
  const nameWidth = Math.min(200, Math.max(...marks.map(({ name }) => measure(name, 14, 650))));
  const left = narrow ? 10 : nameWidth + 20;
  const right = narrow ? total - 10 : total - columns.reduce((sum, { width }) => sum + width + 18, 0) - 4;
  const [top, step] = narrow ? [24, 52] : [24, 32];
  const middle = (index: number) => top + step * index + (narrow ? 36 : step / 2);
  const height = top + step * marks.length;
  const at = (x: number) => left + ((right - left) * (x - domain.low)) / (domain.high - domain.low);
  const colour = ({ clear }: RatingsMark) => (clear ? ink : ink3);
  const names = marks.flatMap((mark, index) => {
    if (narrow) return [label(mark.name, 0, middle(index) - 22, { weight: 650 })];
    const lines = wrapped(mark.name, nameWidth + 1, 14, 650, measure);
    const first = middle(index) - ((lines.length - 1) * 15) / 2;
    return lines.map((text, line) => label(text, 0, first + line * 15, { weight: 650 }));
  });
  const numbers = narrow
    ? marks.map((mark, index) =>
        label(mark.written.gap, total, middle(index) - 22, { align: "right", colour: colour(mark) }),
      )
    : columns.flatMap(({ key, head }, column) => {
        const x = total - columns.slice(column + 1).reduce((sum, { width }) => sum + width + 18, 0);
        return [
          label(head, x, 8, { align: "right", size: 12, colour: ink2 }),
          ...marks.map((mark, index) =>
            label(mark.written[key], x, middle(index), {
              align: "right",
              colour: key === "gap" ? colour(mark) : ink2,
            }),
          ),
        ];
      });
  const data = {
    marks: marks.map(({ intended, perceived, half }, index) => ({
      y: middle(index),
      intended,
      perceived,
      bandLow: Math.max(domain.low, perceived - half.below),
      bandHigh: Math.min(domain.high, perceived + half.above),
    })),
    ticks: domain.ticks.map((x) => ({ x, y: top - 6, y2: height })),
    labels: [
      ...domain.ticks.map((x) => label(frame.tick(x), at(x), 8, { align: "center", size: 12, colour: ink2 })),
      ...names,
      ...numbers,
    ],
  };
  return { data, height, domain, params: { left, right, low: domain.low, high: domain.high } };
};
