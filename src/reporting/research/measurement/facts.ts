import { aggregate, nonLinear, type Support } from "../../../disclosure/aggregate.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { ItemMeasurement, ScaleMeasurement } from "../../../estimation/measurement/measurement.ts";
import type { Study } from "../../../study/study.ts";
import { answersAt } from "../../effect/facts.ts";
import { outcomeOf } from "../../page/reported-outcome.ts";
import type { ItemRow, ItemWording, QualityDetails } from "./items-model.ts";
import type { MeasurementRow } from "./model.ts";

const rounded = (value: number | null, digits: number) => (value === null ? null : roundTo(value, digits));

const itemOf = (item: ItemMeasurement, { leaders, largest }: Support, allSeen: boolean, rules: Rules): ItemRow => {
  const support = { n: item.n, leaders: Math.min(leaders, item.n), largest: Math.min(largest, item.n) };
  return {
    item: item.item,
    n: item.n,
    missing: item.missing,
    level: aggregate(
      support,
      { mean: allSeen ? rounded(item.mean, 2) : null, sd: allSeen ? rounded(item.sd, 2) : null },
      rules,
    ),
    fit: nonLinear(
      support,
      { itemRest: rounded(item.itemRest, 2), alphaIfDropped: rounded(item.alphaIfDropped, 2) },
      rules,
    ),
  };
};

const detailsOf = ({ alphaLow, alphaHigh, iccTest, rwgSlightlySkewed }: ScaleMeasurement): QualityDetails => ({
  alpha: alphaLow === null || alphaHigh === null ? null : { low: roundTo(alphaLow, 2), high: roundTo(alphaHigh, 2) },
  icc: iccTest && { ...iccTest, f: rounded(iccTest.f, 2), p: roundTo(iccTest.p, 4) },
  rwgSlightlySkewed: rounded(rwgSlightlySkewed, 2),
});

/** How well a scale measures: means go where an arm is too small to be shown, as they would give it away. */
export const measurementOf = (
  study: Study,
  row: ScaleMeasurement,
  analysis: Pick<Analysis, "flow">,
  allSeen: boolean,
  rules: Rules,
): MeasurementRow => {
  const { name, decimals } = outcomeOf(study, { scale: row.scale, rater: row.rater }, "secondary");
  // Others than employees give one answer about a leader.
  const largest = row.rater === "employee" || row.rater === null ? answersAt(analysis, row.wave).largest : 1;
  const support = { n: row.respondents, leaders: row.leaders, largest: Math.min(largest, row.respondents) };
  return {
    scale: row.scale,
    name,
    rater: row.rater,
    wave: row.wave,
    decimals,
    items: row.items,
    missing: row.missing,
    respondents: row.respondents,
    leaders: row.leaders,
    level: aggregate(
      support,
      { mean: allSeen ? rounded(row.mean, decimals) : null, sd: allSeen ? rounded(row.sd, decimals) : null },
      rules,
    ),
    quality: aggregate(
      support,
      {
        alpha: rounded(row.alpha, 2),
        omega: rounded(row.omega, 2),
        icc1: rounded(row.icc1, 3),
        icc2: rounded(row.icc2, 2),
        rwg: rounded(row.rwg, 2),
      },
      rules,
    ),
    details: nonLinear(support, detailsOf(row), rules),
    itemRows: row.itemStatistics.map((item) => itemOf(item, support, allSeen, rules)),
  };
};

/** The wording of every item of every scale, as employees read it where they do. */
export const itemWordings = (study: Study): readonly ItemWording[] =>
  study.instrument.scales.flatMap((scale) =>
    scale.kind === "items"
      ? scale.items.map(({ id, reversed, wording }) => ({
          scale: scale.id,
          item: id,
          reversed,
          wording: wording["employee"] ?? Object.values(wording)[0] ?? null,
        }))
      : [],
  );
