import { factName } from "../../../disclosure/fact-name.ts";
import { type Cell, fromRelease, publishedIn, reveal } from "../../../disclosure/published.ts";
import type { LevelChange } from "../../page/level-change.ts";
import type { Level } from "../../page/levels.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { Cells } from "./choice.ts";
import type { Cube, CubeGroup, CubeSeries } from "./model.ts";

/** A number with the ends of its interval where it has one, and the earlier release that it is of. */
type PackedNumber =
  | readonly [value: number]
  | readonly [value: number, low: number, high: number]
  | readonly [value: number, low: number | null, high: number | null, since: string];

/** 0 where a cell is suppressed, null where nobody was asked. */
type PackedCell = PackedNumber | 0 | null;

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

/** A cell as a release has it. */
const frozenCell = (cell: PackedCell, fact: string, inside: (number: PackedNumber) => object): unknown => {
  if (cell === null) return null;
  return cell === 0 ? { state: "suppressed" } : { state: "shown", value: { f: fact, v: inside(cell) } };
};

const levelIn = ([mean, low, high, since]: PackedNumber) => ({
  mean,
  low: low ?? null,
  high: high ?? null,
  since: since ?? null,
});
const changeIn = ([value, low, high]: PackedNumber) => ({ value, low: low ?? null, high: high ?? null });

/** The numbers of a packed cube, each looked up with the name of its fact. */
export const packedCells = ({ groups, waves, outcomes }: PackedCube): Cells => {
  const known = new Map<string, CubeSeries>();
  const find = (outcome: number, group: number): CubeSeries => {
    const { outcome: about, series } = outcomes[outcome]!;
    const [levels, changes] = series[group]!;
    const { grouping, id: cell } = groups[group]!;
    const named = (wave: number): string =>
      factName({ statistic: "mean", scale: about.scale, wave: waves[wave]!, grouping, cell });
    const place = `cube/outcomes/${outcome}/series/${group}/changes`;
    return fromRelease<CubeSeries>(
      JSON.stringify({
        levels: levels.map((each, wave) => frozenCell(each, named(wave), levelIn)),
        changes: changes.map((each, wave) => frozenCell(each, `${place}/${wave}/value`, changeIn)),
      }),
    );
  };
  return {
    groups,
    outcomes: outcomes.map(({ outcome }) => outcome),
    seriesOf: (outcome, group) => {
      const key = `${outcome} ${group}`;
      const found = known.get(key) ?? find(outcome, group);
      known.set(key, found);
      return found;
    },
    isShown: (group) =>
      outcomes.some(({ series }) => series[group]!.flat().some((cell) => cell !== null && cell !== 0)),
  };
};
