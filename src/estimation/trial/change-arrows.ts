import { fCritical } from "../../stats/distribution/distributions.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Study } from "../../study/study.ts";
import { baselineWave, type Design, followUpWaves } from "../design/design.ts";
import { outcomeSums } from "../design/reference-sd.ts";

/** Mean change of one arm from the baseline to the last wave in the plane of two outcomes (the signature figure). */
export interface Arrow {
  readonly arm: string;
  readonly leaders: number;
  readonly x: { readonly before: number; readonly after: number };
  readonly y: { readonly before: number; readonly after: number };
  /** Covariance of the change (x, y), clustered by leader; Hotelling radius² of the confidence ellipse. Null with fewer than 4 leaders. */
  readonly ellipse: {
    readonly xx: number;
    readonly xy: number;
    readonly yy: number;
    readonly radiusSquared: number;
  } | null;
}

/** Mean of an arm before and after, and each leader's share in the error of the change. */
interface Change {
  readonly before: number;
  readonly after: number;
  readonly scores: Float64Array;
  readonly leaders: ReadonlySet<number>;
}

function changeOf(cells: Cells, design: Design, arm: number, before: number, after: number): Change | null {
  const m = cells.columns.length;
  const scores = new Float64Array(design.leaders.length);
  const leaders = new Set<number>();
  const means = [before, after].map((wave) => {
    const chosen = (c: number): boolean => cells.wave[c] === wave && design.arm[cells.leader[c]!] === arm;
    const { n, sum } = outcomeSums(cells, chosen);
    const mean = sum / n;
    const sign = wave === after ? 1 : -1;
    for (let c = 0; c < cells.n.length; c++) {
      if (!chosen(c) || cells.n[c] === 0) continue;
      leaders.add(cells.leader[c]!);
      scores[cells.leader[c]!]! += (sign * (cells.sums[c * m + m - 1]! - mean * cells.n[c]!)) / n;
    }
    return cells.shift[m - 1]! + mean;
  });
  if (!means.every(Number.isFinite)) return null;
  return { before: means[0]!, after: means[1]!, scores, leaders };
}

const cross = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, g) => sum + value * b[g]!, 0);

/** CR1 covariance of both changes over the G leaders, and 2(G − 1)/(G − 2)·F(confidence; 2, G − 2). */
function ellipseOf(x: Change, y: Change, leaders: number, confidence: number): Arrow["ellipse"] {
  if (leaders < 4) return null;
  const factor = leaders / (leaders - 1);
  return {
    xx: factor * cross(x.scores, x.scores),
    xy: factor * cross(x.scores, y.scores),
    yy: factor * cross(y.scores, y.scores),
    radiusSquared: ((2 * (leaders - 1)) / (leaders - 2)) * fCritical(1 - confidence, 2, leaders - 2),
  };
}

/**
 * Each arm's mean over respondents at the baseline and the last wave in the plane of two outcomes (unadjusted cells of
 * each), with Hotelling's confidence ellipse of the change, clustered by leader. An arm without answers at one of the
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
    const leaders = new Set([...changeX.leaders, ...changeY.leaders]).size;
    return [
      {
        arm: arm.id,
        leaders,
        x: { before: changeX.before, after: changeX.after },
        y: { before: changeY.before, after: changeY.after },
        ellipse: ellipseOf(changeX, changeY, leaders, study.plan.confidence),
      },
    ];
  });
}
