import { type Cell, publishedIn, reveal } from "../../../disclosure/published.ts";
import type { LevelDifference } from "../../page/level-change.ts";
import type { Level } from "../../page/levels.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { Cube, CubeGroup, CubeSeries } from "./model.ts";

/** A number with the ends of its interval where it has one, and the earlier release that it is of. */
export type PackedNumber =
  | readonly [value: number]
  | readonly [value: number, low: number, high: number]
  | readonly [value: number, low: number | null, high: number | null, since: string];

/** 0 where a cell is suppressed, null where nobody was asked. */
export type PackedCell = PackedNumber | 0 | null;

/** By wave; without what leaders answered where none of them was asked. */
export type PackedSeries = readonly [
  levels: readonly PackedCell[],
  changes: readonly PackedCell[],
  intended?: readonly PackedCell[],
  gaps?: readonly PackedCell[],
];

/**
 * A cube as a page carries it: numbers by outcome, group and wave. The names of their facts
 * follow from where they stand, and are made again when one is looked up.
 */
export interface PackedCube {
  readonly groups: readonly CubeGroup[];
  readonly waves: readonly string[];
  readonly outcomes: readonly {
    readonly outcome: ReportedOutcome;
    readonly series: readonly PackedSeries[];
  }[];
}

const packedNumber = (value: number, low: number | null, high: number | null, since: string | null): PackedNumber => {
  if (since !== null) return [value, low, high, since];
  return low === null || high === null ? [value] : [value, low, high];
};

const packedLevel = (cell: Cell<Level> | null): PackedCell => {
  const level = cell && publishedIn(cell);
  if (!level) return cell && 0;
  const { mean, low, high, since } = reveal(level);
  return packedNumber(mean, low, high, since);
};

const packedDifference = (cell: Cell<LevelDifference> | null): PackedCell => {
  const difference = cell && publishedIn(cell);
  if (!difference) return cell && 0;
  const { value, low, high } = reveal(difference);
  return packedNumber(value, low, high, null);
};

const packedSeries = ({ levels, changes, intended, gaps }: CubeSeries): PackedSeries => {
  const perceived = [levels.map(packedLevel), changes.map(packedDifference)] as const;
  return intended.every((cell) => cell === null)
    ? perceived
    : [...perceived, intended.map(packedLevel), gaps.map(packedDifference)];
};

/** A release's cube as it is carried in a page. */
export const packed = ({ groups, outcomes }: Cube, waves: readonly string[]): PackedCube => ({
  groups,
  waves,
  outcomes: outcomes.map(({ outcome, series }) => ({ outcome, series: series.map(packedSeries) })),
});
