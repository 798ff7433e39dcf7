import { packedLength, upper } from "../../stats/matrix/triangular.ts";
import type { Covariate } from "../../study/study.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import { columnsOfCovariate } from "../model/subgroup-model.ts";

/** A value of a covariate at which effects are read. */
export interface Level {
  /** The code; of a number `low` and `high`, one standard deviation below and above its mean over respondents, or the end of its range. */
  readonly id: string;
  /** The number; null for a code. */
  readonly value: number | null;
  /** The covariate's columns there, shifted as the cells are. */
  readonly at: readonly number[];
  /** By arm, units of allocation with a respondent there; null for a number. */
  readonly units: readonly number[] | null;
}

/** Values of the covariate among the respondents of a model, in the order of its codes; empty where it does not vary. */
export function levelsOf(fitted: FittedModel, covariate: Covariate): readonly Level[] {
  return covariate.kind === "numeric" ? lowAndHigh(fitted, covariate) : codes(fitted, covariate);
}

type NumericCovariate = Extract<Covariate, { readonly kind: "numeric" }>;

/** Part of a sum of squares below which it is rounding. */
const rounding = 1e-13;

function lowAndHigh(
  { source: { cells }, effects: { model } }: FittedModel,
  covariate: NumericCovariate,
): readonly Level[] {
  const [column] = columnsOfCovariate(cells, covariate) as [number];
  const m = cells.columns.length;
  const square = upper(m, column, column);
  let [n, sum, squares] = [0, 0, 0];
  model.cluster.forEach((g, c) => {
    if (g < 0) return;
    n += cells.n[c]!;
    sum += cells.sums[c * m + column]!;
    squares += cells.products[c * packedLength(m) + square]!;
  });
  const deviations = squares - (sum * sum) / n;
  if (!(n > 1 && deviations > rounding * squares)) return [];
  const sd = Math.sqrt(deviations / (n - 1));
  return [
    { id: "low", side: -1 },
    { id: "high", side: 1 },
  ].map(({ id, side }) => {
    const value = Math.min(Math.max(cells.shift[column]! + sum / n + side * sd, covariate.low), covariate.high);
    return { id, value, at: [value - cells.shift[column]!], units: null };
  });
}

/** Respondents with each code in one cell. */
function countsIn({ cells }: FittedModel["source"], columns: readonly number[], cell: number): readonly number[] {
  const m = cells.columns.length;
  const n = cells.n[cell]!;
  const others = columns.map((column) => cells.sums[cell * m + column]! + cells.shift[column]! * n);
  return [n - others.reduce((sum, count) => sum + count, 0), ...others];
}

function codes({ source, effects: { model } }: FittedModel, covariate: Covariate): readonly Level[] {
  if (covariate.kind === "numeric") return [];
  const { study, design, cells } = source;
  const columns = columnsOfCovariate(cells, covariate);
  const found = covariate.values.map(() => study.arms.map(() => new Set<number>()));
  model.cluster.forEach((g, c) => {
    if (g < 0) return;
    const arm = design.arm[cells.leader[c]!]!;
    countsIn(source, columns, c).forEach((count, level) => {
      if (count > 0.5) found[level]![arm]!.add(g);
    });
  });
  const units = found.map((arms) => arms.map(({ size }) => size));
  if (units.filter((arms) => arms.some((count) => count > 0)).length < 2) return [];
  return covariate.values.map(({ code }, level) => ({
    id: code,
    value: null,
    at: columns.map((column, k) => Number(k + 1 === level) - cells.shift[column]!),
    units: units[level]!,
  }));
}
