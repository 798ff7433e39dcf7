import { suppressed } from "../../../disclosure/published.ts";
import type { Phase } from "../../../study/study.ts";
import { type ChangedSeries, withChanges } from "../../page/level-change.ts";
import { emptySeries, type LevelSource, seriesOf } from "../../page/levels.ts";
import type { TrendPart } from "./model.ts";

/** The levels of the arms, each as it was decided; without arms, of the whole. */
export const trendPart = (
  source: LevelSource | null,
  arms: readonly string[],
  whole: ChangedSeries,
  phases: readonly Phase[],
): TrendPart => {
  if (arms.length === 0) return { series: [whole], byArm: false, phases };
  const waves = whole.levels.map(() => "");
  const series = source
    ? withChanges(
        "arm",
        arms.map((id) => seriesOf("arm", id, source)),
        source,
      )
    : arms.map((id) => ({ ...emptySeries(id, waves), change: suppressed }));
  return { series, byArm: true, phases };
};
