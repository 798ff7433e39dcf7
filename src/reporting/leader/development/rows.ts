import { publishedIn, suppressed } from "../../../disclosure/published.ts";
import { type Place, positionOf } from "../../page/chart.ts";
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

/** Values at the line ends, pushed apart where they would touch. */
const endLabels = (
  rows: readonly WaveRow[],
  { scale, ...facts }: DevelopingScale,
  layout: Frame,
  voice: Voice,
): readonly Label[] => {
  const last = rows.at(-1)!;
  const team = publishedIn(facts.employees.at(-1) ?? suppressed);
  const own = facts.own.at(-1) ?? null;
  const apart = 18;
  const [ownAt, meanAt] = [last.own && positionOf(last.own), last.mean && positionOf(last.mean)];
  const close = ownAt !== null && meanAt !== null && Math.abs(ownAt - meanAt) < apart;
  const push = close ? (apart - Math.abs(ownAt - meanAt)) / 2 : 0;
  const up = ownAt !== null && meanAt !== null && ownAt >= meanAt ? 1 : -1;
  const at = (value: number) => Math.min(layout.height, Math.max(0, layout.height * (1 - value / 100)));
  const x = layout.right + 8;
  return [
    ...(meanAt !== null && team !== null
      ? [
          {
            ...base,
            text: voice.value(team.part("mean"), scale),
            x,
            y: at(meanAt - up * push),
            weight: 650,
            colour: plum,
          },
        ]
      : []),
    ...(ownAt !== null && own !== null
      ? [{ ...base, text: voice.value(own, scale), x, y: at(ownAt + up * push) }]
      : []),
  ];
};

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

const alignAt = (wave: number, waves: number): Label["align"] =>
  waves === 1 ? "center" : wave === 0 ? "left" : wave === waves - 1 ? "right" : "center";

const waveLabels = (
  model: DevelopmentModel,
  cells: DevelopingScale["employees"],
  frame: Frame,
  voice: Voice,
): readonly Label[] => {
  const waves = model.waves.length;
  const x = (wave: number) => frame.left + ((frame.right - frame.left) * wave) / Math.max(1, waves - 1);
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
