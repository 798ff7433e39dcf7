import { publishedIn, reveal } from "../../../disclosure/published.ts";
import type { ArmStyle } from "../../page/arms.ts";
import { armsKey } from "../../page/arms-key.ts";
import type { Range } from "../../page/axis.ts";
import { type Html, html, trusted } from "../../page/html.ts";
import type { Series } from "../../page/levels.ts";
import { type Drawing, figure, suppressedPanel } from "../../page/page.ts";
import {
  excerptNote,
  haveIntervals,
  intervalsNote,
  keptNote,
  type Levels,
  levelDomain,
  sentences,
  unitWords,
} from "../drawing.ts";
import {
  drawLines,
  drawn,
  linesNote,
  type NamedLine,
  plain,
  type Size,
  type Tested,
  trendTitle,
} from "../drawing-lines.ts";
import type { Mark } from "../drawing-rows.ts";
import type { ManagementVoice } from "../voice.ts";
import { placeOf } from "./explorer.ts";
import { groupName } from "./names.ts";
import { viewTable } from "./table.ts";
import { hasNumbers, type View, type Viewable, type ViewRow } from "./view.ts";
import { drawRows, markOf } from "./view-rows.ts";

/** What a view is drawn with beside its numbers. */
export interface Drawable extends Viewable {
  readonly arms: readonly ArmStyle[];
  readonly synthetic: boolean;
  /** The series that were tested together: what the page shows where nothing is asked for. */
  readonly trend: Tested;
}

const compared = { color: "#7B8190", textColor: "#4A5163", shape: "circle", dash: [4, 3] } as const;

const styleOf = ({ group, asked }: ViewRow, { arms }: Drawable) =>
  arms.find(({ arm }) => arm === group.arm) ?? (asked ? plain : compared);

const seriesIn = ({ group, series }: ViewRow): Series => ({ id: group.id, levels: series.levels });

const lineOf = (row: ViewRow, of: Drawable, voice: ManagementVoice): NamedLine => {
  const { color, textColor, shape, dash } = styleOf(row, of);
  const shaded = row.asked && row.group.arm === null;
  return { series: seriesIn(row), label: groupName(row.group, voice), color, textColor, shape, dash, shaded };
};

/** Of all arms and departments, so that the axis stays where it is while filters change; a unit may widen it. */
const domainOf = ({ rows, outcome }: View, { cells }: Drawable): Range => {
  const at = cells.outcomes.findIndex(({ scale }) => scale === outcome.scale);
  const large = cells.groups.flatMap(({ grouping, id }, group) =>
    ["organisation", "arm", "department"].includes(grouping) ? [{ id, levels: cells.seriesOf(at, group).levels }] : [],
  );
  return levelDomain([...large, ...rows.map(seriesIn)], outcome);
};

const levelsOf = (view: View, of: Drawable): Levels => ({
  outcome: view.outcome,
  waves: view.waves,
  whole: { id: "", levels: [] },
  domain: domainOf(view, of),
  synthetic: of.synthetic,
});

const rowWidths: Readonly<Record<Size, number>> = { full: 1126, half: 680, narrow: 310 };

const isTrend = ({ choice, waves }: View): boolean => choice.show === "level" && waves.length > 1;

/** Whether it is what the page shows where nothing is asked for: the series that were tested together. */
const isTested = ({ choice, outcome }: View, { trend, outcome: first }: Drawable): boolean =>
  choice.show === "level" &&
  choice.wave === null &&
  choice.department === null &&
  (choice.by === "arm") === trend.byArm &&
  outcome.scale === first?.scale;

const includesZero = ({ low, high }: Mark): boolean =>
  low !== null && high !== null && reveal(low) <= 0 && reveal(high) >= 0;

const titleOf = (view: View, of: Drawable, levels: Levels, voice: ManagementVoice): string => {
  const { choice, waves, rows } = view;
  if (isTested(view, of)) return trendTitle(of.trend, levels, voice);
  const place = placeOf(choice, of, voice);
  const scale = voice.scaleAtStart;
  if (choice.by === "arm")
    return voice.say(choice.show === "gap" ? "viewTitle.gaps" : "viewTitle.arms", { scale, place });
  const last = waves.length - 1;
  const mark = rows[0] ? markOf(rows[0], last, choice) : null;
  if (mark === null) return voice.say("viewTitle.plain", { scale, place });
  const wave = voice.text(waves[last]!.name);
  const difference = voice.signed(mark.value, view.outcome.decimals);
  if (choice.show === "change") return voice.say("viewTitle.change", { scale, place, change: difference });
  if (choice.show === "gap")
    return includesZero(mark)
      ? voice.say("viewTitle.gapUnclear", { scale, place, wave })
      : voice.say("viewTitle.gap", { scale, place, gap: difference, wave });
  return voice.say("viewTitle.level", { scale, place, mean: voice.number(mark.value), wave });
};

/** Whether any of the intervals that a chart of this kind draws is there. */
const drawsIntervals = (view: View): boolean =>
  isTrend(view)
    ? haveIntervals(view.rows.filter(({ asked }) => asked).map(seriesIn))
    : view.rows.some((row) => (markOf(row, view.waves.length - 1, view.choice)?.low ?? null) !== null);

const subOf = (view: View, voice: ManagementVoice): string => {
  const { choice, outcome } = view;
  const unit = unitWords(outcome, voice);
  const scale = choice.show === "level" ? voice.scaleAtStart : voice.scale;
  const what = voice.say(`viewSub.${choice.show}`, { scale, unit });
  if (isTrend(view) && choice.by === "arm") return what;
  if (!drawsIntervals(view)) return what;
  return sentences(what, voice.say(isTrend(view) ? "viewSub.shade" : "viewSub.line", { confidence: voice.confidence }));
};

const readingOf = (view: View, voice: ManagementVoice): string => {
  const { choice, rows } = view;
  const isCertain = isTrend(view) || drawsIntervals(view);
  if (!isCertain) return voice.say("viewReading.uncertain");
  const { scale } = voice;
  if (choice.show !== "level") return voice.say(`viewReading.${choice.show}`);
  if (!isTrend(view))
    return sentences(
      voice.say("viewReading.rows", { scale }),
      choice.by === "arm" ? voice.say("viewReading.arms") : "",
    );
  if (choice.by === "arm") return voice.say("trendReading", { scale });
  return voice.say(rows.length > 1 ? "viewReading.compared" : "trendReadingWhole", { scale });
};

const ratesOf = ({ rates, waves, choice }: View, of: Drawable, voice: ManagementVoice): string => {
  const known = (rates ?? []).flatMap((cell, at) => {
    const band = cell && publishedIn(cell);
    return band ? [voice.say("viewRate.at", { rate: voice.band(band), wave: voice.text(waves[at]!.name) })] : [];
  });
  return known.length === 0
    ? ""
    : voice.say("viewRate", { place: placeOf(choice, of, voice), rates: voice.list(known) });
};

const noteOf = (view: View, of: Drawable, levels: Levels, voice: ManagementVoice): string => {
  const lines = view.rows.map((row) => lineOf(row, of, voice));
  const rates = ratesOf(view, of, voice);
  const tested = isTested(view, of) ? of.trend.series : [];
  if (isTrend(view))
    return sentences(rates, linesNote(lines, { series: tested, phases: of.trend.phases }, levels, voice));
  const { show } = view.choice;
  const excerpt = show === "level" ? excerptNote(levels, voice) : "";
  const named = lines.map(({ label, series }) => ({ name: label, series }));
  return sentences(
    rates,
    show === "gap" ? voice.say("gapNote") : "",
    intervalsNote(view.rows.map(seriesIn), voice),
    excerpt,
    keptNote(named, levels, voice),
    of.synthetic ? voice.say("synthetic") : "",
  );
};

const keyOf = (view: View, of: Drawable, voice: ManagementVoice): Html | null => {
  if (!isTrend(view)) return null;
  if (view.choice.by === "arm") return html`<span class="arms">${armsKey(of.arms, voice.arm)}</span>`;
  const key = (row: ViewRow): Html => {
    const { color, dash } = styleOf(row, of);
    const line = `<svg width="26" height="14" aria-hidden="true"><path d="M1 7H25" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash.join(" ")}"/></svg>`;
    return html`<span>${trusted(line)}${groupName(row.group, voice)}</span>`;
  };
  return view.rows.length > 1 ? html`<span class="arms">${view.rows.map(key)}</span>` : null;
};

const drawingOf = (view: View, of: Drawable, levels: Levels, voice: ManagementVoice): Promise<Drawing> => {
  if (!isTrend(view)) return drawn((size) => drawRows(view, (row) => styleOf(row, of), levels, voice, rowWidths[size]));
  // What stands beside lies under what was asked for.
  const lines = [...view.rows].reverse().map((row) => lineOf(row, of, voice));
  const ordered = view.choice.by === "arm" ? lines.reverse() : lines;
  return drawn((size) => drawLines(ordered, of.trend.phases, levels, voice, size));
};

/** What a choice shows: a chart with its table; where nothing of it may be shown, the words of every suppressed cell. */
export const viewFigure = async (view: View, of: Drawable, voice: ManagementVoice): Promise<Html> => {
  if (!hasNumbers(view))
    return suppressedPanel(voice.say("hiddenTitle"), sentences(voice.say("hiddenText"), voice.say("fewerFilters")));
  const levels = levelsOf(view, of);
  return figure({
    id: "trend",
    title: titleOf(view, of, levels, voice),
    sub: subOf(view, voice),
    drawing: await drawingOf(view, of, levels, voice),
    key: keyOf(view, of, voice),
    reading: readingOf(view, voice),
    note: noteOf(view, of, levels, voice),
    table: viewTable(view, voice),
    showTable: null,
  });
};
