import { apart } from "../../page/apart.ts";
import { dayOf, type Range } from "../../page/axis.ts";
import { type Measure, wrapped } from "../../page/measure.ts";
import { type ManagementModel, type Series, shownLevel } from "../model.ts";

/** A series with its look; the dash and the marker tell it apart without its colour. */
export interface Line {
  readonly series: Series;
  readonly label: string;
  readonly color: string;
  readonly textColor: string;
  readonly shape: string;
  readonly dash: readonly number[];
}

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

/**
 * Excerpt of a scale in whole hundredths of it, a multiple of four of them, that holds every shown level with its
 * interval; the whole scale when that is most of it.
 */
export const levelDomain = (all: readonly Series[], scale: Range): Range => {
  const values = all.flatMap(({ levels }) =>
    levels.flatMap((cell) => {
      const level = shownLevel(cell);
      return level
        ? [level.mean, ...(level.low === null ? [] : [level.low]), ...(level.high === null ? [] : [level.high])]
        : [];
    }),
  );
  const span = scale.high - scale.low;
  if (values.length === 0) return scale;
  const step = span / 100;
  let low = Math.floor((Math.min(...values) - scale.low) / step - 0.5);
  let high = Math.ceil((Math.max(...values) - scale.low) / step + 0.5);
  while ((high - low) % 4 !== 0 || high - low < 8) {
    if ((high - low) % 2 === 0) low -= 1;
    else high += 1;
  }
  if (high - low > 75) return scale;
  const shift = low < 0 ? -low : high > 100 ? 100 - high : 0;
  const at = (steps: number) => Number((scale.low + (steps + shift) * step).toPrecision(10));
  return { low: at(low), high: at(high) };
};

/** Points of a series that are shown, with a new segment after every wave that is not. */
export const pointsOf = ({ series, color, shape, dash }: Line, days: readonly number[]) => {
  let segment = 0;
  return series.levels.flatMap((cell, index) => {
    const level = shownLevel(cell);
    if (!level) {
      segment += 1;
      return [];
    }
    return [
      {
        series: series.id,
        segment: `${series.id} ${segment}`,
        x: days[index]!,
        y: level.mean,
        low: level.low,
        high: level.high,
        color,
        shape,
        dash,
      },
    ];
  });
};

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
export const trendData = (lines: readonly Line[], layout: TrendLayout) => {
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
    ends.map(({ y }) => upright(y)),
    17,
  );
  const alone = (segment: string) => points.filter((point) => point.segment === segment).length === 1;
  return {
    width,
    edges: { left, top: strip + 16, right, bottom: 38 },
    data: {
      frame: [
        { x: span.low, y: layout.domain.low },
        { x: span.high, y: layout.domain.high },
      ],
      phases: bands.map(({ x, x2 }) => ({ x, x2, y: -8 - strip, y2: -8 })),
      waves: layout.waves.map(({ day }) => ({ x: day })),
      areas: points.filter(({ low, segment }) => low !== null && !alone(segment)),
      whiskers: points.filter(({ low, segment }) => low !== null && alone(segment)),
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

/** Whether two levels differ by more than their intervals allow for. Conservative: the same leaders are in both. */
const moved = (series: Series): -1 | 0 | 1 => {
  const shown = series.levels.map(shownLevel);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last || shown.length < 2 || first.low === null || last.low === null) return 0;
  const noise = Math.hypot(first.mean - first.low, last.mean - last.low);
  const change = last.mean - first.mean;
  return Math.abs(change) > noise ? (change > 0 ? 1 : -1) : 0;
};

/** How many series rose and fell clearly from the first wave to the last, of those shown at both. */
export const changes = (all: readonly Series[]) => {
  const both = all.filter(({ levels }) => levels.length > 1 && shownLevel(levels[0]) && shownLevel(levels.at(-1)));
  return {
    total: both.length,
    up: both.filter((series) => moved(series) > 0).length,
    down: both.filter((series) => moved(series) < 0).length,
  };
};

/** The lines of the trend: the arms, or the whole organisation in a study without arms. */
export const trendLines = (model: ManagementModel, name: (arm: string | null) => string): readonly Line[] =>
  model.arms.length === 0
    ? [
        {
          ...{ series: model.organisation, label: name(null), color: "#1B2130", textColor: "#1B2130" },
          ...{ shape: "circle", dash: [] },
        },
      ]
    : model.arms.flatMap(({ arm, color, textColor, shape, dash }) =>
        model.byArm
          .filter(({ id }) => id === arm)
          .map((series) => ({ series, label: name(arm), color, textColor, shape, dash })),
      );
