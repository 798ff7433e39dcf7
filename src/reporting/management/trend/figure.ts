import type { ArmStyle } from "../../page/arms.ts";
import { armsKey } from "../../page/arms-key.ts";
import { type Html, html } from "../../page/html.ts";
import { shownLevel } from "../../page/levels.ts";
import { figure } from "../../page/page.ts";
import { haveIntervals, type Levels, levelCell, sentences, unitWords } from "../drawing.ts";
import { armLines, drawLines, drawn, linesNote, trendTitle } from "../drawing-lines.ts";
import type { ManagementVoice } from "../voice.ts";
import type { TrendPart } from "./model.ts";

const readingOf = ({ byArm }: TrendPart, { waves }: Levels, voice: ManagementVoice): string => {
  const { scale } = voice;
  if (byArm) return voice.say(waves.length === 1 ? "trendReadingOneArms" : "trendReading", { scale });
  return voice.say(waves.length === 1 ? "trendReadingOne" : "trendReadingWhole", { scale });
};

const subOf = ({ byArm, series }: TrendPart, { outcome, waves }: Levels, voice: ManagementVoice): string => {
  const values = { scale: voice.scaleAtStart, unit: unitWords(outcome, voice) };
  if (byArm) return voice.say("trendSub", values);
  const drawn = waves.length === 1 ? "viewSub.line" : "viewSub.shade";
  const uncertainty = haveIntervals(series) ? voice.say(drawn, { confidence: voice.confidence }) : "";
  return sentences(voice.say("trendSubWhole", values), uncertainty);
};

/** The levels over the waves, by arm, with the phases of the programme above. */
export const trendFigure = async (
  part: TrendPart,
  arms: readonly ArmStyle[],
  levels: Levels,
  voice: ManagementVoice,
): Promise<Html | null> => {
  const lines = armLines(part.series, arms, voice.arm);
  if (!lines.some(({ series }) => series.levels.some((cell) => shownLevel(cell)))) return null;
  return figure({
    id: "trend",
    title: trendTitle(part, levels, voice),
    sub: subOf(part, levels, voice),
    drawing: await drawn((size) => drawLines(lines, part.phases, levels, voice, size)),
    key: part.byArm ? html`<span class="arms">${armsKey(arms, voice.arm)}</span>` : null,
    reading: readingOf(part, levels, voice),
    note: linesNote(lines, part, levels, voice),
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
