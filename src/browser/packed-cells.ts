import { factName } from "../disclosure/fact-name.ts";
import { fromRelease } from "../disclosure/published.ts";
import type { Cells } from "../reporting/management/cube/choice.ts";
import type { CubeSeries } from "../reporting/management/cube/model.ts";
import type { PackedCell, PackedCube, PackedNumber } from "../reporting/management/cube/packed.ts";

/** A cell as a release has it. */
const frozenCell = (cell: PackedCell, fact: string, inside: (number: PackedNumber) => object): unknown => {
  if (cell === null) return null;
  return cell === 0 ? { state: "suppressed" } : { state: "shown", value: { f: fact, v: inside(cell) } };
};

const isNumber = (cell: PackedCell): boolean => cell !== null && cell !== 0;

const levelIn = ([mean, low, high, since]: PackedNumber) => ({
  mean,
  low: low ?? null,
  high: high ?? null,
  since: since ?? null,
});
const differenceIn = ([value, low, high]: PackedNumber) => ({ value, low: low ?? null, high: high ?? null });

/** The numbers of a packed cube, each looked up with the name of its fact. */
export const packedCells = ({ groups, waves, outcomes }: PackedCube): Cells => {
  const known = new Map<string, CubeSeries>();
  const find = (outcome: number, group: number): CubeSeries => {
    const { outcome: about, series } = outcomes[outcome]!;
    const [levels, changes, own, between] = series[group]!;
    const intended = own ?? levels.map(() => null);
    const gaps = between ?? levels.map(() => null);
    const { grouping, id: cell } = groups[group]!;
    const named = (wave: number, rater: "employee" | "self"): string =>
      factName({ statistic: "mean", scale: about.scale, rater, wave: waves[wave]!, grouping, cell });
    const levelsBy = (rater: "employee" | "self", cells: readonly PackedCell[]) =>
      cells.map((each, wave) => frozenCell(each, named(wave, rater), levelIn));
    const place = `cube/outcomes/${outcome}/series/${group}`;
    const differences = (what: "changes" | "gaps", cells: readonly PackedCell[]) =>
      cells.map((each, wave) => frozenCell(each, `${place}/${what}/${wave}/value`, differenceIn));
    return fromRelease<CubeSeries>(
      JSON.stringify({
        levels: levelsBy("employee", levels),
        changes: differences("changes", changes),
        intended: levelsBy("self", intended),
        gaps: differences("gaps", gaps),
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
      outcomes.some(({ series }) => {
        const [levels, changes] = series[group]!;
        return [...levels, ...changes].some(isNumber);
      }),
    hasGaps: (outcome) => outcomes[outcome]!.series.some(([, , , gaps = []]) => gaps.some(isNumber)),
  };
};
