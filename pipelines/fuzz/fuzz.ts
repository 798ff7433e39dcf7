import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { runNode } from "../bench/measure.ts";
import { toolCommand } from "../terminal/tool.ts";
import { whole } from "../terminal/usage.ts";
import { type CellFinding, fuzzCells } from "./fuzz-cells.ts";
import { mergeTallies, type Tally } from "./fuzz-studies.ts";

const { files, fields, seed } = toolCommand(
  "fuzz",
  "damage files and cells by lot, and list what check and ingest do not keep of their promises",
  "--files 500 --fields 10000 --seed 2",
)
  .option("--files <n>", "changed files to read", whole, 10_000)
  .option("--fields <n>", "hostile cells to read", whole, 1_000_000)
  .option("--seed <n>", "seed of the lot", whole, 1)
  .parse()
  .opts<{ readonly files: number; readonly fields: number; readonly seed: number }>();

/** Studies of one process, and the heap that it may use; memory beside the heap counts in the peak. */
const batchSize = 50;
const heapMegabytes = 256;
const mostMegabytes = 512;
/** Each process waits for its disk about as long as it computes. */
const workers = 2 * availableParallelism();

const batchScript = fileURLToPath(import.meta.resolve("./batch.js"));

interface Batch {
  readonly tally: Tally;
  readonly megabytes: number;
}

const runBatch = async (from: number): Promise<Batch> => {
  const words = [`--max-old-space-size=${heapMegabytes}`, batchScript, ...[seed, from, from + batchSize].map(String)];
  try {
    const { output, megabytes } = await runNode(...words);
    return { tally: JSON.parse(output) as Tally, megabytes };
  } catch (fault) {
    const crashed = { index: from, files: {}, broken: [`the process stopped: ${String(fault)}`] };
    return { tally: { ...mergeTallies([]), studies: batchSize, findings: [crashed] }, megabytes: 0 };
  }
};

/** Batches side by side, until so many files have been read, or somebody wants to see what has been found so far. */
const runBatches = async (): Promise<readonly Batch[]> => {
  const batches: Batch[] = [];
  let next = 0;
  let done = 0;
  let stopped = false;
  process.once("SIGTERM", () => {
    stopped = true;
  });
  const work = async (): Promise<void> => {
    while (done < files && !stopped) {
      const from = next;
      next += batchSize;
      const batch = await runBatch(from);
      batches.push(batch);
      done += batch.tally.files;
      process.stderr.write(`${done} / ${files}\r`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return batches;
};

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `  ${count} ${code}`)
    .join("\n");

const said = ({ findings, ...tally }: Tally, megabytes: number, seconds: number): string =>
  [
    `${tally.files} changed files in ${tally.studies} studies, ${tally.rows} rows read; seed ${seed}; ${Math.round(seconds)} s; peak ${Math.round(megabytes)} MB`,
    `outcomes, in studies:\n${listed(tally.outcomes)}`,
    `warnings, in accepted studies:\n${listed(tally.warnings)}`,
    `reasons of rows in quarantine:\n${listed(tally.quarantined)}`,
    ...findings.map(
      (finding) => `study ${finding.index} ${JSON.stringify(finding.files)}\n  ${finding.broken.join("\n  ")}`,
    ),
    `${findings.length} studies broke a promise`,
  ].join("\n");

const sayCells = (findings: readonly CellFinding[], seconds: number): string =>
  [
    ...findings.map(({ cell, broken }) => `${JSON.stringify(cell)}\n  ${broken.join("\n  ")}`),
    `${fields} cells in ${Math.round(seconds)} s; ${findings.length} of them broke a promise`,
  ].join("\n");

let since = performance.now();
const seconds = (): number => (performance.now() - since) / 1000;
const cells = fuzzCells(seed, fields);
process.stdout.write(`${sayCells(cells, seconds())}\n`);
since = performance.now();
const batches = await runBatches();
const tally = mergeTallies(batches.map((batch) => batch.tally));
const megabytes = Math.max(0, ...batches.map((batch) => batch.megabytes));
process.stdout.write(`${said(tally, megabytes, seconds())}\n`);
if (cells.length > 0 || tally.findings.length > 0 || megabytes > mostMegabytes) process.exitCode = 1;
