import type { Estimate } from "../../estimation/inference/estimate.ts";
import type { ChartSpec } from "../page/chart-parts.ts";
import { type Html, html, trusted } from "../page/html.ts";
import { formatDate } from "../page/locale.ts";
import type { Measure } from "../page/measure.ts";
import type { Drawing } from "../page/page.ts";
import type { ResearchFrame, ResearchVoice } from "./voice.ts";

/** A figure once its number is known, or the sentence that says why there is none. */
export type Part = { readonly draw: (number: number) => Promise<Html> } | { readonly absent: string };

/** A table that stands for itself, once its number is known. */
export interface TablePart {
  readonly table: (number: number) => Html;
}

/** A chart of the research report, as it lies in the package. */
export const specOf = (name: string, voice: ResearchVoice): ChartSpec =>
  JSON.parse(voice.assets.text(`reports/research/charts/${name}.vl.json`));

/** How wide words are in the charts. */
export const measureOf =
  ({ theme }: ResearchVoice): Measure =>
  (text, size, weight) =>
    theme.width(text, size, weight >= 550);

/** Says that the data are made up, where they are. */
export const synthetic = (model: ResearchFrame, voice: ResearchVoice): string =>
  model.synthetic ? voice.say("synthetic") : "";

/** Sentences one after the other, without those that fell away. */
export const sentences = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** Whether the figure shows what the plan names: all of its estimates, all but some, or nothing that the plan tests. */
export const planStatus = (
  planned: readonly Estimate["planned"][],
  { plan: { locked, lockedAfter } }: ResearchFrame,
  voice: ResearchVoice,
): string => {
  if (locked === null) return voice.say("planStatus.open");
  if (planned.length === 0) return voice.say("planStatus.descriptive");
  const date = formatDate(locked.slice(0, 10), voice.language);
  const count = planned.filter((each) => each === "deviation" || each === null).length;
  if (count > 0) return voice.say("planStatus.deviation", { count, total: planned.length, date });
  const late = planned.includes("locked-after-answers");
  return late
    ? voice.say("planStatus.after", { date, waves: voice.list(lockedAfter.map(voice.wave)) })
    : voice.say("planStatus.planned", { date });
};

/** In which arm leaders are analysed, and what is known of how they came there. */
export const allocationWords = ({ allocation }: ResearchFrame, voice: ResearchVoice): string => {
  if (allocation === null) return "";
  const { by, randomised, recorded, changed, joined, departed } = allocation;
  if (!randomised) return voice.say("allocation.notRandomised");
  return sentences(
    by === "leader" ? "" : voice.say("allocation.units", { by }),
    recorded ? voice.say("allocation.recorded") : voice.say("allocation.roster"),
    changed > 0 ? voice.say("allocation.changed", { count: changed }) : "",
    joined > 0 ? voice.say("allocation.joined", { count: joined }) : "",
    departed > 0 ? voice.say("allocation.departed", { count: departed }) : "",
  );
};

/** What chance alone would give of so many tests at the plan's level, where no two of them depend on each other. */
export const chanceWords = (total: number, voice: ResearchVoice): string =>
  total === 0 ? "" : voice.say("chance", { expected: voice.number(voice.level * total, 1), total });

/** The most that chance would give where each of `total` findings has `tests` chances to come up. */
export const chanceAtMost = (total: number, tests: number, voice: ResearchVoice): string =>
  total === 0 ? "" : voice.say("chanceAtMost", { expected: voice.number(voice.level * total * tests, 1), total });

/** What is measured in one unit shares an axis; other units get a plot of their own. */
export const byUnit = <T>(
  items: readonly T[],
  unitOf: (item: T) => { readonly index: boolean; readonly low: number; readonly high: number },
): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const { index, low, high } = unitOf(item);
    const unit = index ? "index" : `${low}–${high}`;
    groups.set(unit, [...(groups.get(unit) ?? []), item]);
  }
  return [...groups.values()];
};

/** A page of 320 px, less its margins: on wider ones up to 520 px the same drawing grows a little. */
const narrowest = 304;

/** The same chart for wide and for narrow pages. */
export const drawBoth = async (draw: (id: string, total: number) => Promise<string>, id: string): Promise<Drawing> => ({
  wide: await draw(`${id}-w`, 760),
  narrow: await draw(`${id}-n`, narrowest),
});

/** A key of the lines of a forest plot. */
export const intervalKey = (voice: ResearchVoice): Html =>
  html`<span>${trusted(
    '<svg width="46" height="14" aria-hidden="true"><path d="M1 7H45" stroke="#4A5163" stroke-width="1.75"/><path d="M13 7H33" stroke="#4A5163" stroke-width="5"/><circle cx="23" cy="7" r="6" fill="#4A5163" stroke="#FFF" stroke-width="1.250"/></svg>',
  )}${voice.say("keyEstimate", { confidence: voice.confidence })}</span>`;
