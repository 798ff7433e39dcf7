import { gapsOf } from "../gaps.ts";
import type { LeaderModel, LeaderScale, LeaderScaleFacts } from "../model.ts";
import type { Voice } from "../voice.ts";

/** One scale of the gap chart; places run from 0 to 100 over the scale's whole range. */
export interface GapRow {
  readonly scale: LeaderScale;
  readonly facts: LeaderScaleFacts;
  readonly own: number | null;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly bandLow: number | null;
  readonly bandHigh: number | null;
  /** Signed difference in words, empty where there is none. */
  readonly gap: string;
  readonly clear: boolean;
  /** The employees' mean drawn towards that of all leaders, in words; empty where there is none. */
  readonly shrunk: string;
}

/** Where a value lies on its scale, 0–100. */
export const place = (value: number | null, { low, high }: LeaderScale): number | null =>
  value === null ? null : Math.round(((value - low) / (high - low)) * 10000) / 100;

/** The scales that leaders answer too (all, where there is none), largest gap first, those without a gap after them. */
export const gapRows = (model: LeaderModel, voice: Voice): readonly GapRow[] => {
  const gaps = gapsOf(model);
  const rank = (index: number) => {
    const at = gaps.findIndex(({ scale }) => scale === index);
    return at < 0 ? gaps.length + index : at;
  };
  const scales = model.study.scales.map((_, index) => index);
  const comparable = scales.filter((index) => model.study.scales[index]!.own);
  const order = comparable.length > 0 ? comparable : scales;
  order.sort((a, b) => rank(a) - rank(b));
  return order.map((index) => {
    const scale = model.study.scales[index]!;
    const facts = model.facts.scales[index]!;
    const cell = facts.employees.at(-1) ?? null;
    const team = cell?.state === "shown" ? cell.value : null;
    const band = facts.benchmark.state === "shown" ? facts.benchmark.value : null;
    const gap = gaps.find((each) => each.scale === index);
    return {
      scale,
      facts,
      own: place(facts.own.at(-1) ?? null, scale),
      mean: place(team?.mean ?? null, scale),
      low: place(team?.low ?? null, scale),
      high: place(team?.high ?? null, scale),
      bandLow: place(band?.low ?? null, scale),
      bandHigh: place(band?.high ?? null, scale),
      gap: gap ? voice.gap(gap.value, scale) : "",
      clear: gap?.clear === true,
      shrunk: facts.shrunk.state === "shown" ? voice.mean(facts.shrunk.value, scale) : "",
    };
  });
};

/** What the ends of the scales are called, where they are called the same. */
export const endsOf = (scales: readonly LeaderScale[], voice: Voice): readonly [string, string] => {
  const names = scales.map(({ answers }) => [answers[0], answers.at(-1)].map((end) => (end ? voice.name(end) : "")));
  const [low, high] = names[0] ?? [];
  const same = names.every((each) => each[0] === low && each[1] === high);
  return same ? [low ?? "", high ?? ""] : ["", ""];
};
