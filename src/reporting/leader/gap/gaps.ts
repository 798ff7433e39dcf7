import { type Published, publishedIn, reveal, valueIn } from "../../../disclosure/published.ts";
import type { TeamMean } from "../../../disclosure/team.ts";
import type { LeaderScale } from "../voice.ts";
import type { GapModel, GapScale } from "./model.ts";

/**
 * What may be said of a gap: the own answer lies outside the employees' interval (`clear`); it lies inside, and all of
 * the difference's interval is smaller than the margin of agreement (`agree`); neither (`chance`).
 */
type Standing = "clear" | "agree" | "chance";

/** Own answer against employees' in the last wave, from the shown numbers alone. */
export interface Gap {
  readonly scale: LeaderScale;
  /** Own − employees', in the unit of the scale; as a number, and as the fact that it is. */
  readonly value: number;
  readonly published: Published<number>;
  /** The same as a share of the scale's range, to compare scales of different units. */
  readonly share: number;
  /** Between which sizes the share truly lies: wide where the employees' mean is only known to be beyond a bound. */
  readonly least: number;
  readonly most: number;
  /** Null where there is no interval. */
  readonly standing: Standing | null;
}

/** The largest difference at which two are said to agree, as a share of the scale: five points of 0–100. */
const margin = 0.05;

/** Where the employees' mean may lie: a mean that is only known to be beyond a bound may be at the end of the scale. */
const reachOf = ({ bound, low, high }: TeamMean, scale: LeaderScale): readonly [number, number] => [
  bound === "at-most" ? scale.low : low!,
  bound === "at-least" ? scale.high : high!,
];

const standingOf = (own: number, team: TeamMean, scale: LeaderScale): Standing | null => {
  if (team.low === null || team.high === null) return null;
  const [low, high] = reachOf(team, scale);
  if (own < low || own > high) return "clear";
  const furthest = Math.max(own - low, high - own) / (scale.high - scale.low);
  return furthest <= margin + 1e-9 ? "agree" : "chance";
};

const sizesOf = (share: number, own: number, { mean, bound }: TeamMean, scale: LeaderScale) => {
  const size = Math.abs(share);
  if (bound === null) return { least: size, most: size };
  const end = bound === "at-least" ? scale.high : scale.low;
  const furthest = Math.abs(own - end) / (scale.high - scale.low);
  const isBetween = (own - mean) * (own - end) <= 0;
  return { least: isBetween ? 0 : Math.min(size, furthest), most: Math.max(size, furthest) };
};

const gapOf = ({ scale, own, employees, gap }: GapScale): Gap | null => {
  const published = publishedIn(gap);
  const team = employees && valueIn(employees);
  if (published === null || own === null || team === null) return null;
  const value = reveal(published);
  const share = value / (scale.high - scale.low);
  const standing = standingOf(reveal(own), team, scale);
  return { scale, value, published, share, ...sizesOf(share, reveal(own), team, scale), standing };
};

/** Whether the gap is made from a mean that is only known to be beyond a bound. */
export const isBounded = ({ least, most }: Gap): boolean => least < most;

/** Those that no other may exceed; empty where that is not known of any. */
export const largestOf = (gaps: readonly Gap[]): readonly Gap[] =>
  gaps.filter((gap) => gaps.every((other) => other === gap || other.most <= gap.least));

/** The gaps that can be shown, largest positive first. */
export const gapsOf = ({ scales }: GapModel): readonly Gap[] =>
  scales.flatMap((each) => gapOf(each) ?? []).sort((a, b) => b.share - a.share);

const largest = (gaps: readonly Gap[]): Gap | null =>
  gaps.reduce<Gap | null>(
    (most, gap) => (most === null || Math.abs(gap.share) > Math.abs(most.share) ? gap : most),
    null,
  );

/** The gap that a page tells of first: the largest clear one, before others one of a scale that the programme develops. */
export const foremost = (gaps: readonly Gap[]): Gap | null => {
  const clear = gaps.filter(({ standing }) => standing === "clear");
  const goals = (of: readonly Gap[]) => of.filter(({ scale }) => scale.goal);
  return largest(goals(clear)) ?? largest(clear) ?? largest(goals(gaps)) ?? largest(gaps);
};
