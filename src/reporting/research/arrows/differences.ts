import { statedInterval } from "../../effect/clear.ts";
import type { Interval } from "../../effect/effect.ts";
import { type MainEffect, mainEffects } from "../../effect/main-effects.ts";
import { apart } from "../../page/apart.ts";
import type { ArmStyle } from "../../page/arms.ts";
import type { Measure } from "../../page/measure.ts";
import type { ArrowsModel, DrawnArrows } from "./model.ts";

/** An arm's difference from the control arm on both scales of the plane, with the intervals that are stated of them. */
export interface Difference {
  readonly style: ArmStyle;
  readonly x: { readonly estimate: number; readonly interval: Interval };
  readonly y: { readonly estimate: number; readonly interval: Interval };
}

/** Differences of the arms that have one on both scales. */
export const differencesOf = (model: ArrowsModel, part: DrawnArrows): readonly Difference[] => {
  const effects = mainEffects(model);
  const on = (scale: string, arm: string) => {
    const its = ({ effect, outcome }: MainEffect) =>
      effect.arm === arm && outcome.scale === scale && outcome.rater === "employee";
    const numbers = effects.find(its)?.numbers;
    const interval = numbers ? statedInterval(numbers) : null;
    return numbers && interval ? { estimate: numbers.estimate, interval } : null;
  };
  return model.arms.flatMap((style) => {
    const [x, y] = [on(part.x.scale, style.arm), on(part.y.scale, style.arm)];
    return x && y ? [{ style, x, y }] : [];
  });
};

export interface DifferencesLayout {
  /** Of the whole drawing, in pixels. */
  readonly total: number;
  /** Between ticks, in the unit. */
  readonly step: number;
  readonly titles: { readonly x: readonly string[]; readonly y: readonly string[] };
  readonly nameOf: (style: ArmStyle) => string;
  readonly measure: Measure;
}

const ticksFrom = (values: readonly number[], step: number): readonly number[] => {
  const first = Math.floor(Math.min(0, ...values) / step - 1e-9);
  const last = Math.ceil(Math.max(0, ...values) / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(10)));
};

/** Rows of every layer of the differences in the plane: equal units on both axes, zero marked, a cross for each arm. */
export const differencesData = (differences: readonly Difference[], layout: DifferencesLayout) => {
  const endsOf = (axis: "x" | "y") => differences.flatMap(({ [axis]: { interval } }) => [interval.low, interval.high]);
  const ticksX = ticksFrom(endsOf("x"), layout.step);
  const ticksY = ticksFrom(endsOf("y"), layout.step);
  const names = differences.map(({ style }) => layout.nameOf(style));
  const left = 34;
  const top = 9 + 17 * layout.titles.y.length;
  const bottom = 27 + 17 * layout.titles.x.length;
  const right = Math.ceil(Math.max(0, ...names.map((name) => layout.measure(name, 13.5, 650)))) + 20;
  const [fromX, toX, fromY, toY] = [ticksX[0]!, ticksX.at(-1)!, ticksY[0]!, ticksY.at(-1)!];
  const unit = Math.min((layout.total - left - right) / (toX - fromX), 300 / (toY - fromY));
  const width = Math.round(unit * (toX - fromX));
  const height = Math.round(unit * (toY - fromY));
  const across = (x: number): number => (x - fromX) * unit;
  const upright = (y: number): number => height - (y - fromY) * unit;
  const marks = differences.map(({ style, x, y }) => ({
    color: style.color,
    shape: style.shape,
    x: across(x.estimate),
    y: upright(y.estimate),
  }));
  const labelled = apart(
    marks.map(({ y }) => y),
    18,
  );
  return {
    width,
    height,
    params: { edges: { left, top, right: layout.total - left - width, bottom }, ticksX, ticksY },
    data: {
      frame: [
        { x: fromX, y: fromY },
        { x: toX, y: toY },
      ],
      zero: [
        { x: across(0), x2: across(0), y: 0, y2: height },
        { x: 0, x2: width, y: upright(0), y2: upright(0) },
      ],
      whiskers: differences.flatMap(({ style: { color }, x, y }) => [
        {
          color,
          x: across(x.interval.low),
          x2: across(x.interval.high),
          y: upright(y.estimate),
          y2: upright(y.estimate),
        },
        {
          color,
          x: across(x.estimate),
          x2: across(x.estimate),
          y: upright(y.interval.low),
          y2: upright(y.interval.high),
        },
      ]),
      points: marks,
      leaders: differences.map(({ style: { color }, x }, index) => ({
        color,
        x: across(x.interval.high) + 3,
        x2: width + 8,
        y: marks[index]!.y,
        y2: labelled[index]!,
      })),
      labels: differences.map(({ style }, index) => ({
        text: names[index]!,
        color: style.textColor,
        x: width + 12,
        y: labelled[index]!,
        align: "left",
        size: 13.5,
      })),
      titles: [
        ...layout.titles.y.map((text, line) => ({ text, x: -left, y: line * 17 - top + 10, align: "left" })),
        ...layout.titles.x.map((text, line) => ({ text, x: -left, y: height + 34 + line * 17, align: "left" })),
      ],
    },
  };
};
