import type { ArmStyle } from "../../page/arms.ts";
import { roundAxis } from "../../page/axis.ts";
import { type Measure, wrapped } from "../../page/measure.ts";

export interface BalanceLayout {
  /** Of the whole drawing, in pixels. */
  readonly total: number;
  readonly narrow: boolean;
  /** Half width of the band round zero. */
  readonly band: number;
  readonly axis: string;
  readonly measure: Measure;
}

export interface BalanceMark {
  readonly style: ArmStyle;
  readonly difference: number;
}

export interface BalanceGroup {
  readonly label: string;
  readonly marks: readonly BalanceMark[];
}

/** Rows of every layer of the balance plot: one line per characteristic, the arms' markers a little apart. */
export const balanceData = (groups: readonly BalanceGroup[], layout: BalanceLayout) => {
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
    band: [{ x: -layout.band, x2: layout.band }],
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
