import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Argument } from "commander";
import { packageRoot } from "../../../src/store/assets.ts";
import { textTable } from "../../terminal/text-table.ts";
import { toolCommand } from "../../terminal/tool.ts";

import { familyError } from "./family-error.ts";
import { leeCoverage } from "./lee-coverage.ts";
import { singularModels } from "./singular-models.ts";
import { type Cell, markdownOf, rowOf, type Table } from "./table.ts";

/** Every table; those named at the command line are made anew, the others stay as they are stored. */
const tables: readonly Table[] = [familyError, leeCoverage, singularModels];

/** What is stored beside the page: the cells by table, so that a table can be made anew alone. */
interface Stored {
  readonly seed: number;
  readonly cells: Readonly<Record<string, readonly Cell[]>>;
}

const seed = 20180601;
const file = join(packageRoot, "data/few-leaders.json");

const lead = `# Few leaders

What the statistics do with 5 to 20 leaders per arm, by drawing studies and estimating them with the code that estimates a study. In percent, ± 1.96 Monte-Carlo standard errors. Seed ${seed}. Made anew by \`npm run simulate:few-leaders\` (a table's name after \`--\` makes that table alone).
`;

async function run(table: Table): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for await (const cell of table.run(table.replications, seed)) {
    cells.push(cell);
    process.stdout.write(`${textTable([[table.id, ...rowOf(cell)]])}\n`);
  }
  return cells;
}

const named = toolCommand(
  "simulate:few-leaders",
  "what the statistics do with few leaders, by drawing studies; writes data/few-leaders.md",
  tables[0]!.id,
)
  .addArgument(new Argument("[tables...]", "tables to make anew (default: all)").choices(tables.map(({ id }) => id)))
  .parse().args;
const { cells } = await readFile(file, "utf8").then(
  (text) => JSON.parse(text) as Stored,
  () => ({ cells: {} }) as Pick<Stored, "cells">,
);
const all: Record<string, readonly Cell[]> = { ...cells };
for (const table of tables) {
  if (named.length === 0 || named.includes(table.id)) all[table.id] = await run(table);
}
await writeFile(file, `${JSON.stringify({ seed, cells: all } satisfies Stored, null, 1)}\n`);
const pages = tables.flatMap((table) => (all[table.id] ? [markdownOf(table, table.replications, all[table.id]!)] : []));
await writeFile(join(packageRoot, "data/few-leaders.md"), [lead, ...pages].join("\n"));
