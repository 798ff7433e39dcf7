import { type Published, reveal } from "../../../disclosure/published.ts";
import type { TeamMean } from "../../../disclosure/team.ts";
import { positionOf } from "../../page/chart-parts.ts";
import { type LeaderScale, place } from "../voice.ts";

/** Between which places on its scale, 0–100, an answer truly lies. */
export interface Level {
  readonly scale: LeaderScale;
  readonly least: number;
  readonly most: number;
}

/** A mean that is only known to be beyond a bound may be at the end of the scale. */
export const levelOf = (team: Published<TeamMean>, scale: LeaderScale): Level => {
  const at = positionOf(place(team.part("mean"), scale));
  const { bound } = reveal(team);
  return { scale, least: bound === "at-most" ? 0 : at, most: bound === "at-least" ? 100 : at };
};

/** Those that no other may exceed; empty where that is not known of any. */
export const highestOf = <T extends Level>(levels: readonly T[]): readonly T[] =>
  levels.filter((level) => levels.every((other) => other === level || other.most <= level.least));

/** Those that no other may lie below. */
export const lowestOf = <T extends Level>(levels: readonly T[]): readonly T[] =>
  levels.filter((level) => levels.every((other) => other === level || other.least >= level.most));
