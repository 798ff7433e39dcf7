import type { Rules } from "../rules.ts";
import { type Atom, meanOf, supportOf } from "./atoms.ts";

/** How much leaders' teams differ at one wave, from all of them together. */
export interface BetweenLeaders {
  readonly variance: number;
  readonly df: number;
}

const fewest = { leaders: 10, respondents: 30 };

/**
 * One variance between all teams of a wave, from which every interval of it is made: s² = Σ rᵢ² / (L − 1) with
 * rᵢ = nᵢ (mᵢ − m) L / n over the L teams (nᵢ respondents, mean mᵢ; n and m of all). A group of l teams has the
 * standard error s / √l on L − 1 degrees of freedom; of all teams it is the cluster-robust one (CR1, Liang & Zeger 1986)
 * with leaders as clusters. For parts it is a generalised variance function (Wolter 2007, chapter 7): it takes the teams
 * of every group to spread as those of the whole do, in their means and their sizes. Where groups differ in level, that
 * makes the interval of a part wider than its own teams would.
 *
 * An interval from the teams of a group itself would be an equation on their means; this one adds a single number a wave.
 * It is no sum of answers: null below ten leaders or thirty respondents, or where one leader has most of them.
 */
export const betweenLeaders = (atoms: readonly Atom[], scale: string, rules: Rules): BetweenLeaders | null => {
  const { n, leaders, largest } = supportOf(atoms, scale);
  if (leaders < fewest.leaders || n < fewest.respondents || largest > rules.dominance * n) return null;
  const mean = meanOf(atoms, scale)!;
  const residual = ({ n: size, sums }: Atom) => (((sums[scale] ?? 0) - (size[scale] ?? 0) * mean) * leaders) / n;
  const squares = atoms.reduce((sum, atom) => sum + residual(atom) ** 2, 0);
  return { variance: squares / (leaders - 1), df: leaders - 1 };
};

/** The standard error of the mean of so many teams. */
export const pooledError = ({ variance }: BetweenLeaders, leaders: number): number => Math.sqrt(variance / leaders);
