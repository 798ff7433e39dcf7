import { type ItemScale, itemScales } from "../../study/items.ts";
import type { Rater, Study } from "../../study/study.ts";
import type { ItemMoments } from "./item-moments.ts";

/** Groups that may measure differently by the same scale. */
export interface Comparison {
  readonly scale: ItemScale;
  readonly over: "wave" | "arm" | "rater";
  readonly rater: Rater | null;
  readonly wave: string | null;
  readonly groups: readonly { readonly group: string; readonly cells: readonly ItemMoments[] }[];
}

/** An indicator is a number from a register, and no one's answer. */
const answering = ["self", "employee", "superior"] as const;

function grouped(cells: readonly ItemMoments[], by: "wave" | "arm" | "rater", names: readonly string[]) {
  return names
    .map((group) => ({ group, cells: cells.filter((cell) => cell[by] === group) }))
    .filter((group) => group.cells.length > 0);
}

/**
 * Every comparison that the study asks for and has answers to: waves for each rater, arms for each rater and wave,
 * leaders' own answers with the employees' at each wave. Groups are in the order of the study file.
 */
export function comparisons(study: Study, moments: readonly ItemMoments[]): readonly Comparison[] {
  const waves = study.waves.map(({ id }) => id);
  const arms = study.arms.map(({ id }) => id);
  return itemScales(study.instrument)
    .flatMap((scale): readonly Comparison[] => {
      const cells = moments.filter((cell) => cell.scale === scale.id);
      const at = (wave: string) => cells.filter((cell) => cell.wave === wave);
      const by = (rater: Rater, some: readonly ItemMoments[]) => some.filter((cell) => cell.rater === rater);
      return [
        ...answering.map((rater): Comparison => {
          return { scale, over: "wave", rater, wave: null, groups: grouped(by(rater, cells), "wave", waves) };
        }),
        ...answering.flatMap((rater) =>
          waves.map((wave): Comparison => {
            return { scale, over: "arm", rater, wave, groups: grouped(by(rater, at(wave)), "arm", arms) };
          }),
        ),
        ...waves.map((wave): Comparison => {
          return { scale, over: "rater", rater: null, wave, groups: grouped(at(wave), "rater", ["self", "employee"]) };
        }),
      ];
    })
    .filter(({ groups }) => groups.length > 1);
}
