import type { Class, Distribution } from "../disclosure/distribution.ts";
import type { Cell } from "../disclosure/published.ts";
import { block, ink, ink2, ink3, type Label, wrap } from "./labels-in-chart.ts";
import type { LeaderModel, LeaderScale } from "./leader-model.ts";
import type { Voice } from "./leader-voice.ts";
import { atStart } from "./words.ts";

/** Which side of the middle a class of answers lies on. */
export const sideOf = ({ from, to }: Class, categories: number): "below" | "middle" | "above" => {
  const middle = (categories - 1) / 2;
  return to < middle ? "below" : from > middle ? "above" : "middle";
};

/** A class that holds an end category alone is drawn dark. */
export const isStrong = ({ from, to }: Class, categories: number): boolean =>
  from === to && (from === 0 || from === categories - 1) && categories > 3;

/** "enig eller helt enig": the labels of a class, mildest first. */
export const classLabel = (each: Class, model: LeaderModel, voice: Voice): string => {
  const labels = model.study.answers.slice(each.from, each.to + 1).map((text) => voice.name(text));
  return (sideOf(each, model.study.answers.length) === "below" ? labels.reverse() : labels).join(voice.say("or"));
};

export const sideLabel = (side: "below" | "above", model: LeaderModel, voice: Voice): string => {
  const last = model.study.answers.length - 1;
  const half = Math.ceil((last + 1) / 2);
  return classLabel(
    side === "below" ? { from: 0, to: last - half, n: 0 } : { from: half, to: last, n: 0 },
    model,
    voice,
  );
};

interface Bar {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly fill: string;
}

export interface AnswersLayout {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly domain: readonly [number, number];
  readonly bars: readonly Bar[];
  readonly labels: readonly Label[];
  readonly lines: readonly object[];
}

const colours = {
  below: { strong: "#8C6D46", mild: "#AB8D5B" },
  above: { strong: "#5A2A5B", mild: "#A980AA" },
  middle: { strong: "#D5D3CC", mild: "#D5D3CC" },
} as const;
const onDark: ReadonlySet<string> = new Set(["#8C6D46", "#5A2A5B"]);

interface Piece extends Bar {
  readonly n: number;
}

const pieces = ({ classes }: Distribution, categories: number, neutral: number, y: number): readonly Piece[] => {
  const on = (side: "below" | "middle" | "above") =>
    classes.filter((each) => each.n > 0 && sideOf(each, categories) === side);
  const stack = (list: readonly Class[], side: "below" | "middle" | "above", start: number, step: 1 | -1) => {
    let x = start;
    return list.map((each): Piece => {
      const from = x;
      x += step * each.n;
      return { x: from, x2: x, y, fill: colours[side][isStrong(each, categories) ? "strong" : "mild"], n: each.n };
    });
  };
  return [
    ...stack([...on("below")].reverse(), "below", 0, -1),
    ...stack(on("above"), "above", 0, 1),
    ...stack(on("middle"), "middle", neutral, 1),
  ];
};

const reach = (items: readonly Distribution[], side: "below" | "middle" | "above", categories: number): number =>
  Math.max(
    0,
    ...items.map(({ classes }) =>
      classes.filter((each) => sideOf(each, categories) === side).reduce((sum, each) => sum + each.n, 0),
    ),
  );

interface Frame {
  readonly width: number;
  readonly left: number;
  readonly top: number;
  readonly rowHeight: number;
  /** Of the bar's middle in its row. */
  readonly bar: number;
  readonly names: readonly Label[];
  /** Where the lines that bars start from run: down the whole chart, or beside each bar where names stand between. */
  readonly stems: readonly (readonly [number, number])[];
}

const label = (text: string, x: number, y: number, over: Partial<Label> = {}): Label => ({
  text,
  x,
  y,
  align: "left",
  weight: 400,
  size: 13.5,
  colour: ink,
  ...over,
});

const layout = (
  cells: readonly Cell<Distribution>[],
  frame: Frame,
  model: LeaderModel,
  voice: Voice,
): AnswersLayout => {
  const categories = model.study.answers.length;
  const items = cells.flatMap((cell) => (cell.state === "shown" ? [cell.value] : []));
  const middle = reach(items, "middle", categories);
  const middleLabel = categories % 2 === 1 ? model.study.answers[(categories - 1) / 2]! : null;
  const headWidth = middleLabel ? voice.theme.width(voice.name(middleLabel), 12, true) : 0;
  const [below, above] = [reach(items, "below", categories), reach(items, "above", categories)];
  const people = below + above + (middleLabel ? middle : 0);
  const space = middleLabel ? 32 : 0;
  const unit = (frame.width - frame.left - space) / Math.max(1, people);
  const shift = middleLabel ? Math.max(0, headWidth - middle * unit) : 0;
  const scale = (frame.width - frame.left - space - shift) / Math.max(1, people);
  const neutral = above + space / scale;
  const px = (x: number) => frame.left + (x + below) * scale;
  const y = (index: number) => frame.top + frame.rowHeight * index + frame.bar;
  const bars = cells.flatMap((cell, index) =>
    cell.state === "shown" ? pieces(cell.value, categories, neutral, y(index)) : [],
  );
  const height = frame.top + frame.rowHeight * cells.length;
  const head = { weight: 600, size: 12, colour: ink2 } as const;
  return {
    left: frame.left,
    right: frame.width - shift,
    height,
    domain: [-below, neutral + (middleLabel ? middle : 0)],
    bars: bars.map(({ x, x2, y: at, fill }) => ({ x, x2, y: at, fill })),
    lines: [0, ...(middleLabel ? [neutral] : [])].flatMap((x) =>
      frame.stems.map(([from, to]) => ({ x, y: from, y2: to })),
    ),
    labels: [
      ...frame.names,
      ...heads(px(0), frame, model, voice),
      ...(middleLabel ? [label(atStart(voice.name(middleLabel)), px(neutral), 6, head)] : []),
      ...cells.flatMap((cell, index) =>
        cell.state === "shown" ? [] : [label(voice.say("hidden"), px(0) + 8, y(index), { size: 12, colour: ink3 })],
      ),
      ...bars.map((bar) =>
        label(`${bar.n}`, px((bar.x + bar.x2) / 2), bar.y, {
          align: "center",
          weight: 650,
          size: 12.5,
          colour: onDark.has(bar.fill) ? "#FFFFFF" : ink,
        }),
      ),
    ],
  };
};

const heads = (zero: number, frame: Frame, model: LeaderModel, voice: Voice): readonly Label[] => {
  const head = { weight: 600, size: 12, colour: ink2 } as const;
  const fits = (text: string, room: number) => voice.theme.width(text, 12, true) <= room;
  const short = (side: "below" | "above", room: number) => {
    const whole = atStart(sideLabel(side, model, voice));
    return fits(whole, room) ? whole : (whole.split(voice.say("or"))[0] ?? whole);
  };
  return [
    label(short("below", zero - 6), zero - 5, 6, { ...head, align: "right" }),
    label(short("above", frame.width - zero - 120), zero + 5, 6, head),
  ];
};

const nameSize = 13;

/** How the questions fit at the left: as wide as they need up to `mostLeft`, a row higher where they need two lines. */
const wideRows = (scale: LeaderScale, voice: Voice) => {
  const names = scale.items.map(({ text }) => text[voice.language]);
  const mostLeft = 390;
  const needed = Math.max(...names.map((name) => voice.theme.width(name, nameSize, false))) + 20;
  const left = Math.min(mostLeft, Math.max(180, needed));
  return { names, left, top: 18, rowHeight: needed > mostLeft ? 32 : 23 };
};

/** Questions at the left of their bars. */
export const wideAnswers = (
  items: readonly Cell<Distribution>[],
  scale: LeaderScale,
  model: LeaderModel,
  voice: Voice,
): AnswersLayout => {
  const { names, left, top, rowHeight } = wideRows(scale, voice);
  const lines = names.flatMap((name, index) =>
    block(label(name, 0, top + rowHeight * (index + 0.5), { size: nameSize }), left - 18, voice.theme),
  );
  return layout(
    items,
    {
      width: 706,
      left,
      top,
      rowHeight,
      bar: rowHeight / 2,
      names: lines,
      stems: [[top - 4, top + rowHeight * items.length]],
    },
    model,
    voice,
  );
};

/** Questions above their bars, in two lines where they need it. */
export const narrowAnswers = (
  items: readonly Cell<Distribution>[],
  scale: LeaderScale,
  model: LeaderModel,
  voice: Voice,
): AnswersLayout => {
  const [top, width] = [20, 358];
  const names = scale.items.map(({ text }) => text[voice.language]);
  const lines = Math.max(1, ...names.map((name) => wrap(name, width, 14, false, voice.theme).length));
  const rowHeight = lines * 17 + 30;
  return layout(
    items,
    {
      width,
      left: 0,
      top,
      rowHeight,
      bar: lines * 17 + 15,
      stems: items.map((_, index) => [
        top + rowHeight * index + lines * 17 + 3,
        top + rowHeight * index + lines * 17 + 27,
      ]),
      names: names.flatMap((name, index) => {
        const used = wrap(name, width, 14, false, voice.theme).length;
        const y = top + rowHeight * index + lines * 17 - (used - 1) * 8 - 6;
        return block(label(name, 0, y, { size: 14 }), width, voice.theme);
      }),
    },
    model,
    voice,
  );
};
