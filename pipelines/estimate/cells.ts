import type { CellsOf, Extent, Rows } from "../../src/estimation/design/cells-of.ts";
import { followUpWaves } from "../../src/estimation/design/design.ts";
import type { Cells, WeightedCells } from "../../src/stats/moments/moments.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import type { Parameters } from "../../src/store/vault/query.ts";
import { readColumns, readNumbers } from "../../src/store/vault/read.ts";
import { reportedSpan } from "../../src/study/items.ts";
import type { Outcome, Study } from "../../src/study/study.ts";
import { panelMoments, weightedMoments } from "../../src/tables/moments.ts";
import { resolution } from "../../src/tables/scored.ts";
import { type ModelColumn, modelColumnsOf, outcomeName, ownSubgroups, plansEstimator } from "../summarize/columns.ts";

type Places = ReadonlyMap<string, number>;

const placesOf = (names: readonly string[]): Places => new Map(names.map((name, place) => [name, place]));
const indices = (names: readonly string[], places: Places): Int32Array =>
  Int32Array.from(names, (name) => places.get(name) ?? -1);

const none = new Float64Array();

/** The moments of one outcome as numbers only, with places for leaders and waves. */
const readMoments = async (vault: Vault, study: Study, sqlPath: string, { scale, rater }: Outcome, own: Parameters) => {
  const bound = { ...own, scale, rater: rater ?? "", waves: study.waves.map(({ id }) => id) };
  const { leader, wave, n = none, sums = none, products = none, shift } = await readNumbers(vault, sqlPath, bound);
  const places = { leader: Int32Array.from(leader ?? none), wave: Int32Array.from(wave ?? none) };
  return { ...places, n, sums, products, shift: shift?.slice(0, 1) ?? none };
};

const scoreCells = async (vault: Vault, study: Study, outcome: Outcome): Promise<Cells | null> => {
  const moments = await readMoments(vault, study, "pipelines/estimate/score-cells.sql", outcome, {});
  return moments.n.length === 0 ? null : { ...moments, columns: [outcome.scale], dropped: 0 };
};

/** Multiplies rows of sums, or of products, from steps into reported units. */
const intoUnits = (values: Float64Array, units: Float64Array): Float64Array =>
  values.map((value, at) => value * (units[at % units.length] as number));

/** Columns of an outcome's moments, with their shifts and units; those of covariates come first. */
const frameOf = (study: Study, outcome: Outcome, scored: Cells, columns: readonly ModelColumn[]) => {
  const scale = study.instrument.scales.find(({ id }) => id === outcome.scale);
  const span = scale === undefined ? 0 : reportedSpan(scale);
  const units = Float64Array.from([...columns.map(({ low, high }) => high - low), span], (width) => width / resolution);
  return {
    columns: [...columns.map(({ name }) => name), outcome.scale],
    shift: Float64Array.from([...columns.map(({ low, high }) => (low + high) / 2), scored.shift[0] ?? 0]),
    units,
    pairs: Float64Array.from([...units].flatMap((unit, i) => [...units.subarray(i)].map((other) => unit * other))),
  };
};

/** What is read of an outcome's moments, by leader and wave; `n` is their total weight. */
type Added = Pick<Cells, "leader" | "wave" | "n" | "sums" | "products">;

/** Everything that turns moments in steps into cells. */
interface Reading {
  readonly vault: Vault;
  readonly study: Study;
  readonly outcome: Outcome;
  readonly scored: Cells;
  readonly leaders: Places;
  readonly waves: Places;
}

const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

const columnsOf = (study: Study, extent: Extent): readonly ModelColumn[] =>
  extent === "complete" ? modelColumnsOf(study) : [];

const cellsFrom = ({ study, outcome, scored }: Reading, own: readonly ModelColumn[], rows: Added): Cells => {
  const { columns, shift, units, pairs } = frameOf(study, outcome, scored, own);
  return {
    columns,
    shift,
    leader: rows.leader,
    wave: rows.wave,
    n: rows.n,
    sums: intoUnits(rows.sums, units),
    products: intoUnits(rows.products, pairs),
    dropped: own.length > 0 ? total(scored.n) - total(rows.n) : 0,
  };
};

const boundTo = ({ outcome }: Reading) => ({ scale: outcome.scale, rater: outcome.rater ?? "" });

const modelCells = async (reading: Reading, subgroup: string): Promise<Cells | null> => {
  const { vault, study, outcome } = reading;
  const moments = await readMoments(vault, study, "pipelines/estimate/model-cells.sql", outcome, { subgroup });
  return moments.n.length === 0 ? null : cellsFrom(reading, modelColumnsOf(study, subgroup), moments);
};

type Lists = readonly (readonly (number | null)[])[];

const flat = (rows: Lists): Float64Array => Float64Array.from(rows.flat(), Number);

const panelCells = async (reading: Reading, panel: string, extent: Extent): Promise<Cells | null> => {
  const bound = { ...boundTo(reading), panel, extent };
  const rows = await readColumns(reading.vault, panelMoments, "pipelines/estimate/panel-cells.sql", bound);
  if (rows.n.length === 0) return null;
  const places = { leader: indices(rows.leader, reading.leaders), wave: indices(rows.wave, reading.waves) };
  const { n, sums, products } = rows;
  return cellsFrom(reading, columnsOf(reading.study, extent), {
    ...places,
    n: Float64Array.from(n),
    sums: flat(sums),
    products: flat(products),
  });
};

const weightedCells = async (reading: Reading, extent: Extent): Promise<WeightedCells | null> => {
  const bound = { ...boundTo(reading), extent };
  const rows = await readColumns(reading.vault, weightedMoments, "pipelines/estimate/weighted-cells.sql", bound);
  if (rows.n.length === 0) return null;
  const places = { leader: indices(rows.leader, reading.leaders), wave: indices(rows.wave, reading.waves) };
  const of = (n: readonly number[], sums: Lists, products: Lists) =>
    cellsFrom(reading, columnsOf(reading.study, extent), {
      ...places,
      n: Float64Array.from(n),
      sums: flat(sums),
      products: flat(products),
    });
  return {
    ...of(rows.weight, rows.weighted_sums, rows.weighted_products),
    plain: of(rows.n, rows.sums, rows.products),
    squared: of(rows.squared_weight, rows.squared_sums, rows.squared_products),
  };
};

const extents: readonly Extent[] = ["all", "complete"];

/** Every kind of cells of one outcome that the plan's estimators may ask for. */
const kindsOf = async (reading: Reading): Promise<ReadonlyMap<Rows, Cells | null>> => {
  const { study, scored } = reading;
  const kinds = new Map<Rows, Cells | null>([
    ["all", scored],
    ["complete", await modelCells(reading, "")],
  ]);
  for (const subgroup of ownSubgroups(study)) kinds.set(`subgroup ${subgroup}`, await modelCells(reading, subgroup));
  for (const extent of extents) {
    if (plansEstimator(study, "sampling-weights"))
      kinds.set(`weighted ${extent}`, await weightedCells(reading, extent));
    if (plansEstimator(study, "panel"))
      for (const wave of followUpWaves(study))
        kinds.set(`panel ${wave} ${extent}`, await panelCells(reading, study.waves[wave]?.id ?? "", extent));
  }
  return kinds;
};

/** Reads the cells of all outcomes that the study asks about, of all the rows that its plan needs. */
export const readCells = async (
  vault: Vault,
  study: Study,
  outcomes: readonly Outcome[],
  leaderIds: readonly string[],
): Promise<CellsOf> => {
  const leaders = placesOf(leaderIds);
  const waves = placesOf(study.waves.map(({ id }) => id));
  const found = new Map<string, ReadonlyMap<Rows, Cells | null>>();
  for (const outcome of outcomes) {
    const name = outcomeName(outcome);
    if (found.has(name)) continue;
    const scored = await scoreCells(vault, study, outcome);
    found.set(name, scored ? await kindsOf({ vault, study, outcome, scored, leaders, waves }) : new Map());
  }
  return (outcome, rows) => found.get(outcomeName(outcome))?.get(rows) ?? null;
};
