import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { toolCommand } from "../terminal/tool.ts";
import { whole } from "../terminal/usage.ts";
import { benchCore, benchDraws, type FlatSize } from "./core.ts";
import { benchDecide } from "./decide.ts";
import { benchIngest } from "./ingest.ts";
import { benchPersons } from "./persons.ts";
import { benchPublish } from "./publish.ts";
import { benchReports } from "./reports.ts";
import { benchServe } from "./serve.ts";
import { benchStages, type Size } from "./stages.ts";

const partNames = ["core", "decide", "ingest", "persons", "publish", "reports", "serve", "stages"] as const;

const named = (text: string): readonly string[] => {
  const unknown = text.split(",").filter((part) => !(partNames as readonly string[]).includes(part));
  if (unknown.length > 0) throw new InvalidArgumentError(`there is no ${unknown.join(", ")}`);
  return text.split(",");
};

const {
  large,
  parts: chosen,
  leaders,
} = toolCommand(
  "bench",
  "time and peak memory of every stage, in processes of their own",
  "--parts serve,reports --leaders 500",
)
  .option("--parts <parts>", `some of them, comma-separated: ${partNames.join(", ")}`, named, partNames)
  .option("--leaders <n>", "leaders whose reports are written", whole, 5_000)
  .option("--large", "also a study of ten million answers", false)
  .parse()
  .opts<{ readonly large: boolean; readonly parts: readonly string[]; readonly leaders: number }>();

/** Over three waves some 10 thousand, 100 thousand, a million answers; ten million with `--large`. */
const studies: readonly Size[] = [
  { leaders: 500, employees: 9 },
  { leaders: 5_000, employees: 9 },
  { leaders: 50_000, employees: 9 },
  ...(large ? [{ leaders: 50_000, employees: 90 }] : []),
];

const municipality = { leaders: 5_000, departments: 50, units: 500, waves: 3, scales: 8 };

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
const parts: Readonly<Record<(typeof partNames)[number], () => AsyncGenerator<string>>> = {
  core: async function* () {
    for (const size of files) yield await benchCore(folder, size);
    yield await benchDraws(folder);
  },
  decide: async function* () {
    yield await benchDecide(municipality);
  },
  ingest: async function* () {
    yield await benchIngest(folder, 1_000_000);
  },
  persons: async function* () {
    yield await benchPersons(folder, 1_000_000);
  },
  publish: async function* () {
    yield await benchPublish(folder, municipality);
  },
  reports: async function* () {
    yield await benchReports(folder, leaders);
  },
  serve: async function* () {
    yield await benchServe(folder);
  },
  stages: async function* () {
    for (const size of studies) yield await benchStages(folder, size);
  },
};
try {
  for (const [name, part] of Object.entries(parts))
    if (chosen.includes(name)) for await (const text of part()) say(text);
} finally {
  await rm(folder, { recursive: true, force: true });
}
