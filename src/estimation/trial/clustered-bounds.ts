import { type LeeBounds, leeBounds, type MeasuredArm } from "../../stats/trial/lee-bounds.ts";
import type { Design } from "../design/design.ts";

/** What was measured of the leaders of one arm, without those of one unit (−1: of none). */
export const measuredArm = (design: Design, means: Float64Array, index: number, without: number): MeasuredArm => {
  const inside = (leader: number): boolean => design.arm[leader] === index && design.cluster[leader] !== without;
  return {
    outcomes: means.filter((mean, leader) => inside(leader) && !Number.isNaN(mean)),
    randomised: design.arm.reduce((sum, _, leader) => sum + Number(inside(leader)), 0),
  };
};

const spreadOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return ((values.length - 1) / values.length) * squares;
};

const unitsOf = ({ arm, cluster }: Design, index: number): readonly number[] => [
  ...new Set(cluster.filter((_, leader) => arm[leader] === index)),
];

/**
 * Lee's bounds with standard errors over the units that were given to arms whole, by the jackknife that leaves one unit
 * out at a time (Miller 1974, Biometrika 61, 1–15), arm by arm; t on the units of the smaller arm less one. No standard
 * error with fewer than two units in an arm, or where a bound does not exist without one of them.
 */
export function clusteredBounds(design: Design, means: Float64Array, arm: number, control: number): LeeBounds | null {
  const side = (index: number, without: number) => measuredArm(design, means, index, without);
  const bounds = leeBounds(side(arm, -1), side(control, -1));
  if (bounds === null) return null;
  const units = [unitsOf(design, arm), unitsOf(design, control)] as const;
  const fewest = Math.min(units[0].length, units[1].length);
  const left = units.map((own) => own.map((unit) => leeBounds(side(arm, unit), side(control, unit))));
  if (fewest < 2 || left.flat().some((each) => each === null)) return { ...bounds, lowSe: null, highSe: null };
  const seOf = (end: "low" | "high"): number =>
    Math.sqrt(left.reduce((sum, own) => sum + spreadOf(own.map((each) => each![end])), 0));
  return { ...bounds, lowSe: seOf("low"), highSe: seOf("high"), df: fewest - 1 };
}
