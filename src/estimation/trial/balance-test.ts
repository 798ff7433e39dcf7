import { type DrawnUnits, omnibusBalance } from "../../stats/draws/omnibus-balance.ts";
import type { Study } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { ofClusters } from "../design/clusters.ts";
import { controlArm, type Design } from "../design/design.ts";
import type { Status } from "../design/status.ts";
import { type BalanceVariable, balanceVariables } from "./balance-variables.ts";

/**
 * Are the arms alike in everything that `balance` lists, tested at once by drawing the arms again: units of allocation
 * within blocks, each with the mean of its rows. Where nobody drew, p is what it would be if somebody had.
 */
export interface BalanceTest {
  /** d² of Hansen & Bowers (2008), and how many differences it holds. */
  readonly statistic: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly draws: number;
  /** Of which at least two units have a value. */
  readonly covariates: readonly string[];
  readonly status: Status;
}

/** From so many numbers on, what a draw costs outweighs what a further digit of p is worth. */
const largeDesign = 20_000;

/** Mean of a variable's rows by unit of allocation, NaN where it has none. */
function unitMeans({ cluster, clusters }: Design, { leaders }: BalanceVariable): Float64Array {
  const rows = new Float64Array(clusters);
  const sums = new Float64Array(clusters);
  for (const one of leaders ?? []) {
    rows[cluster[one.leader]!]! += one.rows;
    sums[cluster[one.leader]!]! += one.sum;
  }
  return sums.map((sum, g) => sum / rows[g]!);
}

function drawnUnits(study: Study, design: Design, means: readonly Float64Array[]): DrawnUnits {
  const arm = ofClusters(design, design.arm);
  const block = ofClusters(design, design.block);
  const units = Int32Array.from(arm.keys()).filter((g) => arm[g]! >= 0);
  return {
    values: Float64Array.from(Array.from(units).flatMap((g) => means.map((ofUnits) => ofUnits[g]!))),
    variables: means.length,
    label: units.map((g) => arm[g]!),
    arms: study.arms.length,
    block: units.map((g) => block[g]!),
  };
}

/** The omnibus test of balance; null for a study without a control arm. */
export function balanceTest(
  study: Study,
  design: Design,
  roster: readonly RosterRow[],
  cellsOf: CellsOf,
): BalanceTest | null {
  if (controlArm(study) < 0) return null;
  const variables = balanceVariables(study, design, roster, cellsOf)
    .map(({ name, ...variable }) => ({ name, means: unitMeans(design, { name, ...variable }) }))
    .filter(({ means }) => means.filter((mean) => !Number.isNaN(mean)).length >= 2);
  const covariates = variables.map(({ name }) => name);
  const none = { statistic: null, df: null, p: null, draws: 0, covariates };
  if (variables.length === 0) return { ...none, status: "no-data" };
  const units = drawnUnits(
    study,
    design,
    variables.map(({ means }) => means),
  );
  const draws = units.values.length > largeDesign ? 999 : 9999;
  const found = omnibusBalance(units, { seed: study.seed, draws });
  return found === null ? { ...none, status: "no-variation" } : { ...found, covariates, status: "estimated" };
}
