import type { CellsOf } from "../../src/estimation/cells-of.ts";
import type { Cells } from "../../src/stats/moments.ts";
import { readColumns, type Vault } from "../../src/store/vault.ts";
import { reportedSpan } from "../../src/study/items.ts";
import type { Outcome, Study } from "../../src/study/study.ts";
import { modelMoments } from "../../src/tables/moments.ts";
import { resolution, scoreMoments } from "../../src/tables/scored.ts";
import { modelColumnsOf, outcomeName } from "../summarize/summarize.ts";

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

const modelCells = async (
  vault: Vault,
  study: Study,
  outcome: Outcome,
  scored: Cells,
  leaders: Places,
  waves: Places,
): Promise<Cells | null> => {
  const bound = { scale: outcome.scale, rater: outcome.rater ?? "" };
  const rows = await readColumns(vault, modelMoments, "pipelines/estimate/model-cells.sql", bound);
  if (rows.n.length === 0) return null;
  const columns = modelColumnsOf(study);
  const scale = study.instrument.scales.find(({ id }) => id === outcome.scale);
  if (scale === undefined) return null;
  const units = Float64Array.from(
    [...columns.map(({ low, high }) => high - low), reportedSpan(scale)],
    (width) => width / resolution,
  );
  const pairs = Float64Array.from([...units].flatMap((unit, i) => [...units.subarray(i)].map((other) => unit * other)));
  const n = Float64Array.from(rows.n);
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  return {
    columns: [...columns.map(({ name }) => name), outcome.scale],
    shift: Float64Array.from([...columns.map(({ low, high }) => (low + high) / 2), scored.shift[0] ?? 0]),
    leader: indices(rows.leader, leaders),
    wave: indices(rows.wave, waves),
    n,
    sums: intoUnits(rows.sums, units),
    products: intoUnits(rows.products, pairs),
    dropped: total(scored.n) - total(n),
  };
};

/** Reads the cells of all outcomes that the study asks about, with and without covariates. */
export const readCells = async (
  vault: Vault,
  study: Study,
  outcomes: readonly Outcome[],
  leaderIds: readonly string[],
): Promise<CellsOf> => {
  const leaders = placesOf(leaderIds);
  const waves = placesOf(study.waves.map(({ id }) => id));
  const found = new Map<string, { readonly scored: Cells | null; readonly model: Cells | null }>();
  for (const outcome of outcomes) {
    const name = outcomeName(outcome);
    if (found.has(name)) continue;
    const scored = await scoreCells(vault, outcome, leaders, waves);
    const model = scored && (await modelCells(vault, study, outcome, scored, leaders, waves));
    found.set(name, { scored, model });
  }
  return (outcome, rows) => {
    const cells = found.get(outcomeName(outcome));
    return (rows === "complete" ? cells?.model : rows === "all" ? cells?.scored : null) ?? null;
  };
};
