import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { toolCommand } from "../terminal/tool.ts";
import { benchCore, benchDraws, type FlatSize } from "./core.ts";
import { benchDecide } from "./decide.ts";
import { benchIngest } from "./ingest.ts";
import { benchPersons } from "./persons.ts";
import { benchReports } from "./reports.ts";
import { benchStages, type Size } from "./stages.ts";

const { large } = toolCommand("bench", "time and peak memory of every stage, in processes of their own", "--large")
  .option("--large", "also a study of ten million answers", false)
  .parse()
  .opts<{ readonly large: boolean }>();

/** Over three waves some 10 thousand, 100 thousand, a million answers; ten million with `--large`. */
const studies: readonly Size[] = [
  { leaders: 500, employees: 9 },
  { leaders: 5_000, employees: 9 },
  { leaders: 50_000, employees: 9 },
  ...(large ? [{ leaders: 50_000, employees: 90 }] : []),
];

const files: readonly FlatSize[] = [
  { rows: 10_000, leaders: 1_000 },
  { rows: 100_000, leaders: 10_000 },
  { rows: 1_000_000, leaders: 50_000 },
  { rows: 10_000_000, leaders: 50_000 },
];

const folder = await mkdtemp(join(tmpdir(), "spejl-bench-"));
const say = (text: string): void => {
  process.stdout.write(`${text}\n\n`);
};
say(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; time of whole processes`,
);
try {
  for (const size of files) say(await benchCore(folder, size));
  say(await benchDraws(folder));
  say(await benchDecide({ leaders: 5_000, departments: 50, units: 500, waves: 3, scales: 8 }));
  say(await benchIngest(folder, 1_000_000));
  say(await benchPersons(folder, 1_000_000));
  say(await benchReports(folder, 5_000));
  for (const size of studies) say(await benchStages(folder, size));
} finally {
  await rm(folder, { recursive: true, force: true });
}
