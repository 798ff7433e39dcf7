import type { Rules } from "../rules.ts";
import { type Atom, meanOf, supportOf } from "./atoms.ts";
import { narrowest, type Scale } from "./bounds.ts";
import { type Divided, isOpenOnSphere, type OnSphere } from "./sphere.ts";

/** How much leaders' teams differ at one wave, from all of them together. */
export interface BetweenLeaders {
  readonly variance: number;
  readonly df: number;
}

const fewest = { leaders: 10, respondents: 30 };

/** A team as it counts in the variance. */
interface Placed {
  readonly size: number;
  /** Sum of the scores, as shares of the scale. */
  readonly up: number;
  /** How far that is from what the mean of all would make it. */
  readonly off: number;
}

/** The largest of some values, none below zero, without that in one place. */
const mostBeside = (values: readonly number[]): ((place: number) => number) => {
  let [most, second, at] = [0, 0, -1];
  values.forEach((value, place) => {
    if (value > most) [most, second, at] = [value, most, place];
    else if (value > second) second = value;
  });
  return (place) => (place === at ? second : most);
};

const total = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);

/** How far teams lie from the mean of their cell, squared; and by how much less where one of them is known. */
const squaresIn = (cell: readonly Placed[]) => {
  const middle = total(cell.map(({ off }) => off)) / cell.length;
  const squares = cell.map(({ off }) => (off - middle) ** 2);
  const saved = squares.map((each) => (cell.length > 1 ? (each * cell.length) / (cell.length - 1) : 0));
  return { middle, all: total(squares), saved };
};

/**
 * Whether a variance leaves every leader's mean open to a quarter of the scale where the sums of all cells are taken for
 * known: Σ (yᵢ − ȳ)² within the cells is all that is left, of which one team of a cell of k can be (1 − 1 / k) (for one
 * cell, Samuelson 1968). The teams of a cell are taken for known together, but for one other team that its own leader
 * knows.
 */
const leavesCellsOpen = (cells: readonly (readonly Atom[])[], { scale, low, high }: Scale): boolean => {
  const share = (value: number) => (value - low) / (high - low);
  const centre = share(meanOf(cells.flat(), scale)!);
  const placed = cells
    .map((cell) =>
      cell.flatMap(({ n, sums }): readonly Placed[] => {
        const size = n[scale] ?? 0;
        const up = size === 0 ? 0 : share((sums[scale] ?? 0) / size) * size;
        return size === 0 ? [] : [{ size, up, off: up - size * centre }];
      }),
    )
    .filter((cell) => cell.length > 0);
  const squares = placed.map(squaresIn);
  const within = total(squares.map(({ all }) => all));
  const savedElsewhere = mostBeside(squares.map(({ saved }) => Math.max(0, ...saved)));
  return placed.every((cell, index) => {
    const { middle, saved } = squares[index]!;
    const k = cell.length;
    // The leader of the one team would know the other.
    if (k < 3) return false;
    const [all, up] = [total(cell.map(({ size }) => size)), total(cell.map((team) => team.up))];
    const taken = mostBeside(cell.map((team) => team.up));
    const left = mostBeside(cell.map((team) => team.size - team.up));
    const savedHere = mostBeside(saved);
    const above = mostBeside(cell.map((team) => team.off - middle));
    const below = mostBeside(cell.map((team) => middle - team.off));
    return cell.every(({ size }, at) => {
      const elsewhere = Math.sqrt(Math.max(0, within - savedElsewhere(index)) * (1 - 1 / k));
      const here = Math.sqrt(Math.max(0, within - savedHere(at)) * (1 - 1 / (k - 1)));
      const lowest = middle + Math.max(-elsewhere, below(at) / (k - 1) - here);
      const highest = middle + Math.min(elsewhere, here - above(at) / (k - 1));
      const first = Math.max(0, 1 - (all - up - left(at)) / size, centre + lowest / size);
      const last = Math.min(1, (up - taken(at)) / size, centre + highest / size);
      return last - first >= narrowest - 1e-9;
    });
  });
};

const onSphere = ({ cells, rows }: Divided<Atom>, { scale, low, high }: Scale): Divided<OnSphere> => {
  const share = (value: number) => (value - low) / (high - low);
  const centre = share(meanOf(cells.flat(), scale)!);
  return {
    rows,
    cells: cells.map((cell) =>
      cell.flatMap(({ n, sums }): readonly OnSphere[] => {
        const size = n[scale] ?? 0;
        if (size === 0) return [];
        const mean = share((sums[scale] ?? 0) / size);
        return [{ size, share: mean, off: size * (mean - centre) }];
      }),
    ),
  };
};

/**
 * Whether a variance leaves every leader's mean open to a quarter of the scale beside the shown means: by cells taken
 * for known, or where those are small, by the rows that the means are.
 */
export const leavesOpen = (divided: Divided<Atom>, range: Scale): boolean =>
  leavesCellsOpen(divided.cells, range) || isOpenOnSphere(onSphere(divided, range), narrowest + 1e-6);

/**
 * One variance between all teams of a wave, from which every interval of it is made: s² = Σ rᵢ² / (L − 1) with
 * rᵢ = nᵢ (mᵢ − m) L / n over the L teams (nᵢ respondents, mean mᵢ; n and m of all). A group of l teams has the
 * standard error s / √l on L − 1 degrees of freedom; of all teams it is the cluster-robust one (CR1, Liang & Zeger 1986)
 * with leaders as clusters. For parts it is a generalised variance function (Wolter 2007, chapter 7): it takes the teams
 * of every group to spread as those of the whole do, in their means and their sizes. Where groups differ in level, that
 * makes the interval of a part wider than its own teams would.
 *
 * An interval from the teams of a group itself would be an equation on their means; this one adds a single number a wave.
 * It is no sum of answers: null below ten leaders or thirty respondents, where one leader has most of them, or where it
 * would pin a leader's mean. `divided` are the teams of the wave, those together that no shown mean tells apart, and the
 * means that are shown.
 */
export const betweenLeaders = (divided: Divided<Atom>, range: Scale, rules: Rules): BetweenLeaders | null => {
  const { scale } = range;
  const atoms = divided.cells.flat();
  const { n, leaders, largest } = supportOf(atoms, scale);
  if (leaders < fewest.leaders || n < fewest.respondents || largest > rules.dominance * n) return null;
  const mean = meanOf(atoms, scale)!;
  const residual = ({ n: size, sums }: Atom) => (((sums[scale] ?? 0) - (size[scale] ?? 0) * mean) * leaders) / n;
  const squares = atoms.reduce((sum, atom) => sum + residual(atom) ** 2, 0);
  const between = { variance: squares / (leaders - 1), df: leaders - 1 };
  return leavesOpen(divided, range) ? between : null;
};

/** The standard error of the mean of so many teams. */
export const pooledError = ({ variance }: BetweenLeaders, leaders: number): number => Math.sqrt(variance / leaders);
