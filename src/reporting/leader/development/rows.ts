import { publishedIn, suppressed } from "../../../disclosure/published.ts";
import { type Place, positionOf } from "../../page/chart-parts.ts";
import { block, ink, ink2, ink3, type Label, plum, wrap } from "../../page/labels-in-chart.ts";
import { plain } from "../../page/source.ts";
import { type LeaderScale, placeIn, type Voice } from "../voice.ts";
import type { DevelopingScale, DevelopmentModel } from "./model.ts";

/** One wave of one panel; places run from 0 to 100 over the scale's range, null where nothing may be or is shown. */
interface WaveRow {
  readonly panel: number;
  readonly wave: number;
  readonly own: Place | null;
  readonly mean: Place | null;
  readonly low: Place | null;
  readonly high: Place | null;
}

export interface DevelopmentLayout {
  readonly columns: number;
  readonly panel: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly rows: readonly object[];
  /** Height of the highest panel title, in px. */
  readonly titles: number;
}

const axisWidth = 30;
const gutter = 14;
const valueWidth = 30;

const waveRows = ({ scale, own, employees }: DevelopingScale, panel: number): readonly WaveRow[] =>
  employees.map((cell, wave) => {
    const team = cell && publishedIn(cell);
    return {
      panel,
      wave,
      own: placeIn(own[wave] ?? null, scale),
      mean: placeIn(team?.part("mean"), scale),
      low: placeIn(team?.part("low"), scale),
      high: placeIn(team?.part("high"), scale),
    };
  });

const base = { align: "left", weight: 400, size: 12, colour: ink2 } as const;

/** Names of the waves under the axis: as they are called where they fit, else their numbers. */
const waveNames = ({ waves }: DevelopmentModel, room: number, voice: Voice): readonly string[] => {
  const names = waves.map((name) => voice.nameOf(name).toLowerCase());
  const needed = names.reduce((sum, name) => sum + voice.theme.width(name, 12, false) + 6, 0);
  return needed <= room ? names : names.map((_, index) => plain("number", index + 1));
};

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

const xOf = (wave: number, waves: number, { left, right }: Frame): number =>
  left + ((right - left) * wave) / Math.max(1, waves - 1);

/** The last number of a line: in which wave, how high, and in what words. */
interface End {
  readonly wave: number;
  readonly at: number;
  readonly text: string;
  readonly look: { readonly weight: number; readonly colour: string };
}

const endsOf = (rows: readonly WaveRow[], { scale, own, employees }: DevelopingScale, voice: Voice) => {
  const last = (field: "own" | "mean") => rows.findLast((row) => row[field] !== null);
  const [ownRow, meanRow] = [last("own"), last("mean")];
  const team = meanRow && publishedIn(employees[meanRow.wave] ?? suppressed);
  const mean: End | null =
    meanRow && team
      ? {
          wave: meanRow.wave,
          at: positionOf(meanRow.mean!),
          text: voice.value(team.part("mean"), scale),
          look: { weight: 650, colour: plum },
        }
      : null;
  const answer: End | null = ownRow
    ? {
        wave: ownRow.wave,
        at: positionOf(ownRow.own!),
        text: voice.value(own[ownRow.wave]!, scale),
        look: { weight: 400, colour: ink2 },
      }
    : null;
  return { mean, answer };
};

/** Points of the scale that two numbers beside each other need between them. */
const apart = 18;

/** Values at the line ends, pushed apart where they would touch; of a line that ends before the others above or below it. */
const endLabels = (rows: readonly WaveRow[], scale: DevelopingScale, frame: Frame, voice: Voice): readonly Label[] => {
  const { mean, answer } = endsOf(rows, scale, voice);
  const both = mean !== null && answer !== null && mean.wave === answer.wave;
  const push = both ? Math.max(0, apart - Math.abs(mean.at - answer.at)) / 2 : 0;
  const ownAbove = mean === null || answer === null ? true : answer.at >= mean.at;
  const label = ({ wave, at, text, look }: End, above: boolean): Label => {
    const isLast = wave === rows.length - 1;
    const y = frame.height * (1 - (at + (isLast ? (above ? push : -push) : 0)) / 100);
    const within = Math.min(frame.height, Math.max(0, y));
    const x = xOf(wave, rows.length, frame);
    if (isLast) return { ...base, ...look, text, x: x + 8, y: within };
    // Above the top of the panel stands its title.
    const up = above && within > 16;
    const beside = { x: x + 8, y: within };
    const near = { x, y: up ? within - 12 : within + 13, align: wave === 0 ? ("left" as const) : ("center" as const) };
    return { ...base, ...look, text, ...(above && !up ? beside : near) };
  };
  return [...(mean ? [label(mean, !ownAbove)] : []), ...(answer ? [label(answer, ownAbove)] : [])];
};

const alignAt = (wave: number, waves: number): Label["align"] =>
  waves === 1 ? "center" : wave === 0 ? "left" : wave === waves - 1 ? "right" : "center";

const waveLabels = (
  model: DevelopmentModel,
  cells: DevelopingScale["employees"],
  frame: Frame,
  voice: Voice,
): readonly Label[] => {
  const waves = model.waves.length;
  const x = (wave: number) => xOf(wave, waves, frame);
  const nudge = (wave: number) => (alignAt(wave, waves) === "left" ? -6 : alignAt(wave, waves) === "right" ? 6 : 0);
  const names = waveNames(model, frame.right - frame.left + 12, voice);
  const unseen = cells.map((cell) => cell?.state === "suppressed" && cells.some((other) => other?.state === "shown"));
  return [
    ...names.map((text, wave) => ({
      ...base,
      text,
      x: x(wave) + nudge(wave),
      y: frame.height + 11,
      align: alignAt(wave, waves),
      size: 12,
    })),
    ...unseen.flatMap((isHidden, wave) =>
      isHidden
        ? [
            {
              ...base,
              text: voice.say("hidden"),
              x: x(wave) + nudge(wave),
              y: frame.height - 8,
              align: alignAt(wave, waves),
              size: 12,
              colour: ink3,
            },
          ]
        : [],
    ),
  ];
};

const title = (scale: LeaderScale, width: number, voice: Voice): readonly Label[] => {
  const text = voice.nameOf(scale.name);
  const lines = wrap(text, width, 12.5, true, voice.theme).length;
  const label = { ...base, text, x: 0, y: -12 - (lines - 1) * 7.2, weight: 600, size: 12.5, colour: ink };
  return block(label, width, voice.theme);
};

/** Scales that have anything to draw. */
const hasMarks = ({ own, employees }: DevelopingScale): boolean =>
  own.some((value) => value !== null) || employees.some((cell) => cell?.state === "shown");

/** More than these in a row are too narrow for their numbers. */
const mostPanels = 6;

/** The scales that have anything to draw: those that the programme develops, or all, as far as a row goes; and the others. */
export const developing = ({ scales }: DevelopmentModel) => {
  const drawn = scales.filter(hasMarks);
  const goals = drawn.filter(({ scale }) => scale.goal);
  const first = (goals.length > 0 ? goals : drawn).slice(0, mostPanels);
  return { first, others: drawn.filter((each) => !first.includes(each)) };
};

/** How panels stand on a page: as wide as it is, so many in a row, their plots so high. */
export interface Panels {
  readonly width: number;
  readonly columns: number;
  readonly height: number;
}

const widestPanel = 340;

/** Small multiples of some scales, the same 0–100 in each. */
export const developmentLayout = (
  model: DevelopmentModel,
  scales: readonly DevelopingScale[],
  { width, columns, height }: Panels,
  voice: Voice,
): DevelopmentLayout => {
  const panel = Math.min(widestPanel, (width - axisWidth - gutter * (columns - 1)) / columns);
  const frame = { left: 8, right: panel - valueWidth, height };
  const room = panel + gutter - 8;
  const rows = scales.flatMap((each, index) => {
    const waves = waveRows(each, index);
    const labels = [
      ...title(each.scale, room, voice),
      ...endLabels(waves, each, frame, voice),
      ...waveLabels(model, each.employees, frame, voice),
    ];
    return [...waves, ...labels.map((label) => ({ panel: index, ...label }))];
  });
  const names = scales.map(({ scale }) => wrap(voice.nameOf(scale.name), room, 12.5, true, voice.theme).length);
  return { columns, panel, height, left: frame.left, right: frame.right, rows, titles: 14.4 * Math.max(1, ...names) };
};
