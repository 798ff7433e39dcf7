import type { Class, Distribution } from "../../../disclosure/distribution.ts";
import { isNamed, type LeaderScale, type Voice } from "../voice.ts";

type Side = "below" | "middle" | "above";

/** Which side of the middle a class of answers lies on. */
export const sideOf = ({ from, to }: Class, categories: number): Side => {
  const middle = (categories - 1) / 2;
  return to < middle ? "below" : from > middle ? "above" : "middle";
};

/** A class that holds an end category alone is drawn dark. */
export const isStrong = ({ from, to }: Class, categories: number): boolean =>
  from === to && (from === 0 || from === categories - 1) && categories > 3;

/** "enig eller helt enig": the labels of a class, mildest first; of codes without words the first and the last. */
export const classLabel = (each: Class, scale: LeaderScale, voice: Voice): string => {
  const answers = scale.answers.slice(each.from, each.to + 1);
  const labels = answers.map((text) => voice.name(text));
  if (labels.length > 2 && !answers.every(isNamed))
    return voice.say("range", { low: labels[0]!, high: labels.at(-1)! });
  return (sideOf(each, scale.answers.length) === "below" ? labels.reverse() : labels).join(voice.say("or"));
};

/** The categories on one side of the middle. */
const sideClass = (side: "below" | "above", { answers }: LeaderScale): Class => {
  const half = Math.ceil(answers.length / 2);
  return side === "below"
    ? { from: 0, to: answers.length - 1 - half, n: 0 }
    : { from: half, to: answers.length - 1, n: 0 };
};

/** The labels of all categories on one side of the middle; where not all have words, the end that they are nearest to. */
export const sideLabel = (side: "below" | "above", scale: LeaderScale, voice: Voice): string => {
  const whole = sideClass(side, scale);
  const answers = scale.answers.slice(whole.from, whole.to + 1);
  if (answers.length === 1 || answers.every(isNamed)) return classLabel(whole, scale, voice);
  const end = side === "below" ? answers[0]! : answers.at(-1)!;
  return voice.say("nearestTo", { end: voice.name(end) });
};

/** The side that speaks for the scale: of a reversed question the answers below the middle. */
export const towards = ({ reversed }: LeaderScale["items"][number]): "below" | "above" =>
  reversed ? "below" : "above";

/** A bar in people: from `x` to `x2` at the height `y` px. */
export interface Piece {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly fill: string;
  readonly n: number;
}

const colours = {
  below: { strong: "#8C6D46", mild: "#AB8D5B" },
  above: { strong: "#5A2A5B", mild: "#A980AA" },
  middle: { strong: "#D5D3CC", mild: "#D5D3CC" },
} as const;

/** Fills that carry white text. */
export const darkFills: ReadonlySet<string> = new Set([colours.below.strong, colours.above.strong]);

/** The bars of one question: to the left and right of zero, and from `neutral` for the middle. */
export const pieces = ({ classes }: Distribution, categories: number, neutral: number, y: number): readonly Piece[] => {
  const on = (side: Side) => classes.filter((each) => each.n > 0 && sideOf(each, categories) === side);
  const stack = (list: readonly Class[], side: Side, start: number, step: 1 | -1) => {
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

/** The most people on one side of any question. */
export const reach = (items: readonly Distribution[], side: Side, categories: number): number =>
  Math.max(
    0,
    ...items.map(({ classes }) =>
      classes.filter((each) => sideOf(each, categories) === side).reduce((sum, each) => sum + each.n, 0),
    ),
  );
