import type { ItemScale } from "../../study/items.ts";
import type { Rater, Study } from "../../study/study.ts";
import type { ItemMoments } from "./item-moments.ts";
import type { GroupPlaces } from "./leader-items.ts";

/** Groups that may measure differently by the same scale. */
export interface Comparison {
  readonly scale: ItemScale;
  readonly over: "wave" | "arm" | "rater";
  readonly rater: Rater | null;
  readonly wave: string | null;
  readonly groups: readonly ComparedGroup[];
}

/** One of the groups, by all its answers and by which leaders' answers those are. */
interface ComparedGroup {
  readonly group: string;
  readonly cells: readonly ItemMoments[];
  readonly where: GroupPlaces;
}

/** Who answers: an indicator is a number from a register, and no one's answer. */
export const answering = ["self", "employee", "superior"] as const;

/** What is the same for all groups. */
interface Fixed {
  readonly rater: (typeof answering)[number] | null;
  readonly wave: string | null;
}

/**
 * Every comparison that the study asks for and has answers to, of one scale: waves for each rater, arms for each rater
 * and wave, leaders' own answers with the employees' at each wave. Groups are in the order of the study file.
 */
export function comparisons(study: Study, scale: ItemScale, moments: readonly ItemMoments[]): readonly Comparison[] {
  const waves = study.waves.map(({ id }) => id);
  const names = { wave: waves, arm: study.arms.map(({ id }) => id), rater: ["self", "employee"] };
  const own = moments.filter((cell) => cell.scale === scale.id);
  const compared = (over: Comparison["over"], { rater, wave }: Fixed): Comparison => {
    const cells = own.filter((cell) => (rater ?? cell.rater) === cell.rater && (wave ?? cell.wave) === cell.wave);
    const groups = names[over].map((group): ComparedGroup => {
      const place = (name: Comparison["over"], all: readonly string[], fixed: string | null): number | null =>
        over === name ? all.indexOf(group) : fixed === null ? null : all.indexOf(fixed);
      const where = {
        wave: place("wave", waves, wave),
        rater: place("rater", answering, rater),
        arm: place("arm", names.arm, null),
      };
      return { group, cells: cells.filter((cell) => cell[over] === group), where };
    });
    return { scale, over, rater, wave, groups: groups.filter((one) => one.cells.length > 0) };
  };
  return [
    ...answering.map((rater) => compared("wave", { rater, wave: null })),
    ...answering.flatMap((rater) => waves.map((wave) => compared("arm", { rater, wave }))),
    ...waves.map((wave) => compared("rater", { rater: null, wave })),
  ].filter(({ groups }) => groups.length > 1);
}
