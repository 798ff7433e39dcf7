import { type Cell, publishedIn, reveal } from "../../../disclosure/published.ts";
import type { LevelChange } from "../../page/level-change.ts";
import type { Level } from "../../page/levels.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { Cube, CubeGroup } from "./model.ts";

/** A number with the ends of its interval where it has one, and the earlier release that it is of. */
export type PackedNumber =
  | readonly [value: number]
  | readonly [value: number, low: number, high: number]
  | readonly [value: number, low: number | null, high: number | null, since: string];

/** 0 where a cell is suppressed, null where nobody was asked. */
export type PackedCell = PackedNumber | 0 | null;

/**
 * A cube as a page carries it: numbers by outcome, group and wave, levels and then changes. The names of their facts
 * follow from where they stand, and are made again when one is looked up.
 */
export interface PackedCube {
  readonly groups: readonly CubeGroup[];
  readonly waves: readonly string[];
  readonly outcomes: readonly {
    readonly outcome: ReportedOutcome;
    readonly series: readonly (readonly [levels: readonly PackedCell[], changes: readonly PackedCell[]])[];
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

const packedChange = (cell: Cell<LevelChange> | null): PackedCell => {
  const change = cell && publishedIn(cell);
  if (!change) return cell && 0;
  const { value, low, high } = reveal(change);
  return packedNumber(value, low, high, null);
};

/** A release's cube as it is carried in a page. */
export const packed = ({ groups, outcomes }: Cube, waves: readonly string[]): PackedCube => ({
  groups,
  waves,
  outcomes: outcomes.map(({ outcome, series }) => ({
    outcome,
    series: series.map(({ levels, changes }) => [levels.map(packedLevel), changes.map(packedChange)] as const),
  })),
});
