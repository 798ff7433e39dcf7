import { rmSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { packageRoot } from "../../src/store/assets.ts";
import { toolCommand } from "../terminal/tool.ts";
import { whole } from "../terminal/usage.ts";
import { drawMutants } from "./mutants.ts";
import { makeTree, sourcesIn } from "./tree.ts";
import { endTests, readTests, type Tried, tryMutant } from "./trial.ts";

const command = toolCommand(
  "mutation",
  "change the sources in small ways, one at a time, and count the changes that the tests find",
  "src/formats src/store pipelines/ingest --sample 150 --seed 1",
)
  .argument("<paths...>", "folders or files of sources")
  .option("--sample <n>", "changes drawn by lot of all that there are", whole, 100)
  .option("--seed <n>", "seed of the lot", whole, 1)
  .option("--tests <paths...>", "only these folders or files of tests; all where it is not said")
  .option("--seconds <n>", "time of tests for each change that none finds", whole, 120)
  .option("--jobs <n>", "changes tried side by side", whole, 2)
  .option("--out <file>", "also write each result there, one JSON document a line")
  .parse();
const paths = command.args;
const options = command.opts<{
  readonly sample: number;
  readonly seed: number;
  readonly tests?: readonly string[];
  readonly seconds: number;
  readonly jobs: number;
  readonly out?: string;
}>();

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const sources = sourcesIn(packageRoot, paths);
if (sources.length === 0) {
  process.stderr.write(`No sources in ${paths.join(" ")}: name folders of the package, such as src/formats.\n`);
  process.exit(2);
}
const drawn = await drawMutants(packageRoot, sources, options.sample, options.seed);
say(`${drawn.mutants.length} of ${drawn.all} changes in ${sources.length} sources, seed ${options.seed}`);

const tree = await makeTree(packageRoot, drawn.instrumented);
const clear = () => rmSync(tree, { recursive: true, force: true, maxRetries: 5 });
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    endTests();
    clear();
    process.exit(130);
  });

const { tests, failing } = await readTests(tree, options.tests ?? []);
for (const path of failing) say(`${path} fails without a change in the copy, and is not used`);
const reaching = tests.filter(({ reaches }) => reaches.size > 0);
say(`${tests.length} files of tests pass without a change, ${reaching.length} of them reach one that is drawn`);

const waiting = [...drawn.mutants];
const results: Tried[] = [];
const work = async (): Promise<void> => {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const tried = await tryMutant(tree, mutant, reaching, options.seconds);
    results.push(tried);
    if (options.out !== undefined) await appendFile(options.out, `${JSON.stringify(tried)}\n`);
    process.stderr.write(`${results.length} / ${drawn.mutants.length}\r`);
  }
};
await Promise.all(Array.from({ length: options.jobs }, work));
clear();

const isFound = ({ end }: Tried): boolean => end === "found" || end === "found by time";
for (const { mutant, end, run, reaching } of results.filter((tried) => !isFound(tried)))
  say(
    `${mutant.file}:${mutant.line} ${mutant.kind} → ${mutant.replacement.slice(0, 80)}: ${end}, ${run} of ${reaching} files tried`,
  );
const found = results.filter(isFound);
const slow = found.filter(({ end }) => end === "found by time").length;
say(
  `${found.length} of ${results.length} found, ${((100 * found.length) / results.length).toFixed(0)} % (${slow} by time)`,
);
