import { publishedIn } from "../../../disclosure/published.ts";
import type { Place } from "../../page/chart-parts.ts";
import { isNamed, type LeaderScale, placeIn, type Voice } from "../voice.ts";
import { gapsOf } from "./gaps.ts";
import type { GapModel, GapScale } from "./model.ts";

/** One scale of the gap chart; places run from 0 to 100 over the scale's whole range. */
export interface GapRow {
  readonly scale: LeaderScale;
  readonly facts: GapScale;
  readonly own: Place | null;
  readonly mean: Place | null;
  readonly low: Place | null;
  readonly high: Place | null;
  readonly bandLow: Place | null;
  readonly bandHigh: Place | null;
  /** Signed difference in words, empty where there is none. */
  readonly gap: string;
  readonly clear: boolean;
  /** The employees' mean drawn towards that of all leaders, in words; empty where there is none. */
  readonly shrunk: string;
}

/**
 * The scales that leaders answer too (all, where there is none): first those that the programme develops; among each
 * the largest gap first, those without a gap after them.
 */
export const gapRows = (model: GapModel, voice: Voice): readonly GapRow[] => {
  const gaps = gapsOf(model);
  const comparable = model.scales.filter(({ scale }) => scale.own);
  const scales = comparable.length > 0 ? comparable : model.scales;
  const rank = ({ scale }: GapScale) => {
    const at = gaps.findIndex((gap) => gap.scale === scale);
    return at < 0 ? gaps.length + scales.findIndex((each) => each.scale === scale) : at;
  };
  return [...scales]
    .sort((a, b) => Number(b.scale.goal) - Number(a.scale.goal) || rank(a) - rank(b))
    .map((facts) => {
      const { scale, own, employees, benchmark, shrunk } = facts;
      const team = employees && publishedIn(employees);
      const band = publishedIn(benchmark);
      const gap = gaps.find((each) => each.scale === scale);
      return {
        scale,
        facts,
        own: placeIn(own, scale),
        mean: placeIn(team?.part("mean"), scale),
        low: placeIn(team?.part("low"), scale),
        high: placeIn(team?.part("high"), scale),
        bandLow: placeIn(band?.part("low"), scale),
        bandHigh: placeIn(band?.part("high"), scale),
        gap: gap ? voice.gap(gap.published, scale) : "",
        clear: gap?.standing === "clear",
        shrunk: shrunk.state === "shown" ? voice.mean(shrunk.value, scale) : "",
      };
    });
};

/** Rows that stand together: those of scales that the programme develops, and the others, each under its own heading. */
export interface GapGroup {
  /** Empty where all rows are of one group. */
  readonly heading: string;
  readonly rows: readonly GapRow[];
}

export const groupsOf = (rows: readonly GapRow[], voice: Voice): readonly GapGroup[] => {
  const goals = rows.filter(({ scale }) => scale.goal);
  const others = rows.filter(({ scale }) => !scale.goal);
  if (goals.length === 0 || others.length === 0) return [{ heading: "", rows }];
  return [
    { heading: voice.say("groupGoals"), rows: goals },
    { heading: voice.say("groupOthers"), rows: others },
  ];
};

/** What the ends of the scales are called, where they have words and the same ones. */
export const endsOf = (scales: readonly LeaderScale[], voice: Voice): readonly [string, string] => {
  const names = scales.map(({ answers }) =>
    [answers[0], answers.at(-1)].map((end) => (end && isNamed(end) ? voice.name(end) : "")),
  );
  const [low, high] = names[0] ?? [];
  const same = names.every((each) => each[0] === low && each[1] === high);
  return same ? [low ?? "", high ?? ""] : ["", ""];
};
