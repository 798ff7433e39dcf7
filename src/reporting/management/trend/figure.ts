import type { ArmStyle } from "../../page/arms.ts";
import { armsKey } from "../../page/arms-key.ts";
import { dayOf, levelTicks, middleOf } from "../../page/axis.ts";
import { type Html, html, toText, trusted } from "../../page/html.ts";
import { shownLevel } from "../../page/levels.ts";
import { figure } from "../../page/page.ts";
import { plain } from "../../page/source.ts";
import { inSentence } from "../../page/words.ts";
import {
  altLevel,
  changesOf,
  excerptNote,
  intervalsNote,
  keptNote,
  type Levels,
  levelCell,
  sentences,
  shortMonth,
} from "../drawing.ts";
import type { ManagementVoice } from "../voice.ts";
import { type NamedLine, trendData, trendLines } from "./layout.ts";
import type { TrendPart } from "./model.ts";

const titleOf = ({ series, byArm }: TrendPart, { waves }: Levels, voice: ManagementVoice): string => {
  const { tested, rise, fall } = changesOf(series);
  const scale = voice.scaleAtStart;
  if (waves.length === 1) return voice.say("trendTitle.one", { scale, wave: voice.text(waves[0]!.name) });
  if (tested === 0) return voice.say("trendTitle.plain", { scale });
  if (rise + fall === 0) return voice.say("trendTitle.none");
  if (!byArm) return voice.say(rise > 0 ? "trendTitle.up" : "trendTitle.down");
  return voice.say("trendTitle.some", { count: voice.tally(rise + fall), total: voice.tally(tested) });
};

/** Phases that overlap the time of the waves, numbered in time order as the study file has them. */
const bandsOf = ({ phases }: TrendPart, { waves }: Levels, voice: ManagementVoice) => {
  if (waves.length < 2) return [];
  const [first, last] = [dayOf(waves[0]!.from), dayOf(waves.at(-1)!.to)];
  return phases.flatMap((phase, index) => {
    if (dayOf(phase.to) < first || dayOf(phase.from) > last) return [];
    const number = plain("number", index + 1);
    const short = voice.say("phase", { number });
    return [{ ...phase, number, texts: [`${short}\n${voice.text(phase.name)}`, short, number] }];
  });
};

const widths = { full: 1126, half: 680, narrow: 310 } as const;

const drawTrend = (
  part: TrendPart,
  lines: readonly NamedLine[],
  levels: Levels,
  voice: ManagementVoice,
  size: keyof typeof widths,
) => {
  const narrow = size === "narrow";
  const { width, edges, data, height } = trendData(lines, {
    total: widths[size],
    height: narrow ? 190 : 250,
    narrow,
    shaded: !part.byArm,
    domain: levels.domain,
    measure: voice.measure,
    bands: bandsOf(part, levels, voice),
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

const noteOf = (part: TrendPart, lines: readonly NamedLine[], levels: Levels, voice: ManagementVoice): string => {
  const bands = bandsOf(part, levels, voice);
  const names = bands.map(({ number, name }) => voice.say("phaseList", { number, name: inSentence(voice.text(name)) }));
  const { tested } = changesOf(part.series);
  const hidden = part.series.some(({ levels: cells }) => cells.some((cell) => cell?.state === "suppressed"));
  return sentences(
    tested > 1 ? voice.say("changeTests", { count: voice.tally(tested) }) : "",
    tested === 1 ? voice.say("changeTest") : "",
    intervalsNote(part.series, voice),
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

const readingOf = ({ byArm }: TrendPart, { waves }: Levels, voice: ManagementVoice): string => {
  const { scale } = voice;
  if (byArm) return voice.say(waves.length === 1 ? "trendReadingOneArms" : "trendReading", { scale });
  return voice.say(waves.length === 1 ? "trendReadingOne" : "trendReadingWhole", { scale });
};

const subOf = ({ byArm }: TrendPart, { outcome, waves }: Levels, voice: ManagementVoice): string => {
  const unit = outcome.index
    ? voice.say("unitIndex")
    : voice.say("unitRange", { low: voice.unitValue(outcome.low), high: voice.unitValue(outcome.high) });
  const scale = voice.scaleAtStart;
  if (byArm) return voice.say("trendSub", { scale, unit });
  const values = { scale, unit, confidence: voice.confidence };
  return voice.say(waves.length === 1 ? "trendSubWholeOne" : "trendSubWhole", values);
};

/** The levels over the waves, by arm, with the phases of the programme above. */
export const trendFigure = async (
  part: TrendPart,
  arms: readonly ArmStyle[],
  levels: Levels,
  voice: ManagementVoice,
): Promise<Html | null> => {
  const lines = trendLines(part, arms, voice.arm);
  if (!lines.some(({ series }) => series.levels.some((cell) => shownLevel(cell)))) return null;
  const [full, half, narrow] = await Promise.all([
    drawTrend(part, lines, levels, voice, "full"),
    drawTrend(part, lines, levels, voice, "half"),
    drawTrend(part, lines, levels, voice, "narrow"),
  ]);
  return figure({
    id: "trend",
    title: titleOf(part, levels, voice),
    sub: subOf(part, levels, voice),
    drawing: {
      wide: toText(html`<div class="full">${trusted(full)}</div><div class="half">${trusted(half)}</div>`),
      narrow,
    },
    key: part.byArm ? html`<span class="arms">${armsKey(arms, voice.arm)}</span>` : null,
    reading: readingOf(part, levels, voice),
    note: noteOf(part, lines, levels, voice),
    table: {
      caption: voice.say("trendTable", { confidence: voice.confidence }),
      columns: [
        voice.say(part.byArm ? "columnArm" : "columnGroup"),
        ...levels.waves.map(({ name }) => voice.text(name)),
      ],
      rows: lines.map(({ series, label }) => [label, ...series.levels.map((cell) => levelCell(cell, voice))]),
    },
    showTable: voice.say("showTable"),
  });
};
