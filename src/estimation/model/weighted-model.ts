import { type CellModel, type ModelRows, modelRows } from "../../stats/moments/model-rows.ts";
import { type Cells, isWeighted } from "../../stats/moments/moments.ts";
import { ancovaModel, type EffectModel } from "./effect-model.ts";
import type { EffectSource } from "./model-columns.ts";

const plain = <C extends Cells | null>(cells: C): Cells | C =>
  cells !== null && isWeighted(cells) ? cells.plain : cells;

/** ANCOVA on weighted cells; what it says of rows counts rows, not weights. */
export function weightedAncova(source: EffectSource): EffectModel {
  const counted = ancovaModel({ ...source, cells: plain(source.cells), unadjusted: plain(source.unadjusted) }, "rows");
  return { ...ancovaModel(source, "rows"), dropped: counted.dropped };
}

/** Pseudo-rows of a weighted model, with as many observations as there are rows. */
export function countedRows(model: CellModel): ModelRows {
  const { n } = plain(model.cells);
  return { ...modelRows(model), observations: model.cluster.reduce((sum, g, c) => (g < 0 ? sum : sum + n[c]!), 0) };
}
