import type { Rules } from "../rules.ts";
import { type Atom, meanOf, supportOf } from "./atoms.ts";
import { narrowest, type Scale } from "./bounds.ts";

/** How much leaders' teams differ at one wave, from all of them together. */
export interface BetweenLeaders {
  readonly variance: number;
  readonly df: number;
}

const fewest = { leaders: 10, respondents: 30 };

/** The most that stands out of a group of teams, in the place of one that a reader knows. */
const most = (teams: readonly number[]): number => Math.max(0, ...teams);

/**
 * Whether a variance leaves every leader's mean open to a quarter of the scale. As Σ rᵢ = 0, no |rᵢ| is more than
 * s (L − 1) / √L (Samuelson 1968), so that a large team cannot be far from the mean of all. The teams of a cell that no
 * shown mean divides are taken for known together, but for one other team that its own leader knows.
 */
const leavesOpen = (
  { variance }: BetweenLeaders,
  cells: readonly (readonly Atom[])[],
  { scale, low, high }: Scale,
): boolean => {
  const atoms = cells.flat();
  const { n, leaders } = supportOf(atoms, scale);
  const share = (value: number) => (value - low) / (high - low);
  const centre = share(meanOf(atoms, scale)!);
  const furthest = (Math.sqrt(variance / leaders) * (leaders - 1) * n) / (leaders * (high - low));
  return cells.every((cell) => {
    const teams = cell.flatMap(({ n: sizes, sums }) => {
      const size = sizes[scale] ?? 0;
      return size === 0 ? [] : [{ size, up: share((sums[scale] ?? 0) / size) * size }];
    });
    const [all, up] = [teams.reduce((sum, { size }) => sum + size, 0), teams.reduce((sum, team) => sum + team.up, 0)];
    return teams.every((team) => {
      const others = teams.filter((each) => each !== team);
      const taken = most(others.map((each) => each.up));
      const left = most(others.map((each) => each.size - each.up));
      const first = Math.max(0, 1 - (all - up - left) / team.size, centre - furthest / team.size);
      const last = Math.min(1, (up - taken) / team.size, centre + furthest / team.size);
      return last - first >= narrowest - 1e-9;
    });
  });
};

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
 * would pin a leader's mean. `cells` are the teams of the wave, those together that no shown mean tells apart.
 */
export const betweenLeaders = (
  cells: readonly (readonly Atom[])[],
  range: Scale,
  rules: Rules,
): BetweenLeaders | null => {
  const { scale } = range;
  const atoms = cells.flat();
  const { n, leaders, largest } = supportOf(atoms, scale);
  if (leaders < fewest.leaders || n < fewest.respondents || largest > rules.dominance * n) return null;
  const mean = meanOf(atoms, scale)!;
  const residual = ({ n: size, sums }: Atom) => (((sums[scale] ?? 0) - (size[scale] ?? 0) * mean) * leaders) / n;
  const squares = atoms.reduce((sum, atom) => sum + residual(atom) ** 2, 0);
  const between = { variance: squares / (leaders - 1), df: leaders - 1 };
  return leavesOpen(between, cells, range) ? between : null;
};

/** The standard error of the mean of so many teams. */
export const pooledError = ({ variance }: BetweenLeaders, leaders: number): number => Math.sqrt(variance / leaders);
