import type { Class, Distribution } from "../../../disclosure/distribution.ts";
import { type Published, reveal } from "../../../disclosure/published.ts";
import type { Place } from "../../page/chart-parts.ts";
import { isNamed, type LeaderScale, type Voice } from "../voice.ts";

type Side = "below" | "middle" | "above";
/** A run of answer categories. */
export type Span = Pick<Class, "from" | "to">;

/** Which side of the middle a class of answers lies on; `middle` where it holds the middle, alone or with others. */
export const sideOf = ({ from, to }: Span, categories: number): Side => {
  const middle = (categories - 1) / 2;
  return to < middle ? "below" : from > middle ? "above" : "middle";
};

/** How one question was answered, and the facts that its numbers are. */
export interface Answered extends Distribution {
  readonly published: Published<Distribution>;
}

/** The questions of a scale, one by one. */
export const answeredOf = (items: Published<readonly Distribution[]>): readonly Answered[] =>
  reveal(items).map((each, index) => ({ ...each, published: items.part(index) }));

/** The fact that the number of answers in a class is. */
const classOf = ({ published, classes }: Answered, each: Class): Published<Class> =>
  published.part("classes").part(classes.indexOf(each));

/** "5", or "4 eller 5" (else "4–5") where it is not told which. */
const countWith = (item: Answered, each: Class, or: string, voice: Voice): string => {
  const told = classOf(item, each);
  const most = voice.count(told.part("most"));
  return each.least === each.most ? most : `${voice.count(told.part("least"))}${or}${most}`;
};

/** How many answers a class has, in words. */
export const countText = (item: Answered, each: Class, voice: Voice): string =>
  countWith(item, each, voice.say("or"), voice);

/** How many are drawn: a class that all or all but one chose as all but one, the others as one. */
export const drawn = ({ least, most }: Class): number => (least === most || least > 0 ? least : most);

/**
 * "enig eller helt enig": the labels of a class, mildest first; of codes without words the first and the last; of the
 * middle and all below it, that they are the others.
 */
export const classLabel = (each: Span, scale: LeaderScale, voice: Voice): string => {
  if (each.from < each.to && sideOf(each, scale.answers.length) === "middle") return voice.say("otherAnswers");
  const answers = scale.answers.slice(each.from, each.to + 1);
  const labels = answers.map((text) => voice.name(text));
  if (labels.length > 2 && !answers.every(isNamed))
    return voice.say("range", { low: labels[0]!, high: labels.at(-1)! });
  return (sideOf(each, scale.answers.length) === "below" ? labels.reverse() : labels).join(voice.say("or"));
};

/** The categories on one side of the middle. */
const sideSpan = (side: "below" | "above", { answers }: LeaderScale): Span => {
  const half = Math.ceil(answers.length / 2);
  return side === "below" ? { from: 0, to: answers.length - 1 - half } : { from: half, to: answers.length - 1 };
};

/** The labels of all categories on one side of the middle; where not all have words, the end that they are nearest to. */
export const sideLabel = (side: "below" | "above", scale: LeaderScale, voice: Voice): string => {
  const whole = sideSpan(side, scale);
  const answers = scale.answers.slice(whole.from, whole.to + 1);
  if (answers.length === 1 || answers.every(isNamed)) return classLabel(whole, scale, voice);
  const end = side === "below" ? answers[0]! : answers.at(-1)!;
  return voice.say("nearestTo", { end: voice.name(end) });
};

/** The side that speaks for the scale: of a reversed question the answers below the middle. */
export const towards = ({ reversed }: LeaderScale["items"][number]): "below" | "above" =>
  reversed ? "below" : "above";

/** A bar in people: from `x` to `x2` at the height `y` px, with the number on it. */
export interface Piece {
  readonly x: number;
  readonly x2: Place;
  readonly y: number;
  readonly fill: string;
  readonly text: string;
}

const colours = { below: "#AB8D5B", above: "#A980AA", middle: "#D5D3CC" } as const;

/** The bars of one question: to the left and right of zero, and from `neutral` for the middle. */
export const pieces = (
  item: Answered,
  { scale, neutral, y }: { readonly scale: LeaderScale; readonly neutral: number; readonly y: number },
  voice: Voice,
): readonly Piece[] =>
  item.classes.flatMap((each): readonly Piece[] => {
    const n = drawn(each);
    if (n === 0) return [];
    const side = sideOf(each, scale.answers.length);
    const x = side === "middle" ? neutral : 0;
    const of = classOf(item, each).part(n === each.least ? "least" : "most");
    const x2 = { of, times: side === "below" ? -1 : 1, plus: x };
    return [{ x, x2, y, fill: colours[side], text: countWith(item, each, "–", voice) }];
  });

/** The most people on one side of any question. */
export const reach = (items: readonly Distribution[], side: Side, categories: number): number =>
  Math.max(
    0,
    ...items.flatMap(({ classes }) => classes.filter((each) => sideOf(each, categories) === side).map(drawn)),
  );

/** What stands above the bars beside the two sides: the middle answer, or all answers that are not above it. */
export const middleOf = ([item]: readonly Distribution[], { answers }: LeaderScale): Span | null =>
  item?.classes.find((each) => sideOf(each, answers.length) === "middle") ?? null;
