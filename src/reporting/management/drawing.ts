import { type Cell, present, publishedIn, valueIn } from "../../disclosure/published.ts";
import type { Text } from "../../study/study.ts";
import type { Range } from "../page/axis.ts";
import type { ChangedSeries, LevelDifference } from "../page/level-change.ts";
import { publishedLevel, type Series, shownLevel } from "../page/levels.ts";
import { locales } from "../page/locale.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import { dated } from "../page/source.ts";
import type { ManagementVoice } from "./voice.ts";

export interface ShownWave {
  readonly id: string;
  readonly name: Text;
  readonly from: string;
  readonly to: string;
}

/** What all plots of levels on the page share, so that they can be compared. */
export interface Levels {
  readonly outcome: ReportedOutcome;
  readonly waves: readonly ShownWave[];
  /** The levels of the whole organisation. */
  readonly whole: Series;
  /** The part of the scale that is drawn. */
  readonly domain: Range;
  readonly synthetic: boolean;
}

/** A series with its look; the dash and the marker tell it apart without its colour. */
export interface Line {
  readonly series: Series;
  readonly color: string;
  readonly shape: string;
  readonly dash: readonly number[];
}

/**
 * Excerpt of a scale in whole hundredths of it, a multiple of four of them, that holds every shown level with its
 * interval; the whole scale when that is most of it.
 */
export const levelDomain = (all: readonly Series[], scale: Range): Range => {
  const values = all.flatMap(({ levels }) =>
    levels.flatMap((cell) => {
      const level = shownLevel(cell);
      return level ? [level.mean, level.low ?? level.mean, level.high ?? level.mean] : [];
    }),
  );
  const span = scale.high - scale.low;
  if (values.length === 0) return { low: scale.low, high: scale.high };
  const step = span / 100;
  let low = Math.floor((Math.min(...values) - scale.low) / step - 0.5);
  let high = Math.ceil((Math.max(...values) - scale.low) / step + 0.5);
  while ((high - low) % 4 !== 0 || high - low < 8) {
    if ((high - low) % 2 === 0) low -= 1;
    else high += 1;
  }
  if (high - low > 75) return { low: scale.low, high: scale.high };
  const shift = low < 0 ? -low : high > 100 ? 100 - high : 0;
  const at = (steps: number) => Number((scale.low + (steps + shift) * step).toPrecision(10));
  return { low: at(low), high: at(high) };
};

/** Points of a series that are shown, with a new segment after every wave that is not. */
export const pointsOf = ({ series, color, shape, dash }: Line, days: readonly number[]) => {
  let segment = 0;
  return series.levels.flatMap((cell, index) => {
    const level = publishedLevel(cell);
    if (!level) {
      segment += 1;
      return [];
    }
    return [
      {
        series: series.id,
        segment: `${series.id} ${segment}`,
        x: days[index]!,
        y: level.part("mean"),
        low: present(level.part("low")),
        high: present(level.part("high")),
        color,
        shape,
        dash,
      },
    ];
  });
};

/** How many series were tested, and how many of them rose and fell. */
export const changesOf = (all: readonly ChangedSeries[]) => {
  const changes = all.flatMap(({ change }) => valueIn(change) ?? []);
  const count = (which: string) => changes.filter((change) => change === which).length;
  return { tested: changes.length, rise: count("rise"), fall: count("fall") };
};

/** Says that an axis is an excerpt, with the numbers; empty where it is not. */
export const excerptNote = ({ domain, outcome }: Levels, voice: ManagementVoice): string =>
  domain.low > outcome.low || domain.high < outcome.high
    ? voice.say("excerpt", {
        low: voice.unitValue(domain.low),
        high: voice.unitValue(domain.high),
        from: voice.unitValue(outcome.low),
        to: voice.unitValue(outcome.high),
      })
    : "";

/** The unit of an outcome: "indeks 0–100". */
export const unitWords = (outcome: ReportedOutcome, voice: ManagementVoice): string =>
  outcome.index
    ? voice.say("unitIndex")
    : voice.say("unitRange", { low: voice.unitValue(outcome.low), high: voice.unitValue(outcome.high) });

/** "jan. 2026" / "Jan 2026". */
export const shortMonth = (iso: string, voice: ManagementVoice): string => {
  const [year = "", month = "1"] = iso.split("-");
  return dated(`${locales[voice.language].time.shortMonths[Number(month) - 1] ?? ""} ${year}`);
};

/** A mean in words; a suppressed one and one without answers read alike. */
export const altLevel = (cell: Series["levels"][number], voice: ManagementVoice): string => {
  const level = publishedLevel(cell);
  return level ? voice.number(level.part("mean")) : voice.say("hidden");
};

/** A cell of a table: the level, the word for a suppressed one, a dash where nobody was asked. */
export const levelCell = (cell: Series["levels"][number], voice: ManagementVoice): string =>
  cell === null ? voice.say("none") : voice.level(publishedLevel(cell));

/** A cell of a table: the change with its interval, the word for a suppressed one, a dash where there is none. */
export const changeCell = (cell: Cell<LevelDifference> | null, voice: ManagementVoice): string => {
  if (cell === null) return voice.say("none");
  const change = publishedIn(cell);
  return change ? voice.change(change) : voice.say("hidden");
};

/** Names of the numbers that are of an earlier release, each with its wave; empty where none is. */
export const keptNote = (
  all: readonly { readonly name: string; readonly series: Series }[],
  { waves }: Levels,
  voice: ManagementVoice,
): string => {
  const kept = all.flatMap(({ name, series }) =>
    series.levels.flatMap((cell, index) =>
      shownLevel(cell)?.since ? [voice.say("keptGroup", { name, wave: voice.text(waves[index]!.name) })] : [],
    ),
  );
  return kept.length === 0 ? "" : voice.say("kept", { groups: voice.list(kept) });
};

export const haveIntervals = (all: readonly Series[]): boolean =>
  all.some(({ levels }) => levels.some((cell) => (shownLevel(cell)?.low ?? null) !== null));

/** Where the intervals of levels come from; empty where no level has one. */
export const intervalsNote = (all: readonly Series[], voice: ManagementVoice): string =>
  haveIntervals(all) ? voice.say("intervals") : "";

/** Sentences that have something to say, one after the other. */
export const sentences = (...all: readonly string[]): string => all.filter((sentence) => sentence !== "").join(" ");
