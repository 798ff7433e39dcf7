import { reveal } from "../../disclosure/published.ts";
import type { Phase } from "../../study/study.ts";
import { apart } from "../page/apart.ts";
import type { ArmStyle } from "../page/arms.ts";
import { dayOf, levelTicks, middleOf, type Range } from "../page/axis.ts";
import type { ChangedSeries } from "../page/level-change.ts";
import { type Series, shownLevel } from "../page/levels.ts";
import { type Measure, wrapped } from "../page/measure.ts";
import type { Drawing } from "../page/page.ts";
import { plain as plainNumber } from "../page/source.ts";
import { inSentence } from "../page/words.ts";
import {
  altLevel,
  changesOf,
  excerptNote,
  intervalsNote,
  keptNote,
  type Levels,
  type Line,
  pointsOf,
  sentences,
  shortMonth,
} from "./drawing.ts";
import type { ManagementVoice } from "./voice.ts";

/** A line with the name at its end. */
export interface NamedLine extends Line {
  readonly label: string;
  readonly textColor: string;
  /** Whether its intervals are drawn: those of several lines on top of each other compare nothing. */
  readonly shaded: boolean;
}

/** How a line looks that is of no arm. */
export const plain = { color: "#1B2130", textColor: "#1B2130", shape: "circle", dash: [] } as const;

export interface Band {
  readonly from: string;
  readonly to: string;
  /** The long text and, where that does not fit, shorter ones. */
  readonly texts: readonly string[];
}

export interface WaveTick {
  readonly day: number;
  readonly lines: readonly string[];
}

export interface TrendLayout {
  readonly total: number;
  readonly height: number;
  readonly narrow: boolean;
  readonly domain: Range;
  readonly bands: readonly Band[];
  readonly waves: readonly WaveTick[];
  readonly measure: Measure;
}

const bandText = (band: Band, width: number, measure: Measure): readonly string[] => {
  const fitting = band.texts.map((text) =>
    text.split("\n").flatMap((part) => wrapped(part, width - 8, 12, 400, measure)),
  );
  return fitting.find((lines) => lines.length <= 3 && lines.every((line) => measure(line, 12, 400) <= width - 6)) ?? [];
};

const spanOf = ({ bands, waves }: TrendLayout): Range => {
  const days = [...waves.map(({ day }) => day), ...bands.flatMap(({ from, to }) => [dayOf(from), dayOf(to)])];
  const [low, high] = [Math.min(...days), Math.max(...days)];
  const room = Math.max((high - low) * 0.025, low === high ? 30 * 86_400_000 : 0);
  return { low: low - room, high: high + room };
};

const waveTexts = (layout: TrendLayout, place: (day: number) => number) => {
  const size = layout.narrow ? 11 : 12;
  const widths = layout.waves.map(({ lines }) => Math.max(...lines.map((line) => layout.measure(line, size, 400))));
  const centres = layout.waves.map(({ day }) => place(day));
  const crowded = centres.some(
    (x, index) => index > 0 && x - centres[index - 1]! < (widths[index]! + widths[index - 1]!) / 2 + 6,
  );
  return layout.waves.flatMap(({ lines }, index) =>
    (crowded && index > 0 && index < layout.waves.length - 1 ? [] : lines).map((text, line) => ({
      text,
      x: centres[index]!,
      y: layout.height + 16 + line * 15,
      align: "center",
      size,
    })),
  );
};

/** Rows of every layer of a trend: means over the waves at their true dates, phases in a strip above the plot. */
export const trendData = (lines: readonly NamedLine[], layout: TrendLayout) => {
  const drawn = lines.filter(({ series }) => series.levels.some((cell) => shownLevel(cell)));
  const span = spanOf(layout);
  const labelWidth = Math.max(0, ...drawn.map(({ label }) => layout.measure(label, 13.5, 650)));
  const right = layout.narrow ? 10 : Math.ceil(labelWidth) + 18;
  const left = 30;
  const width = layout.total - left - right;
  const place = (day: number) => ((day - span.low) / (span.high - span.low)) * width;
  const upright = (y: number) =>
    layout.height - ((y - layout.domain.low) / (layout.domain.high - layout.domain.low)) * layout.height;
  const points = drawn.flatMap((line) =>
    pointsOf(
      line,
      layout.waves.map(({ day }) => day),
    ),
  );
  const bands = layout.bands.map((band) => {
    const [x, x2] = [place(dayOf(band.from)) + 1, place(dayOf(band.to)) - 1];
    return { x, x2, texts: bandText(band, x2 - x, layout.measure) };
  });
  const rows = Math.max(0, ...bands.map(({ texts }) => texts.length));
  const strip = rows === 0 ? (bands.length > 0 ? 14 : 0) : rows * 14 + 8;
  const ends = drawn.map((line) => points.filter(({ series }) => series === line.series.id).at(-1)!);
  const labelled = apart(
    ends.map(({ y }) => upright(reveal(y))),
    17,
  );
  const shaded = new Set(drawn.filter((line) => line.shaded).map(({ series }) => series.id));
  const alone = (segment: string) => points.filter((point) => point.segment === segment).length === 1;
  return {
    width,
    height: layout.height,
    edges: { left, top: strip + 16, right, bottom: 38 },
    data: {
      frame: [
        { x: span.low, y: layout.domain.low },
        { x: span.high, y: layout.domain.high },
      ],
      phases: bands.map(({ x, x2 }) => ({ x, x2, y: -8 - strip, y2: -8 })),
      waves: layout.waves.map(({ day }) => ({ x: day })),
      areas: points.filter(({ low, series, segment }) => shaded.has(series) && low !== null && !alone(segment)),
      whiskers: points.filter(({ low, series, segment }) => shaded.has(series) && low !== null && alone(segment)),
      points,
      texts: [
        ...bands.flatMap(({ x, x2, texts }) =>
          texts.map((text, line) => ({
            text,
            x: (x + x2) / 2,
            y: -8 - strip / 2 + (line - (texts.length - 1) / 2) * 14,
            align: "center",
            size: 12,
          })),
        ),
        ...waveTexts(layout, place),
      ],
      labels: layout.narrow
        ? []
        : drawn.map(({ label, textColor }, index) => ({
            text: label,
            x: width + 10,
            y: labelled[index]!,
            color: textColor,
          })),
    },
  };
};

/** The lines of arms, or that of the whole organisation in a study without arms. */
export const armLines = (
  all: readonly Series[],
  arms: readonly ArmStyle[],
  name: (arm: string | null) => string,
): readonly NamedLine[] =>
  all.map((series) => {
    const style = arms.find(({ arm }) => arm === series.id);
    const { color, textColor, shape, dash } = style ?? plain;
    return { series, label: name(style ? series.id : null), color, textColor, shape, dash, shaded: !style };
  });

/** Phases that overlap the time of the waves, numbered in time order as the study file has them. */
export const phaseBands = (phases: readonly Phase[], { waves }: Levels, voice: ManagementVoice) => {
  if (waves.length < 2) return [];
  const [first, last] = [dayOf(waves[0]!.from), dayOf(waves.at(-1)!.to)];
  return phases.flatMap((phase, index) => {
    if (dayOf(phase.to) < first || dayOf(phase.from) > last) return [];
    const number = plainNumber("number", index + 1);
    const short = voice.say("phase", { number });
    return [{ ...phase, number, texts: [`${short}\n${voice.text(phase.name)}`, short, number] }];
  });
};

const sizes = { full: 1126, half: 680, narrow: 310 } as const;

/** A width that a chart is drawn for. */
export type Size = keyof typeof sizes;

/** Draws lines over the waves at one of the widths of the page. */
export const drawLines = (
  lines: readonly NamedLine[],
  phases: readonly Phase[],
  levels: Levels,
  voice: ManagementVoice,
  size: Size,
): Promise<string> => {
  const narrow = size === "narrow";
  const { width, edges, data, height } = trendData(lines, {
    total: sizes[size],
    height: narrow ? 190 : 250,
    narrow,
    domain: levels.domain,
    measure: voice.measure,
    bands: phaseBands(phases, levels, voice),
    waves: levels.waves.map((wave) => ({
      day: middleOf(wave),
      lines: [shortMonth(wave.from, voice), voice.text(wave.name)],
    })),
  });
  const said = lines.map(({ series, label }) =>
    voice.say("trendAltLine", { name: label, values: series.levels.map((cell) => altLevel(cell, voice)).join(", ") }),
  );
  return voice.draw("trend", data, {
    id: `trend-${size}`,
    width,
    height,
    params: { edges, ticks: levelTicks(levels.domain) },
    description: voice.say("trendAlt", {
      scale: voice.scale,
      waves: voice.tally(levels.waves.length),
      lines: said.join(" "),
      axis: excerptNote(levels, voice),
    }),
  });
};

/** A drawing at each width of the page; style sheets show the one that fits. */
export const drawn = async (draw: (size: Size) => Promise<string>): Promise<Drawing> => {
  const [full, half, narrow] = await Promise.all([draw("full"), draw("half"), draw("narrow")]);
  return { wide: `<div class="full">${full}</div><div class="half">${half}</div>`, narrow };
};

/** Series that were tested together, and the phases of the programme above them. */
export interface Tested {
  readonly series: readonly ChangedSeries[];
  readonly byArm: boolean;
  readonly phases: readonly Phase[];
}

/** What tests say of levels over the waves, in one sentence. */
export const trendTitle = (
  { series, byArm }: Pick<Tested, "series" | "byArm">,
  { waves }: Levels,
  voice: ManagementVoice,
): string => {
  const { tested, rise, fall } = changesOf(series);
  const scale = voice.scaleAtStart;
  if (waves.length === 1) return voice.say("trendTitle.one", { scale, wave: voice.text(waves[0]!.name) });
  if (tested === 0) return voice.say("trendTitle.plain", { scale });
  if (rise + fall === 0) return voice.say("trendTitle.none");
  if (!byArm) return voice.say(rise > 0 ? "trendTitle.up" : "trendTitle.down");
  return voice.say("trendTitle.some", { count: voice.tally(rise + fall), total: voice.tally(tested) });
};

/** What must be known to read lines: how they were tested, what their intervals and the axis are, what is hidden. */
export const linesNote = (
  lines: readonly NamedLine[],
  { series: tests, phases }: Pick<Tested, "series" | "phases">,
  levels: Levels,
  voice: ManagementVoice,
): string => {
  const names = phaseBands(phases, levels, voice).map(({ number, name }) =>
    voice.say("phaseList", { number, name: inSentence(voice.text(name)) }),
  );
  const { tested } = changesOf(tests);
  const all = lines.map(({ series }) => series);
  const hidden = all.some(({ levels: cells }) => cells.some((cell) => cell?.state === "suppressed"));
  return sentences(
    tested > 1 ? voice.say("changeTests", { count: voice.tally(tested) }) : "",
    tested === 1 ? voice.say("changeTest") : "",
    intervalsNote(all, voice),
    excerptNote(levels, voice),
    keptNote(
      lines.map(({ label, series }) => ({ name: label, series })),
      levels,
      voice,
    ),
    hidden ? voice.say("trendHidden") : "",
    names.length > 0 ? voice.say("phases", { phases: voice.list(names) }) : "",
    levels.synthetic ? voice.say("synthetic") : "",
  );
};
