import { headcount } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { CellResponse } from "../../../tables/aggregated.ts";
import { withChanges } from "../../page/level-change.ts";
import { emptySeries, type LevelSource, seriesOf } from "../../page/levels.ts";
import type { DepartmentsPart } from "./model.ts";

/** The levels of the departments, each as it was decided. */
export const departmentsPart = (
  source: LevelSource | null,
  ids: readonly string[],
  responses: readonly CellResponse[],
  waves: readonly string[],
  level: string | null,
): DepartmentsPart => {
  const leaders = (grouping: string, id: string) =>
    responses.find((row) => row.grouping === grouping && row.cell === id && row.wave === waves.at(-1))?.leaders;
  const series = source
    ? withChanges(
        "department",
        ids.map((id) => seriesOf("department", id, source)),
        source,
      )
    : ids.map((id) => ({ ...emptySeries(id, waves), change: suppressed }));
  const whole = leaders("organisation", "");
  return {
    level: ids.length > 0 ? level : null,
    departments: series.map((each) => ({ ...each, leaders: headcount(leaders("department", each.id) ?? 0) })),
    leaders: whole === undefined ? null : headcount(whole),
  };
};
