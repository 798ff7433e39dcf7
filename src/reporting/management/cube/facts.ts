import type { Atom } from "../../../disclosure/lattice/atoms.ts";
import { unitCellOf } from "../../../disclosure/lattice/merged-units.ts";
import { changesSinceFirst, gapsBetween } from "../../page/level-change.ts";
import { type LevelSource, seriesOf } from "../../page/levels.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { CubeGroup, CubeGrouping, CubeOutcome } from "./model.ts";

const inOrder = (a: string, b: string): number => a.localeCompare(b, "da");

/** Teams with the cell of their department and arm together. */
export const withDepartmentArms = (atoms: readonly Atom[]): readonly Atom[] =>
  atoms.map((atom) => {
    const { department = null, arm = null } = atom.groups;
    const cell = department === null || arm === null ? null : JSON.stringify([department, arm]);
    return { ...atom, groups: { ...atom.groups, "department-arm": cell } };
  });

const cellsIn = (atoms: readonly Atom[], grouping: CubeGrouping): readonly string[] => [
  ...new Set(atoms.flatMap(({ groups }) => groups[grouping] ?? [])),
];

/** Units by department, those that are together last; departments in the order of the page. */
const unitGroups = (atoms: readonly Atom[]): readonly CubeGroup[] =>
  cellsIn(atoms, "unit")
    .map((id) => ({ id, ...unitCellOf(id) }))
    .sort(
      (a, b) =>
        inOrder(a.department, b.department) ||
        Number(a.units.length > 1) - Number(b.units.length > 1) ||
        inOrder(a.units[0] ?? "", b.units[0] ?? ""),
    )
    .map(({ id, department, units }) => ({
      ...{ grouping: "unit", id, department, arm: null },
      units: units.toSorted(inOrder),
    }));

/** Every group that a release has numbers of. */
export const cubeGroups = (
  atoms: readonly Atom[],
  arms: readonly string[],
  departments: readonly string[],
): readonly CubeGroup[] => {
  const all = { department: null, units: [], arm: null } as const;
  const crossed = new Set(cellsIn(atoms, "department-arm"));
  return [
    { grouping: "organisation", id: "", ...all },
    ...arms.map((arm): CubeGroup => ({ ...all, grouping: "arm", id: arm, arm })),
    ...departments.map((department): CubeGroup => ({ ...all, grouping: "department", id: department, department })),
    ...unitGroups(atoms),
    ...departments.flatMap((department) =>
      arms.flatMap((arm): readonly CubeGroup[] => {
        const id = JSON.stringify([department, arm]);
        return crossed.has(id) ? [{ ...all, grouping: "department-arm", id, department, arm }] : [];
      }),
    ),
  ];
};

/** What employees answered about one outcome, and what leaders did. */
export interface CubeSources {
  readonly perceived: LevelSource;
  readonly intended: LevelSource;
}

/** The numbers of all groups on one outcome, each as it was decided. */
export const cubeOutcome = (
  outcome: ReportedOutcome,
  groups: readonly CubeGroup[],
  { perceived, intended }: CubeSources,
): CubeOutcome => ({
  outcome,
  series: groups.map(({ grouping, id }) => {
    const series = seriesOf(grouping, id, perceived);
    const own = seriesOf(grouping, id, intended);
    return {
      levels: series.levels,
      changes: changesSinceFirst(grouping, series, perceived),
      intended: own.levels,
      gaps: gapsBetween(grouping, [series, perceived], [own, intended]),
    };
  }),
});
