import type { Language } from "../../errors.ts";
import { type ClusterDesign, clusterPrecision, powerFor } from "../../stats/trial/cluster-power.ts";
import type { Assets } from "../page/assets.ts";
import { chart } from "../page/chart.ts";
import type { ChartSpec } from "../page/chart-parts.ts";
import { formatList, formatNumber, formatPercent } from "../page/locale.ts";
import { themeOf } from "../page/theme.ts";
import { fill, wordsOf } from "../page/words.ts";

/** What a picture of power shows. */
export interface PowerPicture {
  /** Of any two arms; how many leaders are in them is what the picture varies. */
  readonly design: ClusterDesign;
  readonly level: number;
  readonly power: number;
  /** The effect that the study asks about, in sds; null where its design leaves no precision. */
  readonly effect: number | null;
  /** Sd of the outcome in its own unit; null where it is not known. */
  readonly sd: number | null;
  /** Leaders measured in the smallest arm, as planned. */
  readonly planned: number;
}

type Words = typeof import("../../../reports/design/words.da.json");

const usual = [0.1, 0.2, 0.3, 0.5, 0.8] as const;
const lowest = 4;
const most = 2000;
const ticks = [5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const strong = "#124C9C";
const grey = "#4A5163";

const powerAt = ({ design, level }: PowerPicture, effect: number, leaders: number): number => {
  const precision = clusterPrecision({ ...design, clusters: [leaders, leaders] });
  return precision ? powerFor(effect, precision, level) : 0;
};

/** Fewest leaders per arm with the wanted power; null where thousands are not enough. */
const leadersNeeded = (picture: PowerPicture, effect: number): number | null => {
  if (powerAt(picture, effect, most) < picture.power) return null;
  let [low, high] = [1, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (powerAt(picture, effect, middle) < picture.power) low = middle;
    else high = middle;
  }
  return high;
};

/** The usual effects that stand apart from the one asked about, and that one. */
const effectsOf = ({ effect }: PowerPicture): readonly number[] => {
  const apart = usual.filter((one) => effect === null || Math.abs(Math.log(one / effect)) > 0.45);
  return [...apart, ...(effect === null ? [] : [effect])].sort((a, b) => a - b);
};

const points = 60;

/** The rows of the picture: curves, where they reach the wanted power, and what is written there. */
export const powerRows = (picture: PowerPicture, words: Words, language: Language) => {
  const effects = effectsOf(picture)
    .map((effect) => ({ effect, needed: leadersNeeded(picture, effect), isAsked: effect === picture.effect }))
    .filter(({ needed, isAsked }) => isAsked || (needed !== null && needed > lowest));
  const widest = Math.max(40, picture.planned, ...effects.map(({ needed }) => needed ?? 0));
  const high = Math.min(most, Math.round(widest * 1.8));
  const xs = Array.from({ length: points + 1 }, (_, k) => lowest * (high / lowest) ** (k / points));
  const curve = (effect: number) => xs.map((x) => ({ x, y: powerAt(picture, effect, x), effect }));
  const number = (value: number, decimals: number): string => formatNumber(value, decimals, language);
  const reached = effects.flatMap(({ effect, needed, isAsked }) =>
    needed === null || needed <= lowest || needed > high
      ? []
      : [{ effect, needed, isAsked, x: needed, y: picture.power, color: isAsked ? strong : grey }],
  );
  const labels = reached.flatMap(({ effect, needed, isAsked, x, y, color }) => {
    const lines = [
      fill(words.effect, { effect: number(effect, 2) }),
      ...(picture.sd === null ? [] : [fill(words.points, { points: number(effect * picture.sd, 1) })]),
      fill(words.leaders, { leaders: number(needed, 0) }),
    ];
    return lines.map((text, k) => ({ x, y, color, dy: 5 + 15 * k, weight: k === 0 || isAsked ? 600 : 400, text }));
  });
  return {
    high,
    effects,
    data: {
      target: [{ y: picture.power }],
      planned:
        picture.planned >= lowest && picture.planned <= high
          ? [
              {
                x: picture.planned,
                y: 0,
                text: fill(words.planned, { leaders: formatNumber(picture.planned, 0, language) }),
                align: picture.planned > high / 3 ? "right" : "left",
              },
            ]
          : [],
      curves: effects.filter(({ isAsked }) => !isAsked).flatMap(({ effect }) => curve(effect)),
      asked: picture.effect === null ? [] : curve(picture.effect),
      reached,
      labels,
    },
  };
};

/** Power against leaders per arm for some effects, as an SVG that stands for itself. */
export const drawPower = async (picture: PowerPicture, language: Language, assets: Assets): Promise<string> => {
  const words = wordsOf<Words>("design", language, assets);
  const { high, data, effects } = powerRows(picture, words, language);
  const { design, power } = picture;
  const spec = JSON.parse(assets.text("reports/design/charts/power.vl.json")) as ChartSpec;
  const needed = data.reached.map(({ needed }) => formatNumber(needed, 0, language));
  const svg = await chart(spec, data, {
    theme: themeOf(assets),
    id: "power",
    width: 660,
    height: 360,
    language,
    description: fill(words.alt, {
      effects: formatList(
        effects.map(({ effect }) => formatNumber(effect, 2, language)),
        language,
      ),
      power: formatPercent(100 * power, language),
      leaders: needed.length > 0 ? formatList(needed, language) : "–",
    }),
    params: {
      heading: words.heading,
      assumptions: fill(words.assumptions, {
        respondents: formatNumber(design.respondents, Number.isInteger(design.respondents) ? 0 : 1, language),
        icc: formatNumber(design.icc, 2, language),
        r2: formatPercent(100 * design.explainedBetween, language),
      }),
      xTitle: words.xTitle,
      yTitle: words.yTitle,
      ticks: ticks.filter((tick) => tick <= high),
      low: lowest,
      high,
    },
  });
  // On its own it may stand on any ground, a dark one too.
  return svg.replace("<svg", '<svg style="background:#fff"');
};
