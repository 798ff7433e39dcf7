import { armsKey } from "../../page/arms-key.ts";
import type { Range } from "../../page/axis.ts";
import { dayOf, levelTicks, middleOf } from "../../page/axis.ts";
import { type Html, html, toText, trusted } from "../../page/html.ts";
import { locales } from "../../page/locale.ts";
import { figure } from "../../page/page.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { inSentence } from "../../page/words.ts";
import { type ManagementModel, shownLevel } from "../model.ts";
import type { ManagementVoice } from "../voice.ts";
import { changes, type Line, levelDomain, trendData, trendLines } from "./layout.ts";

/** The excerpt of the scale that all plots of the page share, so that they can be compared. */
export const sharedDomain = (model: ManagementModel, outcome: ReportedOutcome): Range =>
  levelDomain([model.organisation, ...model.byArm, ...model.departments], outcome);

export const isExcerpt = (domain: Range, { low, high }: Range): boolean => domain.low > low || domain.high < high;

const tidy = (value: number, voice: ManagementVoice): string =>
  Number.isInteger(value) ? voice.count(value) : voice.number(value);

/** Says that an axis is an excerpt, with the numbers; empty where it is not. */
export const excerptNote = (domain: Range, outcome: ReportedOutcome, voice: ManagementVoice): string =>
  isExcerpt(domain, outcome)
    ? voice.say("excerpt", {
        ...{ low: tidy(domain.low, voice), high: tidy(domain.high, voice) },
        ...{ from: tidy(outcome.low, voice), to: tidy(outcome.high, voice) },
      })
    : "";

/** "jan. 2026" / "Jan 2026". */
export const shortMonth = (iso: string, voice: ManagementVoice): string => {
  const [year = "", month = "1"] = iso.split("-");
  return `${locales[voice.language].time.shortMonths[Number(month) - 1] ?? ""} ${year}`;
};

const titleOf = (model: ManagementModel, lines: readonly Line[], voice: ManagementVoice): string => {
  const { total, up, down } = changes(lines.map(({ series }) => series));
  if (model.waves.length === 1)
    return voice.say("trendTitle.one", { scale: voice.scaleAtStart, wave: voice.text(model.waves[0]!.name) });
  if (total === 0) return voice.say("trendTitle.plain", { scale: voice.scaleAtStart });
  if (up + down === 0) return voice.say("trendTitle.none");
  if (lines.length === 1) return voice.say(up > 0 ? "trendTitle.up" : "trendTitle.down");
  if (up + down === lines.length) return voice.say("trendTitle.all");
  return voice.say("trendTitle.some", { count: up + down, total });
};

/** Phases that overlap the time of the waves, numbered in time order as the study file has them. */
const bandsOf = (model: ManagementModel, voice: ManagementVoice) => {
  const first = dayOf(model.waves[0]!.from);
  const last = Math.max(dayOf(model.waves.at(-1)!.to), first);
  return model.phases.flatMap((phase, index) => {
    if (dayOf(phase.to) < first || (dayOf(phase.from) > last && model.waves.length > 1)) return [];
    const short = voice.say("phase", { number: index + 1 });
    return [{ ...phase, number: index + 1, texts: [`${short}\n${voice.text(phase.name)}`, short, String(index + 1)] }];
  });
};

const widths = { full: 1126, half: 680, narrow: 310 } as const;

const drawTrend = (
  model: ManagementModel,
  outcome: ReportedOutcome,
  voice: ManagementVoice,
  size: keyof typeof widths,
) => {
  const domain = sharedDomain(model, outcome);
  const lines = trendLines(model, voice.arm);
  const narrow = size === "narrow";
  const height = narrow ? 190 : 250;
  const { width, edges, data } = trendData(lines, {
    ...{ total: widths[size], height, narrow, domain, measure: voice.measure },
    bands: model.waves.length > 1 ? bandsOf(model, voice) : [],
    waves: model.waves.map((wave) => ({
      day: middleOf(wave),
      lines: [shortMonth(wave.from, voice), voice.text(wave.name)],
    })),
  });
  const said = lines.map(({ series, label }) =>
    voice.say("trendAltLine", { name: label, values: series.levels.map((cell) => altLevel(cell, voice)).join(", ") }),
  );
  return voice.draw("trend", data, {
    ...{ id: `trend-${size}`, width, height, params: { edges, ticks: levelTicks(domain) } },
    description: voice.say("trendAlt", {
      scale: voice.scale,
      waves: model.waves.length,
      lines: said.join(" "),
      axis: excerptNote(domain, outcome, voice),
    }),
  });
};

/** A mean in words; a suppressed one and one without answers read alike. */
export const altLevel = (cell: ManagementModel["organisation"]["levels"][number], voice: ManagementVoice): string => {
  const level = shownLevel(cell);
  return level ? voice.number(level.mean) : voice.say("hidden");
};

/** A cell of a table: the level, the word for a suppressed one, a dash where nobody was asked. */
export const levelCell = (cell: ManagementModel["organisation"]["levels"][number], voice: ManagementVoice): string =>
  cell === null ? voice.say("none") : voice.level(shownLevel(cell));

const noteOf = (model: ManagementModel, outcome: ReportedOutcome, lines: readonly Line[], voice: ManagementVoice) => {
  const bands = model.waves.length > 1 ? bandsOf(model, voice) : [];
  const hidden = lines.some(({ series }) => series.levels.some((cell) => cell?.state === "suppressed"));
  return [
    excerptNote(sharedDomain(model, outcome), outcome, voice),
    hidden ? voice.say("trendHidden") : "",
    bands.length > 0
      ? voice.say("phases", {
          phases: voice.list(
            bands.map(({ number, name }) => voice.say("phaseList", { number, name: inSentence(voice.text(name)) })),
          ),
        })
      : "",
    model.synthetic ? voice.say("synthetic") : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
};

/** The development over the waves, by arm, with the phases of the programme above. */
export const trendFigure = async (model: ManagementModel, voice: ManagementVoice): Promise<Html | null> => {
  const { outcome } = model;
  const lines = trendLines(model, voice.arm);
  if (!outcome || !lines.some(({ series }) => series.levels.some((cell) => shownLevel(cell)))) return null;
  const [full, half, narrow] = await Promise.all([
    drawTrend(model, outcome, voice, "full"),
    drawTrend(model, outcome, voice, "half"),
    drawTrend(model, outcome, voice, "narrow"),
  ]);
  const unit = outcome.index
    ? voice.say("unitIndex")
    : voice.say("unitRange", { low: tidy(outcome.low, voice), high: tidy(outcome.high, voice) });
  const arms = model.arms.length > 0;
  const { scale } = voice;
  return figure({
    id: "trend",
    title: titleOf(model, lines, voice),
    sub: voice.say(arms ? "trendSub" : "trendSubWhole", {
      scale: voice.scaleAtStart,
      unit,
      confidence: voice.confidence,
    }),
    drawing: {
      wide: toText(html`<div class="full">${trusted(full)}</div><div class="half">${trusted(half)}</div>`),
      narrow,
    },
    key: arms ? html`<span class="arms">${armsKey(model.arms, voice.arm)}</span>` : null,
    reading: voice.say(model.waves.length === 1 ? "trendReadingOne" : arms ? "trendReading" : "trendReadingWhole", {
      scale,
    }),
    note: noteOf(model, outcome, lines, voice),
    table: {
      caption: voice.say("trendTable"),
      columns: [voice.say(arms ? "columnArm" : "columnGroup"), ...model.waves.map(({ name }) => voice.text(name))],
      rows: lines.map(({ series, label }) => [label, ...series.levels.map((cell) => levelCell(cell, voice))]),
    },
    showTable: voice.say("showTable"),
  });
};
