import type { Distribution } from "../disclosure/distribution.ts";
import { type ChartSpec, chart } from "./chart.ts";
import { type Html, html } from "./html.ts";
import {
  type AnswersLayout,
  classLabel,
  isStrong,
  narrowAnswers,
  sideLabel,
  sideOf,
  wideAnswers,
} from "./leader-answers-rows.ts";
import { gapsOf, largest } from "./leader-gap.ts";
import type { LeaderModel, LeaderScale } from "./leader-model.ts";
import type { Voice } from "./leader-voice.ts";
import { type FigureTable, figure, suppressedPanel } from "./page.ts";

const above = ({ classes }: Distribution, categories: number): number =>
  classes.filter((each) => sideOf(each, categories) === "above").reduce((sum, each) => sum + each.n, 0);

/** The questions with the most and the fewest answers above the middle. */
const readingOf = (items: readonly Distribution[], scale: LeaderScale, model: LeaderModel, voice: Voice): string => {
  const categories = model.study.answers.length;
  const labels = sideLabel("above", model, voice);
  const share = (item: Distribution) => above(item, categories) / item.n;
  const order = items.map((item, index) => ({ item, text: scale.items[index]!.text[voice.language] }));
  const sorted = [...order].sort((a, b) => share(b.item) - share(a.item));
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  const sentence = ({ item, text }: typeof most) =>
    voice.say("answersReading", { n: above(item, categories), total: item.n, labels, item: text.replace(/\.$/, "") });
  return share(most.item) === share(least.item) ? sentence(most) : `${sentence(most)} ${sentence(least)}`;
};

const noteOf = (items: readonly Distribution[], model: LeaderModel, voice: Voice): string => {
  const categories = model.study.answers.length;
  const classes = items.flatMap((item) => item.classes);
  const strong = classes.filter((each) => each.n > 0 && isStrong(each, categories));
  const labels = [...new Set(strong.map((each) => classLabel(each, model, voice)))];
  const few = items.some((item) => item.n < model.study.thresholds.categories && item.classes.length < categories);
  const merged = items.some(
    (item) => item.n >= model.study.thresholds.categories && item.classes.length < categories && categories > 3,
  );
  const threshold = model.study.thresholds.categories;
  const count = Math.min(...items.map((item) => item.classes.length));
  return [
    voice.say("answersNote"),
    labels.length > 0 ? voice.say("answersStrong", { labels: labels.join(voice.say("or")) }) : "",
    merged ? voice.say("answersMerged") : "",
    few ? voice.say("answersThree", { count, threshold }) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
};

/** A merged class stands as one number over the columns that it covers; the others have their own. */
const tableOf = (
  items: readonly Distribution[],
  scale: LeaderScale,
  model: LeaderModel,
  voice: Voice,
): FigureTable => ({
  caption: voice.say("answersTable"),
  columns: [
    voice.say("answersQuestion"),
    ...(items[0]!.classes.length === model.study.answers.length || sameClasses(items)
      ? items[0]!.classes.map((each) => classLabel(each, model, voice))
      : model.study.answers.map((text) => voice.name(text))),
  ],
  rows: items.map((item, index) => [scale.items[index]!.text[voice.language], ...cells(item, items, model, voice)]),
});

const sameClasses = (items: readonly Distribution[]): boolean => {
  const shape = (item: Distribution) => item.classes.map(({ from, to }) => `${from}-${to}`).join();
  return items.every((item) => shape(item) === shape(items[0]!));
};

const cells = (
  item: Distribution,
  items: readonly Distribution[],
  model: LeaderModel,
  voice: Voice,
): readonly string[] => {
  if (sameClasses(items)) return item.classes.map(({ n }) => `${n}`);
  return model.study.answers.map((_, category) => {
    const each = item.classes.find(({ from, to }) => from <= category && category <= to)!;
    return each.from === each.to ? `${each.n}` : `${each.n} (${classLabel(each, model, voice)})`;
  });
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
export const answersFigure = async (model: LeaderModel, voice: Voice): Promise<Html | null> => {
  const answers = model.facts.answers;
  if (!answers) return null;
  const scale = model.study.scales[answers.scale]!;
  const title = titleOf(model, answers.scale, voice);
  if (answers.items.state === "suppressed") {
    const panel = suppressedPanel(voice.say("answersHidden"), voice.say("answersHiddenText"));
    return html`<section aria-labelledby="answers-t"><h2 id="answers-t">${title}</h2>${panel}</section>`;
  }
  const items = answers.items.value;
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/answers.vl.json"));
  const reading = readingOf(items, scale, model, voice);
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
  return figure({
    id: "answers",
    title,
    sub: "",
    drawing: {
      wide: await draw("answers-w", 706, wideAnswers(items, scale, model, voice)),
      narrow: await draw("answers-n", 358, narrowAnswers(items, scale, model, voice)),
    },
    key: null,
    reading,
    note: noteOf(items, model, voice),
    table: tableOf(items, scale, model, voice),
    showTable: voice.say("showTable"),
  });
};
