import type { Published } from "../disclosure/published.ts";
import type { Change } from "../disclosure/team.ts";
import { type ChartSpec, chart } from "./chart.ts";
import { type DevelopmentLayout, developing, developmentLayout } from "./leader-development-rows.ts";
import type { LeaderModel, LeaderScale } from "./leader-model.ts";
import { figureHeight, type Part } from "./leader-print.ts";
import type { Voice } from "./leader-voice.ts";
import { type FigureTable, figure } from "./page.ts";
import { atStart } from "./words.ts";

interface Move {
  readonly scale: LeaderScale;
  readonly since: number;
  readonly change: Published<Change>;
  readonly share: number;
}

const movesOf = ({ study, facts }: LeaderModel): readonly Move[] =>
  study.scales.flatMap((scale, index) => {
    const change = facts.scales[index]!.change;
    if (change?.cell.state !== "shown") return [];
    const { value } = change.cell;
    return [{ scale, since: change.since, change: value, share: Math.abs(value.value) / (scale.high - scale.low) }];
  });

const isClear = ({ change }: Move): boolean => Math.abs(change.value) >= change.noise && change.value !== 0;

const sinceText = (since: number, voice: Voice): string =>
  since === 0 ? voice.say("firstRound") : voice.say("laterRound", { round: since + 1 });

/** The largest clear change, and those exactly as large in the same direction since the same wave. */
const leading = (moves: readonly Move[]): readonly Move[] => {
  const clear = moves.filter(isClear);
  const most = clear.reduce<Move | null>((best, move) => (!best || move.share > best.share ? move : best), null);
  if (!most) return [];
  return clear.filter(
    (move) => move.change.value === most.change.value && move.share === most.share && move.since === most.since,
  );
};

interface Words {
  readonly title: string;
  readonly reading: string;
}

const clearWords = (lead: readonly Move[], moves: readonly Move[], voice: Voice): Words => {
  const { change, since, share } = lead[0]!;
  const up = change.value > 0;
  const scales = voice.names(lead.map(({ scale }) => scale.name));
  const inDirection = moves.filter((move) => Math.sign(move.change.value) === Math.sign(change.value));
  const isLargest = inDirection.every((move) => move.share < share || lead.includes(move));
  const noise = Math.max(...lead.map((move) => move.change.noise));
  const value = voice.value(Math.abs(change.value), lead[0]!.scale);
  return {
    title: voice.say(isLargest ? (up ? "changeTitleUp" : "changeTitleDown") : "changeTitleClear", { scales }),
    reading: [
      voice.say(up ? "changeUp" : "changeDown", { scales, value, since: sinceText(since, voice) }),
      voice.say("changeNoise", { noise: voice.value(noise, lead[0]!.scale) }),
    ].join(" "),
  };
};

const wordsOf = (model: LeaderModel, voice: Voice): Words => {
  const moves = movesOf(model);
  const cells = model.facts.scales.flatMap(({ employees }) => employees);
  const unseen = cells.some((cell) => cell?.state === "suppressed");
  const visible = cells.some((cell) => cell?.state === "shown");
  const now = model.facts.scales.every(({ employees }) => employees.at(-1)?.state !== "shown");
  const gapNote = !unseen
    ? ""
    : !visible
      ? voice.say("changeHiddenAll")
      : voice.say(now ? "changeHiddenNow" : "changeHidden");
  const lead = leading(moves);
  if (lead.length > 0) {
    const words = clearWords(lead, moves, voice);
    return { ...words, reading: `${words.reading} ${gapNote}`.trim() };
  }
  const firsts = new Set(moves.map(({ since }) => since));
  if (moves.length === 0 || firsts.size > 1) {
    const plain = moves.length === 0 ? voice.say("changePlain") : voice.say("changeNone");
    return { title: voice.say("changeTitlePlain"), reading: `${plain} ${gapNote}`.trim() };
  }
  const since = sinceText([...firsts][0]!, voice);
  return { title: voice.say("changeTitleNone", { since }), reading: `${voice.say("changeNone")} ${gapNote}`.trim() };
};

const tableOf = (model: LeaderModel, voice: Voice): FigureTable => tableOfScales(model, developing(model), voice);

const tableOfScales = ({ study, facts }: LeaderModel, scales: readonly number[], voice: Voice): FigureTable => ({
  caption: voice.say("changeTable"),
  columns: [
    voice.say("tableScale"),
    ...study.waves.flatMap(({ name }) => [
      voice.say("changeTableOwn", { wave: name[voice.language] }),
      voice.say("changeTableEmployees", { wave: name[voice.language] }),
    ]),
  ],
  rows: scales.map((index) => [
    study.scales[index]!.name[voice.language],
    ...study.waves.flatMap((_, wave) => {
      const own = facts.scales[index]!.own[wave] ?? null;
      const cell = facts.scales[index]!.employees[wave] ?? null;
      const scale = study.scales[index]!;
      return [own === null ? "–" : voice.value(own, scale), cell === null ? "–" : voice.cell(cell, scale)];
    }),
  ]),
});

/** Panels in a row on a wide page: one row up to six, else rows of even length. */
const panels = (count: number): number => (count <= 6 ? count : Math.ceil(count / Math.ceil(count / 6)));

const sameUnit = (scales: readonly LeaderScale[]): boolean =>
  scales.every(({ low, high }) => low === scales[0]!.low && high === scales[0]!.high);

const endsOf = (scales: readonly LeaderScale[], voice: Voice): readonly string[] => {
  if (!sameUnit(scales)) return ["", "", ""];
  const { low, high } = scales[0]!;
  return [low, (low + high) / 2, high].map((value) =>
    voice.value(value, { decimals: Number.isInteger(value) ? 0 : 1 }),
  );
};

const panelHeight = 56;

/** Own and employees' answers over the waves, a panel for each scale. Null with one wave. */
export const developmentFigure = async (model: LeaderModel, voice: Voice): Promise<Part | null> => {
  const { waves } = model.study;
  const scales = developing(model).map((index) => model.study.scales[index]!);
  if (waves.length < 2 || scales.length === 0) return null;
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/development.vl.json"));
  const words = wordsOf(model, voice);
  const description = voice.say("changeAlt", { count: scales.length, waves: waves.length, pattern: words.reading });
  const draw = (id: string, layout: DevelopmentLayout) =>
    chart(
      spec,
      { waves: layout.rows },
      {
        theme: voice.theme,
        id,
        width: layout.panel,
        height: layout.height,
        columns: layout.columns,
        description,
        language: voice.language,
        params: { left: layout.left, right: layout.right, last: waves.length - 1, ends: endsOf(scales, voice) },
      },
    );
  const wide = developmentLayout(model, 706, panels(scales.length), panelHeight, voice);
  const reading = atStart(words.reading);
  const markup = figure({
    id: "development",
    title: words.title,
    sub: "",
    drawing: {
      wide: await draw("development-w", wide),
      narrow: await draw("development-n", developmentLayout(model, 358, 2, panelHeight, voice)),
    },
    key: null,
    reading,
    note: "",
    table: tableOf(model, voice),
    showTable: voice.say("showTable"),
  });
  const chartHeight = Math.ceil(scales.length / wide.columns) * (panelHeight + wide.titles + 32) + 4;
  return { html: markup, height: figureHeight({ key: false, chart: chartHeight, reading, note: "" }, voice) };
};
