import { isWeighted } from "../../stats/moments/moments.ts";
import { baselineWave } from "../design/design.ts";
import type { FittedModel } from "./fitted-models.ts";

/** Leaders and respondents of one arm. */
export interface ArmSupport {
  readonly leaders: number;
  readonly respondents: number;
}

const nobody: ArmSupport = { leaders: 0, respondents: 0 };

/**
 * Who is behind an effect, by index in `study.arms`: of the model's rows those of the arm, at the effect's wave and at the
 * baseline where the model has rows of it too, whichever are fewer. The control arm's are the same for every effect of a
 * model, another arm's for every effect on it.
 */
export function armSupport({ source, effects: { model } }: FittedModel): readonly ArmSupport[] {
  const { study, design, wave } = source;
  const { cells, cluster } = model;
  const { n } = isWeighted(cells) ? cells.plain : cells;
  const waves = [wave, baselineWave(study)].filter((each) =>
    cells.wave.some((at, c) => at === each && cluster[c]! >= 0),
  );
  return study.arms.map((_, arm) => {
    const atWaves = waves.map((each): ArmSupport => {
      const leaders = new Set<number>();
      let respondents = 0;
      for (const [c, leader] of cells.leader.entries()) {
        if (cluster[c]! < 0 || cells.wave[c] !== each || design.arm[leader] !== arm || n[c] === 0) continue;
        leaders.add(leader);
        respondents += n[c]!;
      }
      return { leaders: leaders.size, respondents };
    });
    if (atWaves.length === 0) return nobody;
    return {
      leaders: Math.min(...atWaves.map(({ leaders }) => leaders)),
      respondents: Math.min(...atWaves.map(({ respondents }) => respondents)),
    };
  });
}
