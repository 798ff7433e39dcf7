import { membersOf, wildStatistics, wildTask } from "../../stats/draws/wild-bootstrap.ts";
import type { WildWeights } from "../../stats/draws/wild-draws.ts";
import type { LeastSquares } from "../../stats/regression/least-squares.ts";
import { holm, type JointStatistic, romanoWolf } from "../../stats/trial/multiplicity.ts";
import type { Study } from "../../study/study.ts";
import { type Draws, drawsFor } from "../design/draws.ts";
import type { Estimate } from "./estimate.ts";

/** A primary estimate of the last wave, with the fit and the contrast that it was read from. */
export interface FamilyMember {
  readonly estimate: Estimate;
  readonly fit: LeastSquares;
  readonly contrast: Float64Array;
}

interface Hypothesis extends JointStatistic {
  readonly estimate: Estimate;
}

/** t (CR1) of every member and its draws under its own null; one weight per leader for the whole family. */
async function drawJointly(study: Study, family: readonly FamilyMember[], draws: Draws) {
  const fits = [...new Set(family.map(({ fit }) => fit))];
  const members = Int32Array.from(new Set(fits.flatMap((fit) => [...membersOf(fit)]))).sort();
  const count = Math.min(...fits.map(drawsFor));
  const hypotheses: Hypothesis[] = [];
  let weights: WildWeights = "rademacher";
  for (const fit of fits) {
    const own = family.filter((member) => member.fit === fit);
    const contrasts = own.map(({ contrast }) => contrast);
    const task = wildTask(fit, contrasts, { seed: study.seed, draws: count, members });
    const blocks = await draws(task);
    weights = task.weights;
    for (const [k, { estimate }] of own.entries()) {
      const { observed, drawn } = wildStatistics(task, blocks, k, 0);
      if (observed !== null) hypotheses.push({ estimate, observed, drawn });
    }
  }
  return { hypotheses, every: weights === "every" };
}

/**
 * The adjusted p of each member of the family: primary outcomes × arms, last wave, primary estimator; by Holm (1979)
 * or Romano & Wolf (2005), as the plan says. Romano–Wolf draws by the wild cluster bootstrap, the same weight of a
 * leader for all hypotheses, from the least-squares fit that the estimate starts from. Empty without multiplicity; a
 * member without a standard error has no entry.
 */
export async function adjustFamily(
  study: Study,
  family: readonly FamilyMember[],
  draws: Draws,
): Promise<ReadonlyMap<Estimate, number>> {
  if (study.plan.multiplicity === "none" || family.length === 0) return new Map();
  if (study.plan.multiplicity === "holm") {
    const adjusted = holm(family.map(({ estimate }) => estimate.p!));
    return new Map(family.map(({ estimate }, k) => [estimate, adjusted[k]!]));
  }
  const { hypotheses, every } = await drawJointly(study, family, draws);
  const adjusted = romanoWolf(hypotheses, every);
  return new Map(hypotheses.map(({ estimate }, k) => [estimate, adjusted[k]!]));
}
