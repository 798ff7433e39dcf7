import type { TeamMean } from "../../disclosure/team.ts";
import { roundTo } from "../../disclosure/unit.ts";
import type { LeaderModel, LeaderScale, LeaderScaleFacts } from "./model.ts";

/** Own answer against employees' in the last wave, from the shown numbers alone. */
export interface Gap {
  readonly scale: number;
  readonly name: LeaderScale["name"];
  readonly decimals: number;
  /** Own − employees', in the unit of the scale. */
  readonly value: number;
  /** The same as a share of the scale's range, to compare scales of different units. */
  readonly share: number;
  /** Whether the own answer lies outside the interval; null where there is no interval. */
  readonly clear: boolean | null;
}

/** A mean that is only known to be beyond a bound cannot be told apart from an own answer beyond the same bound. */
const isClear = (own: number, { mean, bound, low, high }: TeamMean): boolean | null => {
  if (low === null || high === null) return null;
  if ((bound === "at-least" && own >= mean) || (bound === "at-most" && own <= mean)) return false;
  return own < low || own > high;
};

const gapOf = (scale: LeaderScale, facts: LeaderScaleFacts, index: number): Gap | null => {
  const own = facts.own.at(-1) ?? null;
  const cell = facts.employees.at(-1) ?? null;
  if (own === null || cell === null || cell.state === "suppressed") return null;
  const value = roundTo(own - cell.value.mean, scale.decimals);
  return {
    scale: index,
    name: scale.name,
    decimals: scale.decimals,
    value,
    share: value / (scale.high - scale.low),
    clear: isClear(own, cell.value),
  };
};

/** The gaps that can be shown, largest positive first. */
export const gapsOf = ({ study, facts }: LeaderModel): readonly Gap[] =>
  study.scales
    .flatMap((scale, index) => gapOf(scale, facts.scales[index]!, index) ?? [])
    .sort((a, b) => b.share - a.share || a.scale - b.scale);

/** The largest gap in either direction among those given. */
export const largest = (gaps: readonly Gap[]): Gap | null =>
  gaps.reduce<Gap | null>(
    (most, gap) => (most === null || Math.abs(gap.share) > Math.abs(most.share) ? gap : most),
    null,
  );
