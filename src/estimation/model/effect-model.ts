import type { CellModel, ModelColumn } from "../../stats/moments/model-rows.ts";
import { outcomeMeans } from "../design/column-means.ts";
import { baselineWave, type Design } from "../design/design.ts";
import {
  armColumns,
  blockColumns,
  byCell,
  clustersInAll,
  covariateColumns,
  droppedRows,
  type EffectSource,
  effectColumns,
  included,
  intercept,
} from "./model-columns.ts";

/** A regression of one outcome with one column per non-control arm that carries the effect. */
export interface EffectModel {
  readonly design: Design;
  readonly model: CellModel;
  /** Name of the column with the effect, by index in `study.arms`; empty for arms without leaders and the control arm. */
  readonly effectColumn: readonly string[];
  /** Columns whose products with an arm's indicator are the arm's own columns, the effect's last. */
  readonly carriers: readonly string[];
  /** Units of allocation that can carry the comparison, by index in `study.arms`. */
  readonly clustersByArm: readonly number[];
  /** Leaders without a baseline, whose baseline is the mean of the others'. */
  readonly imputed: number;
  /** Respondents of these waves and arms that lack a covariate. */
  readonly dropped: number;
}

/** The column of the leader's mean at the baseline. */
export const baselineColumn = "baseline";

interface BaselineColumns {
  readonly columns: readonly ModelColumn[];
  readonly imputed: number;
}

/** The leader's mean at the baseline and, where some have none, an indicator of those. */
function baselineColumns(source: EffectSource, cluster: Int32Array): BaselineColumns {
  const { study, design, cells, unadjusted } = source;
  const baseline = baselineWave(study);
  if (baseline < 0 || unadjusted === null) return { columns: [], imputed: 0 };
  const means = outcomeMeans(unadjusted, design.leaders.length, baseline);
  const seen = new Uint8Array(means.length);
  let sum = 0;
  let known = 0;
  let imputed = 0;
  for (const [c, leader] of cells.leader.entries()) {
    if (cluster[c]! < 0 || seen[leader] === 1) continue;
    seen[leader] = 1;
    if (Number.isNaN(means[leader]!)) imputed++;
    else {
      known++;
      sum += means[leader]!;
    }
  }
  const mean = known === 0 ? 0 : sum / known;
  const values = new Float64Array(cells.leader.length);
  for (let c = 0; c < values.length; c++) {
    const own = means[cells.leader[c]!]!;
    values[c] = Number.isNaN(own) ? mean : own;
  }
  const columns: ModelColumn[] = [{ name: baselineColumn, kind: "numbers", values }];
  if (imputed > 0) {
    const codes = cells.leader.map((leader) => Number(Number.isNaN(means[leader]!)));
    columns.push({ name: "baseline missing", kind: "indicator", codes, code: 1 });
  }
  return { columns, imputed };
}

/**
 * Follow-up outcome on arm, the leader's baseline mean (of all answers; leaders without one get the mean of the others
 * and an indicator), blocks and covariates; of every respondent (`rows`), or of leaders' means (`means`), where each
 * leader counts the same and the effect is the mean over leaders. The arms stand last, so that an arm that blocks or
 * covariates span is the one that is dropped.
 */
export function ancovaModel(source: EffectSource, level: "rows" | "means"): EffectModel {
  const { study, design, cells } = source;
  const cluster = included(source, [source.wave]);
  const baseline = baselineColumns(source, cluster);
  const columns = [
    intercept(cells),
    ...baseline.columns,
    ...blockColumns(source, cluster),
    ...covariateColumns(cells),
    ...armColumns(source, byCell(cells, design.arm), cluster, ""),
  ];
  return {
    design,
    model: { cells, cluster, clusters: design.clusters, columns, level },
    effectColumn: effectColumns(study, ""),
    carriers: ["(intercept)"],
    clustersByArm: clustersInAll(source, [source.wave]),
    imputed: baseline.imputed,
    dropped: droppedRows(source, [source.wave]),
  };
}

/** Codes of the cells' arm at the follow-up wave, −1 at the baseline: the product of arm and wave. */
const armAfter = ({ design, cells, wave }: EffectSource): Int32Array =>
  cells.leader.map((leader, c) => (cells.wave[c] === wave ? design.arm[leader]! : -1));

/** The smaller of an arm's numbers of units of allocation at two waves. */
function clustersAtBoth(source: EffectSource, baseline: number): number[] {
  const before = clustersInAll(source, [baseline]);
  return clustersInAll(source, [source.wave]).map((after, arm) => Math.min(after, before[arm]!));
}

/**
 * Respondents of the baseline and the wave on arm, wave and their product, which is the effect; blocks where the plan
 * says so.
 */
export function differenceModel(source: EffectSource): EffectModel {
  const { study, design, cells, wave } = source;
  const baseline = baselineWave(study);
  const cluster = included(source, [baseline, wave]);
  const columns: ModelColumn[] = [
    intercept(cells),
    ...(study.plan.differenceInDifferences.blocks ? blockColumns(source, cluster) : []),
    ...covariateColumns(cells),
    ...armColumns(source, byCell(cells, design.arm), cluster, ""),
    { name: "wave", kind: "indicator", codes: cells.wave, code: wave },
    ...armColumns(source, armAfter(source), cluster, " × wave"),
  ];
  return {
    design,
    model: { cells, cluster, clusters: design.clusters, columns, level: "rows" },
    effectColumn: effectColumns(study, " × wave"),
    carriers: ["(intercept)", "wave"],
    clustersByArm: clustersAtBoth(source, baseline),
    imputed: 0,
    dropped: droppedRows(source, [baseline, wave]),
  };
}

/** The same with one effect per leader, absorbed, which takes the place of arm and block. */
export function withinLeaderModel(source: EffectSource): EffectModel {
  const { study, design, cells, wave } = source;
  const baseline = baselineWave(study);
  const cluster = included(source, [baseline, wave]);
  const columns: ModelColumn[] = [
    ...covariateColumns(cells),
    { name: "wave", kind: "indicator", codes: cells.wave, code: wave },
    ...armColumns(source, armAfter(source), cluster, " × wave"),
  ];
  return {
    design,
    model: { cells, cluster, clusters: design.clusters, columns, level: { absorb: cells.leader } },
    effectColumn: effectColumns(study, " × wave"),
    carriers: ["wave"],
    clustersByArm: clustersInAll(source, [baseline, wave]),
    imputed: 0,
    dropped: droppedRows(source, [baseline, wave]),
  };
}
