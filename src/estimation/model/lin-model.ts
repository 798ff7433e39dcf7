import type { ModelColumn } from "../../stats/moments/model-rows.ts";
import { ancovaModel, baselineColumn, type EffectModel } from "./effect-model.ts";
import type { EffectSource } from "./model-columns.ts";

type Adjusting = Extract<ModelColumn, { kind: "numbers" | "row" }>;
type Indicator = Extract<ModelColumn, { kind: "indicator" }>;

/** What the effect may vary with: the leader's mean at the baseline and the covariates, not blocks. */
const isAdjusting = (column: ModelColumn): column is Adjusting =>
  column.kind === "row" || (column.kind === "numbers" && column.name === baselineColumn);

/** Mean of a column over the rows of the model. */
function centreOf({ model: { cells, cluster } }: EffectModel, column: Adjusting): number {
  const m = cells.columns.length;
  let n = 0;
  let sum = 0;
  for (let c = 0; c < cells.n.length; c++) {
    if (cluster[c]! < 0) continue;
    n += cells.n[c]!;
    sum += column.kind === "row" ? cells.sums[c * m + column.column]! : column.values[c]! * cells.n[c]!;
  }
  return sum / n;
}

function product(arm: Indicator, column: Adjusting, centre: number): ModelColumn {
  const name = `${arm.name} × ${column.name}`;
  const { codes, code } = arm;
  if (column.kind === "row") return { name, kind: "row within", column: column.column, centre, codes, code };
  const values = column.values.map((value, c) => (codes[c] === code ? value - centre : 0));
  return { name, kind: "numbers", values };
}

/**
 * Lin's (2013, Annals of Applied Statistics 7, 295–318) fully interacted adjustment: the ANCOVA with a slope of its own in
 * every arm for the baseline and each covariate, which are centred at their means over all rows of the model, so that
 * the arm's column is the effect at these means. Blocks, and the indicator of leaders without a baseline, keep one
 * coefficient. The centre counts as known, as in R's `estimatr::lm_lin`.
 */
export function linModel(source: EffectSource): EffectModel {
  const ancova = ancovaModel(source, "rows");
  const { columns } = ancova.model;
  const isArm = (column: ModelColumn): column is Indicator =>
    column.kind === "indicator" && ancova.effectColumn.includes(column.name);
  const arms = columns.filter(isArm);
  const products = columns
    .filter(isAdjusting)
    .flatMap((column) => arms.map((arm) => product(arm, column, centreOf(ancova, column))));
  const own = columns.filter((column) => !isArm(column));
  return { ...ancova, model: { ...ancova.model, columns: [...own, ...products, ...arms] } };
}
