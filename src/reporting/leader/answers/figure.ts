import type { Class, Distribution } from "../../../disclosure/distribution.ts";
import type { Cell } from "../../../disclosure/published.ts";
import { type ChartSpec, chart } from "../../page/chart.ts";
import { html } from "../../page/html.ts";
import { type FigureTable, figure, suppressedPanel } from "../../page/page.ts";
import { gapsOf, largest } from "../gaps.ts";
import type { LeaderModel, LeaderScale } from "../model.ts";
import { figureHeight, headHeight, type Part } from "../print.ts";
import type { Voice } from "../voice.ts";
import { type AnswersLayout, narrowAnswers, wideAnswers } from "./layout.ts";
import { classLabel, isStrong, sideLabel, sideOf } from "./rows.ts";

const above = ({ classes }: Distribution, categories: number): number =>
  classes.filter((each) => sideOf(each, categories) === "above").reduce((sum, each) => sum + each.n, 0);

/** A question whose answers are shown. */
interface ShownItem {
  readonly item: Distribution;
  readonly text: string;
}

const shownItems = (cells: readonly Cell<Distribution>[], scale: LeaderScale, voice: Voice): readonly ShownItem[] =>
  cells.flatMap((cell, index) =>
    cell.state === "shown" ? [{ item: cell.value, text: scale.items[index]!.text[voice.language] }] : [],
  );

/** The questions with the most and the fewest answers above the middle. */
const readingOf = (items: readonly ShownItem[], scale: LeaderScale, voice: Voice): string => {
  const categories = scale.answers.length;
  const labels = sideLabel("above", scale, voice);
  const share = ({ item }: ShownItem) => above(item, categories) / item.n;
  const sorted = [...items].sort((a, b) => share(b) - share(a));
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  const sentence = ({ item, text }: ShownItem) =>
    voice.say("answersReading", { n: above(item, categories), total: item.n, labels, item: text.replace(/\.$/, "") });
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
      scale.items[index]!.text[voice.language],
      ...columns.map((each) => (cell.state === "shown" ? number(cell.value, each) : voice.say("hidden"))),
    ]),
  };
};

const titleOf = (model: LeaderModel, scale: number, voice: Voice): string => {
  const gaps = gapsOf(model);
  const most = largest(gaps);
  const alone = gaps.filter((gap) => most && Math.abs(gap.share) === Math.abs(most.share)).length === 1;
  const name = voice.name(model.study.scales[scale]!.name);
  return most?.scale === scale && most.value !== 0 && alone
    ? voice.say("answersTitleLargest", { scale: name })
    : voice.say("answersTitle", { scale: name });
};

/** How employees answered the questions of one scale; the neutral panel where that may not be shown; null without one. */
export const answersFigure = async (model: LeaderModel, voice: Voice): Promise<Part | null> => {
  const answers = model.facts.answers;
  if (!answers) return null;
  const scale = model.study.scales[answers.scale]!;
  const title = titleOf(model, answers.scale, voice);
  const items = shownItems(answers.items, scale, voice);
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
  const wide = wideAnswers(answers.items, scale, voice);
  const note = noteOf(items, scale, model.study.thresholds.categories, voice);
  const markup = figure({
    id: "answers",
    title,
    sub: "",
    drawing: {
      wide: await draw("answers-w", 706, wide),
      narrow: await draw("answers-n", 358, narrowAnswers(answers.items, scale, voice)),
    },
    key: null,
    reading,
    note,
    table: tableOf(answers.items, scale, voice),
    showTable: voice.say("showTable"),
  });
  return { html: markup, height: figureHeight({ key: false, chart: wide.height, reading, note }, voice) };
};
