import type { ModelColumn } from "../../stats/moments/model-rows.ts";
import { baselineWave, followUpWaves } from "../design/design.ts";
import type { EffectModel } from "./effect-model.ts";
import {
  armColumns,
  clustersInAll,
  covariateColumns,
  droppedRows,
  type EffectSource,
  effectColumns,
  included,
} from "./model-columns.ts";

const suffixOf = ({ study }: EffectSource, wave: number): string => ` × ${study.waves[wave]!.id}`;

const waveName = ({ study }: EffectSource, wave: number): string => `wave ${study.waves[wave]!.id}`;

/** Indicators of one follow-up wave and of every non-control arm at it. */
function waveColumns(source: EffectSource, cluster: Int32Array, wave: number): readonly ModelColumn[] {
  const { design, cells } = source;
  const armAt = cells.leader.map((leader, c) => (cells.wave[c] === wave ? design.arm[leader]! : -1));
  return [
    { name: waveName(source, wave), kind: "indicator", codes: cells.wave, code: wave },
    ...armColumns(source, armAt, cluster, suffixOf(source, wave)),
  ];
}

/**
 * The event study: rows of the baseline and of every follow-up wave on leader, wave and the product of arm and wave,
 * with the baseline as reference. One model holds the effects of all waves; those of `source.wave` are its answer.
 */
export function eventTimeModel(source: EffectSource): EffectModel {
  const { study, design, cells } = source;
  const measured = new Set(cells.wave);
  const followUps = followUpWaves(study).filter((wave) => measured.has(wave));
  const waves = [baselineWave(study), ...followUps];
  const cluster = included(source, waves);
  return {
    design,
    model: {
      cells,
      cluster,
      clusters: design.clusters,
      columns: [...covariateColumns(cells), ...followUps.flatMap((wave) => waveColumns(source, cluster, wave))],
      level: { absorb: cells.leader },
    },
    effectColumn: effectColumns(study, suffixOf(source, source.wave)),
    carriers: [...followUps.filter((wave) => wave !== source.wave), source.wave].map((wave) => waveName(source, wave)),
    clustersByArm: clustersInAll(source, [baselineWave(study), source.wave]),
    imputed: 0,
    dropped: droppedRows(source, waves),
  };
}
