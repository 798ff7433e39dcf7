import type { Rules } from "../rules.ts";
import { type Atom, supportOf } from "./atoms.ts";
import type { Scale } from "./bounds.ts";
import { passesPrimary } from "./primary.ts";
import { countedScales, withRests } from "./rests.ts";

/** A cell of the grouping `unit`: a unit of a department, or several of its smallest ones together. */
export interface UnitCell {
  readonly department: string;
  readonly units: readonly string[];
}

/** A cell names its department and its units, so that units that are put together otherwise are another cell. */
export const unitCellKey = ({ department, units }: UnitCell): string =>
  JSON.stringify([department, ...units.toSorted()]);

/** The units that a cell names. */
export const unitCellOf = (key: string): UnitCell => {
  const [department = "", ...units] = JSON.parse(key) as readonly string[];
  return { department, units };
};

/** The teams of a unit, or of several, by wave. */
type ByWave = ReadonlyMap<string, readonly Atom[]>;

const pushTo = (lists: Map<string, Atom[]>, key: string, atom: Atom): void => {
  const found = lists.get(key);
  if (found) found.push(atom);
  else lists.set(key, [atom]);
};

const byWave = (atoms: readonly Atom[]): ByWave => {
  const found = new Map<string, Atom[]>();
  for (const atom of atoms) pushTo(found, atom.wave, atom);
  return found;
};

const leadersIn = (atoms: readonly Atom[]): number => new Set(atoms.map(({ leader }) => leader)).size;

/** Whether teams may be shown on every scale that anybody answered. */
const mayShow = (atoms: readonly Atom[], scales: readonly string[], rules: Rules): boolean => {
  const supports = scales.map((scale) => supportOf(atoms, scale)).filter(({ n }) => n > 0);
  return supports.length > 0 && supports.every((support) => passesPrimary(support, rules));
};

/**
 * How many of these cells of one department a wave can show when the department itself is shown: those that are large
 * enough, the smallest of them left out until what is not shown is nobody or large enough too.
 */
const shownAt = (cells: readonly (readonly Atom[])[], scales: readonly string[], rules: Rules): number => {
  const present = cells.filter((cell) => cell.length > 0);
  const left = present.filter((cell) => mayShow(cell, scales, rules)).sort((a, b) => a.length - b.length);
  const rest = present.filter((cell) => !left.includes(cell)).flat();
  while (left.length > 0 && rest.length > 0 && !mayShow(rest, scales, rules)) rest.push(...left.shift()!);
  return left.length;
};

const countShown = (cells: readonly ByWave[], waves: readonly string[], scales: readonly string[], rules: Rules) =>
  waves.reduce(
    (sum, wave) =>
      sum +
      shownAt(
        cells.map((cell) => cell.get(wave) ?? []),
        scales,
        rules,
      ),
    0,
  );

/** How many of the smallest units of a department are put together: as few as show most cells, over all waves. */
const mergedCount = (
  units: readonly (readonly [string, readonly Atom[]])[],
  waves: readonly string[],
  scales: readonly string[],
  rules: Rules,
): number => {
  const own = units.map(([, atoms]) => byWave(atoms));
  let [best, most] = [0, countShown(own, waves, scales, rules)];
  for (let count = 2; count < units.length; count += 1) {
    const others = byWave(units.slice(0, count).flatMap(([, atoms]) => atoms));
    const shown = countShown([others, ...own.slice(count)], waves, scales, rules);
    if (shown > most) [best, most] = [count, shown];
  }
  return best;
};

/**
 * Teams with the cell of the grouping `unit` in the place of the unit's name: of each department the smallest units, by
 * leaders, are one cell together where so more cells can be shown than by hiding. By the numbers of leaders and
 * respondents alone, never by what they answered.
 */
export const withUnitCells = (atoms: readonly Atom[], asked: readonly Scale[], rules: Rules): readonly Atom[] => {
  const scales = countedScales(asked);
  const waves = [...new Set(atoms.map(({ wave }) => wave))];
  const departments = new Map<string, Map<string, Atom[]>>();
  for (const atom of withRests(atoms, asked)) {
    const { department = null, unit = null } = atom.groups;
    if (department === null || unit === null) continue;
    const units = departments.get(department) ?? new Map<string, Atom[]>();
    departments.set(department, units);
    pushTo(units, unit, atom);
  }
  const cells = new Map<string, string>();
  for (const [department, found] of departments) {
    const size = new Map([...found].map(([unit, own]) => [unit, leadersIn(own)]));
    const units = [...found].sort(([a], [b]) => size.get(a)! - size.get(b)! || (a < b ? -1 : 1));
    const count = mergedCount(units, waves, scales, rules);
    const together = units.slice(0, count).map(([unit]) => unit);
    for (const [unit] of units)
      cells.set(
        JSON.stringify([department, unit]),
        unitCellKey({ department, units: together.includes(unit) ? together : [unit] }),
      );
  }
  return atoms.map((atom) => {
    const { department = null, unit = null } = atom.groups;
    const cell = department === null || unit === null ? null : cells.get(JSON.stringify([department, unit]))!;
    return { ...atom, groups: { ...atom.groups, unit: cell } };
  });
};
