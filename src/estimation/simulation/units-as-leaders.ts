import { mergeCells } from "../../stats/moments/merge-cells.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import { ofClusters } from "../design/clusters.ts";
import type { Design } from "../design/design.ts";

/**
 * The design and the cells of an outcome with each unit of allocation as if it were one leader, whose respondents are
 * those of all its leaders: what a design whose arms are given to units has to know of clusters. Leaders in no unit are
 * left out.
 */
export function unitsAsLeaders(design: Design, cells: Cells): { readonly design: Design; readonly cells: Cells } {
  const { cluster, clusters } = design;
  const placed = { ...cells, n: cells.n.map((n, c) => (cluster[cells.leader[c]!]! < 0 ? 0 : n)) };
  const units = Int32Array.from({ length: clusters }, (_, unit) => unit);
  return {
    design: {
      ...design,
      leaders: Array.from(units, String),
      arm: ofClusters(design, design.arm),
      block: ofClusters(design, design.block),
      class: units.map(() => -1),
      cluster: units,
      levels: new Map(),
      attended: new Float64Array(clusters).fill(Number.NaN),
    },
    cells: mergeCells([{ ...placed, leader: cells.leader.map((leader) => cluster[leader]!) }]),
  };
}
