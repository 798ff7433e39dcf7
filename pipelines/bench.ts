import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../src/store/assets.ts";
import { stageNames } from "./run.ts";
import { textTable } from "./tables-in-text.ts";

/** Steps of the ladder: leaders and employees per leader, over three waves. */
const ladder = [
  { leaders: 500, employees: 9 },
  { leaders: 5_000, employees: 9 },
  { leaders: 50_000, employees: 9 },
] as const;

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly output: string;
}

const reportPeak =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS))";

/** Runs a command of the built product as its own process: wall seconds, and its peak memory as the system counts it. */
const measure = (...words: readonly string[]): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const since = performance.now();
    const child = spawn(process.execPath, [
      "--import",
      reportPeak,
      join(packageRoot, "dist/pipelines/cli.js"),
      ...words,
    ]);
    let output = "";
    let told = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      told += chunk.toString();
    });
    child.on("close", (code) => {
      const peak = /peak (\d+)/.exec(told)?.[1];
      if (code !== 0 || peak === undefined) reject(new Error(`spejl ${words.join(" ")}: ${told}`));
      else resolve({ seconds: (performance.now() - since) / 1000, megabytes: Number(peak) / 1024, output });
    });
  });

const cell = ({ seconds, megabytes }: Measured): readonly string[] => [
  `${seconds.toFixed(1)} s`,
  `${Math.round(megabytes)} MB`,
];

const climb = async (folder: string, { leaders, employees }: (typeof ladder)[number]): Promise<void> => {
  const study = join(folder, `study-${leaders}`);
  const simulated = await measure(
    "simulate",
    study,
    "--leaders",
    `${leaders}`,
    "--employees",
    `${employees}`,
    "--json",
  );
  const { rows } = JSON.parse(simulated.output) as { rows: number };
  const lines: (readonly string[])[] = [
    ["stage", "time", "peak"],
    ["simulate", ...cell(simulated)],
  ];
  for (const stage of stageNames) lines.push([stage, ...cell(await measure(stage, study, "--quiet"))]);
  lines.push(["unchanged", ...cell(await measure("run", study, "--quiet"))]);
  process.stdout.write(`\n${rows} rows, ${leaders} leaders\n${textTable(lines)}\n`);
  await rm(study, { recursive: true, force: true });
};

const folder = await mkdtemp(join(tmpdir(), "spejl-bench-"));
process.stdout.write(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}\n`,
);
try {
  for (const step of ladder) await climb(folder, step);
} finally {
  await rm(folder, { recursive: true, force: true });
}
