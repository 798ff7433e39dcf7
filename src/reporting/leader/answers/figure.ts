import type { Class } from "../../../disclosure/distribution.ts";
import { publishedIn } from "../../../disclosure/published.ts";
import { chart } from "../../page/chart.ts";
import type { ChartSpec } from "../../page/chart-parts.ts";
import type { FigureTable } from "../../page/page.ts";
import type { LeaderFigure, Notice } from "../section.ts";
import type { LeaderScale, Voice } from "../voice.ts";
import { type AnswersLayout, narrowAnswers, wideAnswers } from "./layout.ts";
import type { AnswersModel } from "./model.ts";
import { type Answered, answeredOf, classLabel, countText, drawn, sideLabel, sideOf, towards } from "./rows.ts";

/** A question, and the answers to it that are told of. */
interface ToldItem {
  readonly text: string;
  readonly item: Answered;
  readonly told: Class;
  readonly side: "below" | "above";
  /** How many answers speak for the scale, as a share. */
  readonly share: number;
}

/** Of each question the side that speaks for the scale is told; the other where that is not told apart from the middle. */
const toldItems = (items: readonly Answered[], scale: LeaderScale, voice: Voice): readonly ToldItem[] =>
  items.map((item, index) => {
    const { n, classes } = item;
    const question = scale.items[index]!;
    const on = (side: "below" | "above") => classes.find((each) => sideOf(each, scale.answers.length) === side);
    const side = on(towards(question)) ? towards(question) : "above";
    const told = on(side)!;
    const share = drawn(told) / n;
    return {
      text: voice.nameOf(question.text),
      item,
      told,
      side,
      share: side === towards(question) ? share : 1 - share,
    };
  });

/** The questions with the most and the fewest answers that speak for the scale. */
const readingOf = (items: readonly Answered[], scale: LeaderScale, voice: Voice): string => {
  const sorted = [...toldItems(items, scale, voice)].sort((a, b) => b.share - a.share);
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  const sentence = ({ item, told, side, text }: ToldItem) =>
    voice.say("answersReading", {
      n: countText(item, told, voice),
      total: voice.count(item.published.part("n")),
      labels: sideLabel(side, scale, voice),
      item: text.replace(/\.$/, ""),
    });
  return most.share === least.share ? sentence(most) : `${sentence(most)} ${sentence(least)}`;
};

/** Why answers are gathered, and why some counts are two numbers. */
const noteOf = (items: readonly Answered[], { scale, threshold }: AnswersModel, voice: Voice): string => {
  const few = items.some(({ n }) => n < threshold);
  const gathered = items[0]!.classes.length < Math.min(3, scale.answers.length);
  const alike = items.some(({ classes }) => classes.some(({ least, most }) => least < most));
  return [
    few && gathered && scale.answers.length % 2 === 1
      ? voice.say("answersTwo", { threshold: voice.threshold(threshold) })
      : "",
    alike ? voice.say("answersBand") : "",
    scale.items.some(({ reversed }) => reversed)
      ? voice.say("answersReversed", { labels: sideLabel("below", scale, voice) })
      : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
};

/** One column per class. */
const tableOf = (items: readonly Answered[], scale: LeaderScale, voice: Voice): FigureTable => ({
  caption: voice.say("answersTable"),
  columns: [voice.say("answersQuestion"), ...items[0]!.classes.map((each) => classLabel(each, scale, voice))],
  rows: items.map((item, index) => {
    const { reversed, text } = scale.items[index]!;
    const name = voice.nameOf(text);
    return [
      reversed ? voice.say("reversedItem", { item: name }) : name,
      ...item.classes.map((each) => countText(item, each, voice)),
    ];
  }),
});

/** How employees answered the questions of one scale; the neutral panel where that may not be shown. */
export const answersFigure = (model: AnswersModel, voice: Voice): LeaderFigure | Notice => {
  const { scale } = model;
  const title = voice.say(model.isLargestGap ? "answersTitleLargest" : "answersTitle", {
    scale: voice.name(scale.name),
  });
  const told = publishedIn(model.items);
  if (told === null)
    return {
      kind: "notice",
      id: "answers",
      title,
      heading: voice.say("answersHidden"),
      text: voice.say("answersHiddenText"),
      reading: "",
    };
  const items = answeredOf(told);
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/answers.vl.json"));
  const reading = readingOf(items, scale, voice);
  const description = voice.say("answersAlt", { count: voice.tally(items.length), pattern: reading });
  const draw = (id: string, width: number, layout: AnswersLayout) => {
    const { bars, lines, labels, left, right, domain, height } = layout;
    const params = { left, right, low: domain[0], high: domain[1] };
    const { theme, language } = voice;
    return chart(spec, { bars, lines, labels }, { theme, id, width, height, description, language, params });
  };
  const wide = wideAnswers(items, scale, voice);
  return {
    kind: "figure",
    id: "answers",
    title,
    sub: voice.say("answersSub"),
    key: [],
    draw: (medium) =>
      medium === "wide" ? draw("answers-w", 706, wide) : draw("answers-n", 358, narrowAnswers(items, scale, voice)),
    description,
    height: wide.height,
    reading,
    note: noteOf(items, model, voice),
    table: tableOf(items, scale, voice),
    fold: null,
  };
};
