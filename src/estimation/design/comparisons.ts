import type { Study } from "../../study/study.ts";
import { controlArm } from "./design.ts";

/** An arm and what it is compared with, both as indices in `study.arms`. */
export interface Comparison {
  readonly arm: number;
  readonly reference: number;
}

const trained = (study: Study): readonly number[] => study.arms.flatMap(({ control }, arm) => (control ? [] : [arm]));

/** Every arm against the control arm (−1 where the study has none). */
export const againstControl = (study: Study): readonly Comparison[] =>
  trained(study).map((arm) => ({ arm, reference: controlArm(study) }));

/** Every pair of arms that are not the control arm, the later one against the earlier. */
export const armAgainstArm = (study: Study): readonly Comparison[] =>
  trained(study).flatMap((reference, k) =>
    trained(study)
      .slice(k + 1)
      .map((arm) => ({ arm, reference })),
  );
