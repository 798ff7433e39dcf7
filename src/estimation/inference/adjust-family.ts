import { membersOf, wildStatistics, wildTask } from "../../stats/draws/wild-bootstrap.ts";
import type { WildWeights } from "../../stats/draws/wild-draws.ts";
import { adjustmentOf } from "../../stats/regression/cluster-robust.ts";
import type { LeastSquares } from "../../stats/regression/least-squares.ts";
import { holm, type JointStatistic, notBelow, romanoWolf } from "../../stats/trial/multiplicity.ts";
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

/** t of the row and its draws under its own null, studentised as the row is; one weight per cluster for the whole family. */
async function drawJointly({ seed, plan }: Study, family: readonly FamilyMember[], draws: Draws) {
  const fits = [...new Set(family.map(({ fit }) => fit))];
  const members = Int32Array.from(new Set(fits.flatMap((fit) => [...membersOf(fit)]))).sort();
  const count = Math.min(...fits.map(drawsFor));
  const adjustment = adjustmentOf(plan.standardErrors);
  const hypotheses: Hypothesis[] = [];
  let weights: WildWeights = "rademacher";
  for (const fit of fits) {
    const own = family.filter((member) => member.fit === fit);
    const contrasts = own.map(({ contrast }) => contrast);
    const task = wildTask(fit, contrasts, { seed, draws: count, members, adjustment });
    const blocks = await draws(task);
    weights = task.weights;
    for (const [k, { estimate }] of own.entries()) {
      const { observed, drawn, se } = wildStatistics(task, blocks, k, 0);
      const toRow = se / estimate.se!;
      if (observed === null) continue;
      hypotheses.push({ estimate, observed: observed * toRow, drawn: drawn.map((statistic) => statistic * toRow) });
    }
  }
  return { hypotheses, every: weights === "every" };
}

const pOf = ({ p }: Estimate): number => p!;

/**
 * The adjusted p of each member of the family: primary outcomes × arms, last wave, primary estimator; by Holm (1979)
 * or Romano & Wolf (2005), as the plan says. Romano–Wolf draws by the wild cluster bootstrap, the same weight of a
 * cluster for all hypotheses, and steps down the very t that the rows report (the plan's model and standard errors); its
 * p is never below the p beside it. A mixed model's t cannot be drawn this way: a study that asks for both is refused.
 * Empty without multiplicity; a member without a standard error has no entry.
 */
export async function adjustFamily(
  study: Study,
  family: readonly FamilyMember[],
  draws: Draws,
): Promise<ReadonlyMap<Estimate, number>> {
  if (study.plan.multiplicity === "none" || family.length === 0) return new Map();
  if (study.plan.multiplicity === "holm") {
    const adjusted = holm(family.map(({ estimate }) => pOf(estimate)));
    return new Map(family.map(({ estimate }, k) => [estimate, adjusted[k]!]));
  }
  const { hypotheses, every } = await drawJointly(study, family, draws);
  const adjusted = notBelow(
    hypotheses.map(({ estimate }) => pOf(estimate)),
    romanoWolf(hypotheses, every),
  );
  return new Map(hypotheses.map(({ estimate }, k) => [estimate, adjusted[k]!]));
}
