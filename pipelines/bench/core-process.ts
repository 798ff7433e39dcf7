import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { randomisationTask, randomisationTest } from "../../src/stats/draws/randomisation-test.ts";
import { membersOf, wildBootstrap, wildTask } from "../../src/stats/draws/wild-bootstrap.ts";
import { mixedModel } from "../../src/stats/mixed/model.ts";
import { type CellModel, modelRows } from "../../src/stats/moments/model-rows.ts";
import { type ClusterRobustType, clusterRobust } from "../../src/stats/regression/cluster-robust.ts";
import { leastSquares } from "../../src/stats/regression/least-squares.ts";
import { openVault, type Vault } from "../../src/store/vault/open.ts";
import { readNumbers } from "../../src/store/vault/read.ts";
import { resolution } from "../../src/tables/scored.ts";
import { openDrawPool } from "../estimate/draw-pool.ts";

/** One estimate from a flat file, all in one process: file, method, threads for draws. */
const [file = "", method = "CR2", threads = `${availableParallelism()}`] = process.argv.slice(2);

const steps = [1, 50, 100].map((width) => width / resolution);
const pairs = steps.flatMap((step, i) => steps.slice(i).map((other) => step * other));

const inUnits = (values: Float64Array, units: readonly number[]): Float64Array =>
  values.map((value, at) => value * (units[at % units.length] as number));

const readModel = async (vault: Vault): Promise<CellModel> => {
  const read = await readNumbers(vault, "pipelines/bench/leader-moments.sql", { file, resolution });
  const { leader, treated, n, sums, products } = read as Record<
    "leader" | "treated" | "n" | "sums" | "products",
    Float64Array
  >;
  const clusters = leader.length;
  return {
    cells: {
      columns: ["x1", "x2", "y"],
      shift: Float64Array.of(0.5, 25, 50),
      leader: Int32Array.from(leader.keys()),
      wave: new Int32Array(clusters),
      n,
      sums: inUnits(sums, steps),
      products: inUnits(products, pairs),
      dropped: 0,
    },
    cluster: Int32Array.from(leader.keys()),
    clusters,
    columns: [
      { name: "(intercept)", kind: "numbers", values: new Float64Array(clusters).fill(1) },
      { name: "x1", kind: "row", column: 0 },
      { name: "x2", kind: "row", column: 1 },
      { name: "treated", kind: "numbers", values: treated },
    ],
    level: "rows",
  };
};

const analyse = async (model: CellModel): Promise<readonly number[]> => {
  const rows = modelRows(model);
  const fit = leastSquares(rows);
  const contrast = Float64Array.of(0, 0, 0, 1);
  await using pool = openDrawPool(Number(threads), () => undefined);
  const options = { seed: 1, draws: 9999 };
  if (method === "mixed") {
    const effects = { inner: "cluster", outer: null } as const;
    const model = mixedModel({ fit, counts: rows.counts, effects, likelihood: "REML", contrasts: [contrast] });
    const found = model.status === "estimated" ? model.contrasts[0] : undefined;
    const df = found?.satterthwaite.df ?? null;
    if (!found || df === null) throw new Error("The mixed model has no answer.");
    return [found.estimate, Math.sqrt(found.satterthwaite.variance), df, found.kenwardRoger.df];
  }
  if (method === "wild") {
    const task = wildTask(fit, [contrast], { ...options, members: membersOf(fit), adjustment: 0 });
    const [found] = wildBootstrap(task, await pool.draws(task), 0.95);
    return found ? [found.estimate, found.se, found.p] : [];
  }
  if (method === "randomisation") {
    const { values } = model.columns[3] as { readonly values: Float64Array };
    const task = randomisationTask(
      {
        rows: modelRows({ ...model, columns: model.columns.slice(0, 3) }),
        label: Int32Array.from(values, (treated) => treated - 1),
        block: new Int32Array(model.clusters),
        arms: 1,
        carriers: ["(intercept)"],
      },
      options,
    );
    const [found] = randomisationTest(task, await pool.draws(task));
    return found ? [found.estimate, found.se, found.p] : [];
  }
  return clusterRobust(fit, method as ClusterRobustType, [contrast]).contrasts.flatMap(({ estimate, variance, df }) => [
    estimate,
    Math.sqrt(variance),
    df,
  ]);
};

const folder = await mkdtemp(join(tmpdir(), "spejl-core-"));
try {
  using vault = await openVault(folder);
  process.stdout.write(`${(await analyse(await readModel(vault))).join(" ")}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
