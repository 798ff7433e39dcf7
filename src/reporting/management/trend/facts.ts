import { suppressed } from "../../../disclosure/published.ts";
import type { Phase } from "../../../study/study.ts";
import { withChanges } from "../../page/level-change.ts";
import { emptySeries, type LevelSource, partSeries, wholeSeries } from "../../page/levels.ts";
import type { TrendPart } from "./model.ts";

/** The levels of the arms, each suppressed where it or the rest beside it is too small; without arms, of the whole. */
export const trendPart = (
  source: LevelSource | null,
  arms: readonly string[],
  waves: readonly string[],
  phases: readonly Phase[],
): TrendPart => {
  const byArm = arms.length > 0;
  const ids = byArm ? arms : [""];
  if (!source) return { series: ids.map((id) => ({ ...emptySeries(id, waves), change: suppressed })), byArm, phases };
  const series = byArm
    ? withChanges("arm", partSeries("arm", arms, source), source)
    : withChanges("organisation", [wholeSeries(source)], source);
  return { series, byArm, phases };
};
