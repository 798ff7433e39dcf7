import type { CellModel, ModelColumn } from "../../stats/moments/model-rows.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import type { Study } from "../../study/study.ts";
import { controlArm, type Design } from "../design/design.ts";

/**
 * What a model of one outcome at one follow-up wave is made of: the study, what is known of the leaders, the cells that
 * enter, and the cells of all rows.
 */
export interface EffectSource {
  readonly study: Study;
  readonly design: Design;
  readonly cells: Cells;
  readonly unadjusted: Cells | null;
  readonly wave: number;
}

/** The column of ones, one entry per cell. */
export const intercept = (cells: Cells): ModelColumn => ({
  name: "(intercept)",
  kind: "numbers",
  values: new Float64Array(cells.n.length).fill(1),
});

/** What is known of leaders (codes, one entry per leader), by cell. */
export const byCell = (cells: Cells, ofLeader: Int32Array): Int32Array =>
  cells.leader.map((leader) => ofLeader[leader]!);

/**
 * Unit of allocation of every cell of the waves (indices in `study.waves`) whose leader has an arm; −1 for cells that
 * are left out.
 */
export function included({ design, cells }: EffectSource, waves: readonly number[]): Int32Array {
  return cells.leader.map((leader, c) =>
    design.arm[leader]! >= 0 && waves.includes(cells.wave[c]!) ? design.cluster[leader]! : -1,
  );
}

/** Leaders with a row in a model. */
export function leadersIn({ cells, cluster }: CellModel): ReadonlySet<number> {
  return new Set(cells.leader.filter((_, c) => cluster[c]! >= 0 && cells.n[c]! > 0));
}

const rowsOf = ({ design }: EffectSource, cells: Cells, waves: readonly number[]): number =>
  cells.n.reduce(
    (sum, n, c) => (waves.includes(cells.wave[c]!) && design.arm[cells.leader[c]!]! >= 0 ? sum + n : sum),
    0,
  );

/** Respondents of the waves that lack a covariate. */
export const droppedRows = (source: EffectSource, waves: readonly number[]): number =>
  source.unadjusted === null ? 0 : rowsOf(source, source.unadjusted, waves) - rowsOf(source, source.cells, waves);

function codesIn(codes: Int32Array, cluster: Int32Array): readonly number[] {
  const found = new Set<number>();
  let latest = Number.NaN;
  for (let c = 0; c < codes.length; c++) {
    if (cluster[c]! < 0 || codes[c] === latest) continue;
    latest = codes[c]!;
    found.add(latest);
  }
  return [...found].sort((a, b) => a - b);
}

/** Indicators of all blocks but the first. */
export function blockColumns({ design, cells }: EffectSource, cluster: Int32Array): ModelColumn[] {
  const codes = byCell(cells, design.block);
  return codesIn(codes, cluster)
    .slice(1)
    .map((code) => ({ name: `block ${design.blocks[code]}`, kind: "indicator", codes, code }));
}

/** In front of a covariate's name among the columns of a model, whose own columns (`wave`, `baseline`) a study may not know. */
const ofCovariate = "covariate ";

/** The covariates of the cells as row-level columns: all columns but the last, which is the outcome. */
export const covariateColumns = (cells: Cells): ModelColumn[] =>
  cells.columns.slice(0, -1).map((name, column) => ({ name: `${ofCovariate}${name}`, kind: "row", column }));

/** A column as it is called where people read it: a covariate by the study's own word. */
export const reportedName = (column: string): string =>
  column.startsWith(ofCovariate) ? column.slice(ofCovariate.length) : column;

/** Indicators of the codes of non-control arms that occur. */
export function armColumns(
  { study }: EffectSource,
  codes: Int32Array,
  cluster: Int32Array,
  suffix: string,
): ModelColumn[] {
  const control = controlArm(study);
  return codesIn(codes, cluster)
    .filter((code) => code >= 0 && code !== control)
    .map((code) => ({ name: `arm ${study.arms[code]!.id}${suffix}`, kind: "indicator", codes, code }));
}

/** Whether a column is an arm's indicator or a product of it. */
export const isArmColumn = (study: Study, name: string): boolean =>
  study.arms.some(({ id }) => name === `arm ${id}` || name.startsWith(`arm ${id} × `));

/** Names of the arms' columns by index in `study.arms`; empty for the control arm, which has none. */
export const effectColumns = (study: Study, suffix: string): string[] =>
  study.arms.map((arm) => (arm.control ? "" : `arm ${arm.id}${suffix}`));

/** Distinct units of allocation by arm of which a leader has a cell in every one of the waves. */
export function clustersInAll({ study, design, cells }: EffectSource, waves: readonly number[]): number[] {
  const seen = new Uint8Array(design.leaders.length);
  cells.leader.forEach((leader, c) => {
    if (waves.includes(cells.wave[c]!) && cells.n[c]! > 0) seen[leader]!++;
  });
  return study.arms.map((_, arm) => {
    const there = design.cluster.filter((_, g) => seen[g] === waves.length && design.arm[g] === arm);
    return new Set(there).size;
  });
}
