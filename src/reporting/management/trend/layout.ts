import { reveal } from "../../../disclosure/published.ts";
import { apart } from "../../page/apart.ts";
import type { ArmStyle } from "../../page/arms.ts";
import { dayOf, type Range } from "../../page/axis.ts";
import type { ChangedSeries } from "../../page/level-change.ts";
import { shownLevel } from "../../page/levels.ts";
import { type Measure, wrapped } from "../../page/measure.ts";
import { type Line, pointsOf } from "../drawing.ts";
import type { TrendPart } from "./model.ts";

/** A line with the name at its end. */
export interface NamedLine extends Line {
  readonly series: ChangedSeries;
  readonly label: string;
  readonly textColor: string;
}

const plain = { color: "#1B2130", textColor: "#1B2130", shape: "circle", dash: [] } as const;

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
  /** Whether intervals are drawn: those of several lines on top of each other compare nothing. */
  readonly shaded: boolean;
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
      areas: points.filter(({ low, segment }) => layout.shaded && low !== null && !alone(segment)),
      whiskers: points.filter(({ low, segment }) => layout.shaded && low !== null && alone(segment)),
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

/** The lines of the trend: the arms, or the whole organisation in a study without arms. */
export const trendLines = (
  { series }: TrendPart,
  arms: readonly ArmStyle[],
  name: (arm: string | null) => string,
): readonly NamedLine[] =>
  series.map((each) => {
    const style = arms.find(({ arm }) => arm === each.id);
    const { color, textColor, shape, dash } = style ?? plain;
    return { series: each, label: name(style ? each.id : null), color, textColor, shape, dash };
  });
