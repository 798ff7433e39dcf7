import type { ScaleSums } from "../../src/estimation/measurement/measurement.ts";
import {
  slightlySkewedVariance,
  uniformVariance,
  withinGroupAgreement,
} from "../../src/stats/measurement/agreement.ts";
import { itemTables } from "../stats/measurement/item-tables.ts";

/** Answers of one respondent; null where an item was not answered. */
export interface ItemRow {
  readonly leader: string;
  readonly answers: readonly (number | null)[];
}

function pairSums(rows: readonly ItemRow[], order: number): NonNullable<ScaleSums["pairs"]> {
  const matrix = () => new Float64Array(order * order);
  const pairs = { shift: 0, n: matrix(), sums: matrix(), squares: matrix(), products: matrix() };
  for (const { answers } of rows) {
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < order; j++) {
        const x = answers[i] ?? null;
        const other = answers[j] ?? null;
        if (x === null || other === null) continue;
        pairs.n[i * order + j]! += 1;
        pairs.sums[i * order + j]! += x;
        pairs.squares[i * order + j]! += x * x;
        pairs.products[i * order + j]! += x * other;
      }
    }
  }
  return pairs;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** Means of rwg(j) over leaders with two complete respondents, five answers. */
function agreementOf(teams: readonly (readonly ItemRow[])[], order: number): ScaleSums["agreement"] {
  const values = teams.flatMap((team) => {
    const complete = team.filter(({ answers }) => !answers.includes(null));
    if (complete.length < 2) return [];
    const variances = Array.from({ length: order }, (_, i) => varianceOf(complete.map(({ answers }) => answers[i]!)));
    return [meanOf(variances)];
  });
  const against = (nullVariance: number): number | null =>
    values.length > 0 ? meanOf(values.map((value) => withinGroupAgreement(value, order, nullVariance))) : null;
  return {
    mean: against(uniformVariance(5)),
    skewed: against(slightlySkewedVariance(5)!),
    leaders: values.length,
    answers: 5,
  };
}

/** Sums of a scale of 1–5 items: a score needs half of the items. */
export function madeSums(rows: readonly ItemRow[], items: readonly string[]): ScaleSums {
  const answered = ({ answers }: ItemRow): number[] => answers.filter((answer) => answer !== null);
  const scored = rows.filter((row) => answered(row).length >= items.length / 2);
  const leaders = [...new Set(scored.map((row) => row.leader))];
  const teams = leaders.map((leader) => scored.filter((row) => row.leader === leader));
  const total = (team: readonly ItemRow[]): number => team.reduce((sum, row) => sum + meanOf(answered(row)) - 3, 0);
  return {
    scale: "scale",
    rater: "employee",
    wave: "before",
    kind: "items",
    items,
    pairs: pairSums(scored, items.length),
    tables: itemTables(
      rows.map((row) => row.answers),
      items.length,
      5,
    ),
    score: {
      n: scored.length,
      shift: 3,
      sum: total(scored),
      sumOfSquares: scored.reduce((sum, row) => sum + (meanOf(answered(row)) - 3) ** 2, 0),
      leaders: teams.length,
      between: teams.reduce((sum, team) => sum + total(team) ** 2 / team.length, 0),
    },
    agreement: agreementOf(teams, items.length),
    missing: items.map((_, i) => ({ blank: scored.filter(({ answers }) => answers[i] === null).length })),
  };
}
