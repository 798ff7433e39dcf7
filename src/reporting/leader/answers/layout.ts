import { positionOf } from "../../page/chart-parts.ts";
import { block, ink, ink2, type Label, plum, wrap } from "../../page/labels-in-chart.ts";
import { atStart } from "../../page/words.ts";
import type { LeaderScale, Voice } from "../voice.ts";
import { type Answered, classLabel, middleOf, type Piece, pieces, reach, sideLabel } from "./rows.ts";

/** Where everything of the answers chart lies: bars in people, the rest in px. */
export interface AnswersLayout {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly domain: readonly [number, number];
  readonly bars: readonly object[];
  readonly labels: readonly Label[];
  readonly lines: readonly object[];
}

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

/** How many px a person takes, and where zero and the middle column begin. */
interface Geometry {
  readonly below: number;
  readonly neutral: number;
  readonly end: number;
  readonly right: number;
  readonly middle: string | null;
  readonly px: (people: number) => number;
}

const columnGap = 32;

const geometry = (items: readonly Answered[], frame: Frame, scale: LeaderScale, voice: Voice): Geometry => {
  const categories = scale.answers.length;
  const span = middleOf(items, scale);
  const middle = span ? atStart(classLabel(span, scale, voice)) : null;
  const [below, above] = [reach(items, "below", categories), reach(items, "above", categories)];
  const undecided = middle ? reach(items, "middle", categories) : 0;
  const people = Math.max(1, below + above + undecided);
  const room = frame.width - frame.left - (middle ? columnGap : 0);
  const head = middle ? voice.theme.width(middle, 12, true) : 0;
  const missing = middle ? Math.max(0, head - (undecided * room) / people) : 0;
  const person = (room - missing) / people;
  const neutral = above + (middle ? columnGap / person : 0);
  return {
    below,
    neutral,
    end: neutral + undecided,
    right: frame.width - missing,
    middle,
    px: (x) => frame.left + (x + below) * person,
  };
};

const label = (text: string, x: number, y: number, over: Partial<Label> = {}): Label => ({
  text,
  x,
  y,
  align: "left",
  weight: 400,
  size: 13,
  colour: ink,
  ...over,
});

const head = { weight: 600, size: 12, colour: ink2 } as const;

/** What the sides mean: all their answers where there is room, else the milder one, else nothing. */
const heads = ({ px, below, neutral, middle }: Geometry, scale: LeaderScale, voice: Voice): readonly Label[] => {
  const fitting = (side: "below" | "above", room: number): string => {
    const whole = atStart(sideLabel(side, scale, voice));
    const short = whole.split(voice.say("or"))[0]!;
    return [whole, short].find((text) => voice.theme.width(text, 12, true) <= room) ?? "";
  };
  const zero = px(0);
  return [
    ...(below > 0 ? [label(fitting("below", zero - 6), zero - 5, 6, { ...head, align: "right" })] : []),
    label(fitting("above", px(neutral) - zero - 12), zero + 5, 6, head),
    ...(middle ? [label(middle, px(neutral), 6, head)] : []),
  ];
};

const counts = (bars: readonly Piece[], { px }: Geometry): readonly Label[] =>
  bars.map(({ x, x2, y, text }) =>
    label(text, px((x + positionOf(x2)) / 2), y, { align: "center", weight: 650, size: 12.5 }),
  );

const layout = (items: readonly Answered[], frame: Frame, scale: LeaderScale, voice: Voice): AnswersLayout => {
  const place = geometry(items, frame, scale, voice);
  const y = (index: number) => frame.top + frame.rowHeight * index + frame.bar;
  const bars = items.flatMap((item, index) => pieces(item, { scale, neutral: place.neutral, y: y(index) }, voice));
  const starts = [0, ...(place.middle ? [place.neutral] : [])];
  return {
    left: frame.left,
    right: place.right,
    height: frame.top + frame.rowHeight * items.length,
    domain: [-place.below, place.end],
    bars: bars.map(({ text: _, ...bar }) => bar),
    lines: starts.flatMap((x) => frame.stems.map(([from, to]) => ({ x, y: from, y2: to }))),
    labels: [...frame.names, ...heads(place, scale, voice), ...counts(bars, place)],
  };
};

/** Beside the bar of a reversed question. */
const mark = "↓";
const markWidth = 16;
const markLook = { align: "right", weight: 650, size: 14, colour: plum } as const;

/** Questions at the left of their bars: as wide as they need up to a limit, a row higher where they need two lines. */
export const wideAnswers = (items: readonly Answered[], scale: LeaderScale, voice: Voice): AnswersLayout => {
  const names = scale.items.map(({ text }) => voice.nameOf(text));
  const [width, mostLeft, top] = [706, 390, 18];
  const marked = scale.items.some(({ reversed }) => reversed) ? markWidth : 0;
  const needed = Math.max(...names.map((name) => voice.theme.width(name, 13, false))) + 20 + marked;
  const left = Math.min(mostLeft, Math.max(180, needed));
  const rowHeight = needed > mostLeft ? 32 : 23;
  const frame: Frame = {
    ...{ width, left, top, rowHeight, bar: rowHeight / 2 },
    names: names.flatMap((name, index) => {
      const y = top + rowHeight * (index + 0.5);
      const lines = block(label(name, 0, y), left - 18 - marked, voice.theme);
      return scale.items[index]!.reversed ? [...lines, label(mark, left - 8, y, markLook)] : lines;
    }),
    stems: [[top - 4, top + rowHeight * items.length]],
  };
  return layout(items, frame, scale, voice);
};

/** Questions above their bars, in as many lines as they need. */
export const narrowAnswers = (items: readonly Answered[], scale: LeaderScale, voice: Voice): AnswersLayout => {
  const [width, top, line] = [358, 20, 17];
  const names = scale.items.map(({ text, reversed }) => `${reversed ? `${mark} ` : ""}${voice.nameOf(text)}`);
  const linesOf = (name: string) => wrap(name, width, 14, false, voice.theme).length;
  const lines = Math.max(1, ...names.map(linesOf));
  const rowHeight = lines * line + 30;
  const under = (index: number) => top + rowHeight * index + lines * line;
  const frame: Frame = {
    ...{ width, left: 0, top, rowHeight, bar: lines * line + 15 },
    names: names.flatMap((name, index) =>
      block(label(name, 0, under(index) - (linesOf(name) - 1) * 8 - 6, { size: 14 }), width, voice.theme),
    ),
    stems: items.map((_, index) => [under(index) + 3, under(index) + 27]),
  };
  return layout(items, frame, scale, voice);
};
