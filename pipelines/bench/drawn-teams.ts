import type { Atom } from "../../src/disclosure/lattice/atoms.ts";
import type { Scale } from "../../src/disclosure/lattice/bounds.ts";
import { type Chance, chanceOf } from "../fuzz/chance.ts";

/** How units are drawn: all of ten leaders and teams alike, or both as uneven as those of a municipality. */
export type Evenness = "even" | "uneven";

export interface Organisation {
  readonly leaders: number;
  readonly departments: number;
  readonly units: number;
  readonly waves: number;
  readonly scales: number;
}

const numbered = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, k) => `${letter}${k}`);

/** Nearly normal, with mean 0 and variance 1. */
const bell = (chance: Chance): number => {
  let sum = 0;
  for (let k = 0; k < 12; k += 1) sum += chance.below(1_000_001) / 1_000_000;
  return sum - 6;
};

/** The unit of each leader; uneven ones have from none to well over a hundred. */
const unitsOf = (chance: Chance, { leaders, units }: Organisation, evenness: Evenness): readonly number[] => {
  if (evenness === "even") return Array.from({ length: leaders }, (_, k) => k % units);
  const weights = Array.from({ length: units }, () => Math.ceil(1000 * Math.exp(1.3 * bell(chance))));
  const ends = weights.map((_, k) => weights.slice(0, k + 1).reduce((sum, each) => sum + each, 0));
  return Array.from({ length: leaders }, () => {
    const drawn = chance.below(ends.at(-1)!);
    return ends.findIndex((end) => drawn < end);
  });
};

const sizeOf = (chance: Chance, evenness: Evenness): number => {
  if (evenness === "even") return 6 + chance.below(8);
  return chance.once(20) ? 0 : Math.max(1, Math.round(Math.exp(1.8 + 0.8 * bell(chance))));
};

/** The scales of an organisation, each from 1 to 5. */
export const scalesOf = ({ scales }: Organisation): readonly Scale[] =>
  numbered("s", scales).map((scale) => ({ scale, low: 1, high: 5 }));

/** Teams of an organisation drawn by lot, as publishing finds them in the vault. */
export const drawnTeams = (organisation: Organisation, evenness: Evenness, seed: number): readonly Atom[] => {
  const chance = chanceOf(seed, 0);
  const units = unitsOf(chance, organisation, evenness);
  const perDepartment = organisation.units / organisation.departments;
  return units.flatMap((unit, leader) =>
    numbered("w", organisation.waves).flatMap((wave): readonly Atom[] => {
      const size = sizeOf(chance, evenness);
      const answered = scalesOf(organisation).flatMap(({ scale }) => {
        const n = chance.once(10) ? size - 1 : size;
        return n > 0 ? [{ scale, n, sum: n * Math.min(4.9, Math.max(1.2, 3.6 + bell(chance) / 2)) }] : [];
      });
      if (answered.length === 0) return [];
      const places = { department: `d${Math.floor(unit / perDepartment)}`, unit: `u${unit}` };
      return [
        {
          ...{ leader: `l${leader}`, wave, members: [] },
          groups: { organisation: "", arm: leader % 2 === 0 ? "trained" : "control", ...places },
          n: Object.fromEntries(answered.map(({ scale, n }) => [scale, n])),
          sums: Object.fromEntries(answered.map(({ scale, sum }) => [scale, sum])),
        },
      ];
    }),
  );
};
