import type { CellsOf, Extent, Rows } from "../../src/estimation/cells-of.ts";
import { followUpWaves } from "../../src/estimation/design.ts";
import type { Cells, WeightedCells } from "../../src/stats/moments.ts";
import { readColumns, type Vault } from "../../src/store/vault.ts";
import { reportedSpan } from "../../src/study/items.ts";
import type { Outcome, Study } from "../../src/study/study.ts";
import { modelMoments, panelMoments, weightedMoments } from "../../src/tables/moments.ts";
import { resolution, scoreMoments } from "../../src/tables/scored.ts";
import { modelColumnsOf, outcomeName, plansEstimator } from "../summarize/columns.ts";

type Places = ReadonlyMap<string, number>;

const placesOf = (names: readonly string[]): Places => new Map(names.map((name, place) => [name, place]));
const indices = (names: readonly string[], places: Places): Int32Array =>
  Int32Array.from(names, (name) => places.get(name) ?? -1);

const scoreCells = async (vault: Vault, outcome: Outcome, leaders: Places, waves: Places): Promise<Cells | null> => {
  const bound = { scale: outcome.scale, rater: outcome.rater ?? "" };
  const rows = await readColumns(vault, scoreMoments, "pipelines/estimate/score-cells.sql", bound);
  if (rows.n.length === 0) return null;
  return {
    columns: [outcome.scale],
    shift: Float64Array.of(rows.shift[0] ?? 0),
    leader: indices(rows.leader, leaders),
    wave: indices(rows.wave, waves),
    n: Float64Array.from(rows.n),
    sums: Float64Array.from(rows.sum),
    products: Float64Array.from(rows.sum_of_squares),
    dropped: 0,
  };
};

/** Multiplies a row of sums, or of products, from steps into reported units. */
const intoUnits = (rows: readonly (readonly number[])[], units: Float64Array): Float64Array => {
  const width = units.length;
  const flat = new Float64Array(rows.length * width);
  rows.forEach((row, r) => {
    for (let k = 0; k < width; k += 1) flat[r * width + k] = (row[k] as number) * (units[k] as number);
  });
  return flat;
};

/** Columns of an outcome's moments, with their shifts and units; `complete` has the plan's covariates first. */
const frameOf = (study: Study, outcome: Outcome, scored: Cells, extent: Extent) => {
  const scale = study.instrument.scales.find(({ id }) => id === outcome.scale);
  const columns = extent === "complete" ? modelColumnsOf(study) : [];
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
interface Added {
  readonly leader: readonly string[];
  readonly wave: readonly string[];
  readonly n: readonly number[];
  readonly sums: readonly (readonly number[])[];
  readonly products: readonly (readonly number[])[];
}

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

const cellsFrom = ({ study, outcome, scored, leaders, waves }: Reading, extent: Extent, rows: Added): Cells => {
  const { columns, shift, units, pairs } = frameOf(study, outcome, scored, extent);
  return {
    columns,
    shift,
    leader: indices(rows.leader, leaders),
    wave: indices(rows.wave, waves),
    n: Float64Array.from(rows.n),
    sums: intoUnits(rows.sums, units),
    products: intoUnits(rows.products, pairs),
    dropped: extent === "complete" ? total(scored.n) - total(rows.n) : 0,
  };
};

const boundTo = ({ outcome }: Reading) => ({ scale: outcome.scale, rater: outcome.rater ?? "" });

const modelCells = async (reading: Reading): Promise<Cells | null> => {
  const rows = await readColumns(reading.vault, modelMoments, "pipelines/estimate/model-cells.sql", boundTo(reading));
  return rows.n.length === 0 ? null : cellsFrom(reading, "complete", rows);
};

const panelCells = async (reading: Reading, panel: string, extent: Extent): Promise<Cells | null> => {
  const bound = { ...boundTo(reading), panel, extent };
  const rows = await readColumns(reading.vault, panelMoments, "pipelines/estimate/panel-cells.sql", bound);
  return rows.n.length === 0 ? null : cellsFrom(reading, extent, rows);
};

const weightedCells = async (reading: Reading, extent: Extent): Promise<WeightedCells | null> => {
  const bound = { ...boundTo(reading), extent };
  const rows = await readColumns(reading.vault, weightedMoments, "pipelines/estimate/weighted-cells.sql", bound);
  if (rows.n.length === 0) return null;
  const { leader, wave } = rows;
  const of = (n: readonly number[], sums: Added["sums"], products: Added["products"]) =>
    cellsFrom(reading, extent, { leader, wave, n, sums, products });
  const numbers = (values: readonly (readonly (number | null)[])[]) => values as Added["sums"];
  return {
    ...of(rows.weight, numbers(rows.weighted_sums), numbers(rows.weighted_products)),
    plain: of(rows.n, numbers(rows.sums), numbers(rows.products)),
    squared: of(rows.squared_weight, numbers(rows.squared_sums), numbers(rows.squared_products)),
  };
};

const extents: readonly Extent[] = ["all", "complete"];

/** Every kind of cells of one outcome that the plan's estimators may ask for. */
const kindsOf = async (reading: Reading): Promise<ReadonlyMap<Rows, Cells | null>> => {
  const { study, scored } = reading;
  const kinds = new Map<Rows, Cells | null>([
    ["all", scored],
    ["complete", await modelCells(reading)],
  ]);
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
    const scored = await scoreCells(vault, outcome, leaders, waves);
    found.set(name, scored ? await kindsOf({ vault, study, outcome, scored, leaders, waves }) : new Map());
  }
  return (outcome, rows) => found.get(outcomeName(outcome))?.get(rows) ?? null;
};
