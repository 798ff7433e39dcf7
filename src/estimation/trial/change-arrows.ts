import { fCritical } from "../../stats/distribution/distributions.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Study } from "../../study/study.ts";
import { baselineWave, type Design, followUpWaves } from "../design/design.ts";
import { outcomeSums } from "../design/reference-sd.ts";

/** Mean change of one arm from the baseline to the last wave in the plane of two outcomes (the signature figure). */
export interface Arrow {
  readonly arm: string;
  /** With answers at either wave, and at each of them. */
  readonly leaders: number;
  readonly leadersAt: { readonly before: number; readonly after: number };
  readonly x: { readonly before: number; readonly after: number };
  readonly y: { readonly before: number; readonly after: number };
  /**
   * Covariance of the change (x, y), clustered by the unit of allocation; Hotelling radius² of the confidence ellipse. Null
   * with fewer than 4 units.
   */
  readonly ellipse: {
    readonly xx: number;
    readonly xy: number;
    readonly yy: number;
    readonly radiusSquared: number;
  } | null;
}

/** Mean of an arm before and after, and each unit's share in the error of the change. */
interface Change {
  readonly before: number;
  readonly after: number;
  readonly scores: Float64Array;
  readonly leadersAt: { readonly before: ReadonlySet<number>; readonly after: ReadonlySet<number> };
}

function changeOf(cells: Cells, design: Design, arm: number, before: number, after: number): Change | null {
  const m = cells.columns.length;
  const scores = new Float64Array(design.clusters);
  const leadersAt = { before: new Set<number>(), after: new Set<number>() };
  const means = [before, after].map((wave) => {
    const chosen = (c: number): boolean => cells.wave[c] === wave && design.arm[cells.leader[c]!] === arm;
    const { n, sum } = outcomeSums(cells, chosen);
    const mean = sum / n;
    const sign = wave === after ? 1 : -1;
    for (let c = 0; c < cells.n.length; c++) {
      if (!chosen(c) || cells.n[c] === 0) continue;
      leadersAt[wave === after ? "after" : "before"].add(cells.leader[c]!);
      scores[design.cluster[cells.leader[c]!]!]! += (sign * (cells.sums[c * m + m - 1]! - mean * cells.n[c]!)) / n;
    }
    return cells.shift[m - 1]! + mean;
  });
  if (!means.every(Number.isFinite)) return null;
  return { before: means[0]!, after: means[1]!, scores, leadersAt };
}

const cross = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, g) => sum + value * b[g]!, 0);

/** CR1 covariance of both changes over the G units of allocation, and 2(G − 1)/(G − 2)·F(confidence; 2, G − 2). */
function ellipseOf(x: Change, y: Change, units: number, confidence: number): Arrow["ellipse"] {
  if (units < 4) return null;
  const factor = units / (units - 1);
  return {
    xx: factor * cross(x.scores, x.scores),
    xy: factor * cross(x.scores, y.scores),
    yy: factor * cross(y.scores, y.scores),
    radiusSquared: ((2 * (units - 1)) / (units - 2)) * fCritical(1 - confidence, 2, units - 2),
  };
}

/**
 * Each arm's mean over respondents at the baseline and the last wave in the plane of two outcomes (unadjusted cells of
 * each), with Hotelling's confidence ellipse of the change, clustered by the unit of allocation. An arm without answers at one of the
 * waves has no arrow; a study without arms or without a baseline has none.
 */
export function changeArrows(study: Study, design: Design, x: Cells | null, y: Cells | null): readonly Arrow[] {
  const baseline = baselineWave(study);
  const last = followUpWaves(study).at(-1);
  if (baseline < 0 || last === undefined || x === null || y === null) return [];
  return study.arms.flatMap((arm, index) => {
    const changeX = changeOf(x, design, index, baseline, last);
    const changeY = changeOf(y, design, index, baseline, last);
    if (changeX === null || changeY === null) return [];
    const before = new Set([...changeX.leadersAt.before, ...changeY.leadersAt.before]);
    const after = new Set([...changeX.leadersAt.after, ...changeY.leadersAt.after]);
    const leaders = new Set([...before, ...after]);
    const units = new Set([...leaders].map((leader) => design.cluster[leader]!)).size;
    return [
      {
        arm: arm.id,
        leaders: leaders.size,
        leadersAt: { before: before.size, after: after.size },
        x: { before: changeX.before, after: changeX.after },
        y: { before: changeY.before, after: changeY.after },
        ellipse: ellipseOf(changeX, changeY, units, study.plan.confidence),
      },
    ];
  });
}
