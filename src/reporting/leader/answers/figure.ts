import type { Class, Distribution } from "../../../disclosure/distribution.ts";
import type { Cell } from "../../../disclosure/published.ts";
import { type ChartSpec, chart } from "../../page/chart.ts";
import { html } from "../../page/html.ts";
import { type FigureTable, figure, suppressedPanel } from "../../page/page.ts";
import { figureHeight, headHeight, type Part } from "../print.ts";
import type { LeaderScale, Voice } from "../voice.ts";
import { type AnswersLayout, narrowAnswers, wideAnswers } from "./layout.ts";
import type { AnswersModel } from "./model.ts";
import { classLabel, isStrong, sideLabel, sideOf, towards } from "./rows.ts";

const countOn = ({ classes }: Distribution, side: "below" | "above", categories: number): number =>
  classes.filter((each) => sideOf(each, categories) === side).reduce((sum, each) => sum + each.n, 0);

/** A question whose answers are shown, and the side of them that speaks for the scale. */
interface ShownItem {
  readonly item: Distribution;
  readonly text: string;
  readonly side: "below" | "above";
}

const shownItems = ({ items, scale }: AnswersModel, voice: Voice): readonly ShownItem[] =>
  items.flatMap((cell, index) => {
    const question = scale.items[index]!;
    return cell.state === "shown"
      ? [{ item: cell.value, text: question.text[voice.language], side: towards(question) }]
      : [];
  });

/** The questions with the most and the fewest answers that speak for the scale. */
const readingOf = (items: readonly ShownItem[], scale: LeaderScale, voice: Voice): string => {
  const speaking = ({ item, side }: ShownItem) => countOn(item, side, scale.answers.length);
  const share = (each: ShownItem) => speaking(each) / each.item.n;
  const sorted = [...items].sort((a, b) => share(b) - share(a));
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  const sentence = (each: ShownItem) =>
    voice.say("answersReading", {
      n: speaking(each),
      total: each.item.n,
      labels: sideLabel(each.side, scale, voice),
      item: each.text.replace(/\.$/, ""),
    });
  return share(most) === share(least) ? sentence(most) : `${sentence(most)} ${sentence(least)}`;
};

/** What the colours mean, and why answers are gathered or missing. */
const noteOf = (items: readonly ShownItem[], scale: LeaderScale, threshold: number, voice: Voice): string => {
  const categories = scale.answers.length;
  const strong = items.flatMap(({ item }) => item.classes).filter((each) => each.n > 0 && isStrong(each, categories));
  const labels = [...new Set(strong.map((each) => classLabel(each, scale, voice)))];
  const gathered = items.filter(({ item }) => item.classes.length < categories);
  const few = gathered.some(({ item }) => item.n < threshold);
  const count = Math.min(...items.map(({ item }) => item.classes.length));
  return [
    voice.say("answersNote"),
    labels.length > 0 ? voice.say("answersStrong", { labels: labels.join(voice.say("or")) }) : "",
    gathered.some(({ item }) => item.n >= threshold) ? voice.say("answersMerged") : "",
    few ? voice.say("answersThree", { count, threshold }) : "",
    items.length < scale.items.length ? voice.say("answersSomeHidden") : "",
    scale.items.some(({ reversed }) => reversed)
      ? voice.say("answersReversed", { labels: sideLabel("below", scale, voice) })
      : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
};

const sameClasses = (items: readonly Distribution[]): boolean => {
  const shape = (item: Distribution) => item.classes.map(({ from, to }) => `${from}-${to}`).join();
  return items.every((item) => shape(item) === shape(items[0]!));
};

/** One column per class where all questions have the same, else per answer, a merged class named where it stands. */
const tableOf = (cells: readonly Cell<Distribution>[], scale: LeaderScale, voice: Voice): FigureTable => {
  const items = cells.flatMap((cell) => (cell.state === "shown" ? [cell.value] : []));
  const same = sameClasses(items);
  const categories = scale.answers.map((_, index) => ({ from: index, to: index, n: 0 }));
  const columns = same ? items[0]!.classes : categories;
  const number = (item: Distribution, { from }: Class): string => {
    const each = item.classes.find((other) => other.from <= from && from <= other.to)!;
    if (same || each.from === each.to) return `${each.n}`;
    const isEnd = from === 0 || from === categories.length - 1;
    return isEnd ? "–" : `${each.n} (${classLabel(each, scale, voice)})`;
  };
  return {
    caption: voice.say("answersTable"),
    columns: [voice.say("answersQuestion"), ...columns.map((each) => classLabel(each, scale, voice))],
    rows: cells.map((cell, index) => [
      scale.items[index]!.reversed
        ? voice.say("reversedItem", { item: scale.items[index]!.text[voice.language] })
        : scale.items[index]!.text[voice.language],
      ...columns.map((each) => (cell.state === "shown" ? number(cell.value, each) : voice.say("hidden"))),
    ]),
  };
};

/** How employees answered the questions of one scale; the neutral panel where that may not be shown. */
export const answersFigure = async (model: AnswersModel, voice: Voice): Promise<Part> => {
  const { scale } = model;
  const title = voice.say(model.isLargestGap ? "answersTitleLargest" : "answersTitle", {
    scale: voice.name(scale.name),
  });
  const items = shownItems(model, voice);
  if (items.length === 0) {
    const panel = suppressedPanel(voice.say("answersHidden"), voice.say("answersHiddenText"));
    const markup = html`<section aria-labelledby="answers-t"><h2 id="answers-t">${title}</h2>${panel}</section>`;
    return { html: markup, height: headHeight + 110 };
  }
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/answers.vl.json"));
  const reading = readingOf(items, scale, voice);
  const draw = (id: string, width: number, { bars, lines, labels, left, right, domain, height }: AnswersLayout) =>
    chart(
      spec,
      { bars, lines, labels },
      {
        theme: voice.theme,
        id,
        width,
        height,
        description: voice.say("answersAlt", { count: items.length, pattern: reading }),
        language: voice.language,
        params: { left, right, low: domain[0], high: domain[1] },
      },
    );
  const wide = wideAnswers(model.items, scale, voice);
  const note = noteOf(items, scale, model.threshold, voice);
  const markup = figure({
    id: "answers",
    title,
    sub: "",
    drawing: {
      wide: await draw("answers-w", 706, wide),
      narrow: await draw("answers-n", 358, narrowAnswers(model.items, scale, voice)),
    },
    key: null,
    reading,
    note,
    table: tableOf(model.items, scale, voice),
    showTable: voice.say("showTable"),
  });
  return { html: markup, height: figureHeight({ sub: "", key: false, chart: wide.height, reading, note }, voice) };
};
