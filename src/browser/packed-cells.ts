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
