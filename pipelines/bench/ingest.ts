import { createWriteStream } from "node:fs";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { textTable } from "../terminal/text-table.ts";
import { cells, headings, runNode } from "./measure.ts";

export const items = 36;
const separator = ";";

/** Whole numbers below `limit`, the same for the same seed (a linear congruential generator; Numerical Recipes). */
const wholes = (seed: number) => {
  let state = seed >>> 0;
  return (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
};

export const writeAnswers = async (file: string, rows: number, seed: number): Promise<void> => {
  const draw = wholes(seed);
  const output = createWriteStream(file);
  const names = Array.from({ length: items }, (_, k) => `q${k + 1}`);
  output.write(`${["respondent", "leader", "tenure", "weight", ...names].join(separator)}\n`);
  for (let start = 0; start < rows; start += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - start) }, (_, k) => {
      const row = start + k;
      const answers = names.map(() => 1 + draw(6));
      const weight = `${1 + draw(2)},${100 + draw(900)}5`;
      return [`r${row}`, `L${Math.floor(row / 20)}`, draw(41), weight, ...answers].join(separator);
    });
    if (!output.write(`${lines.join("\n")}\n`)) await new Promise<void>((resolve) => output.once("drain", resolve));
  }
  output.end();
  await finished(output);
};

export const instrument = `instrument: bench
answers: { 1: Strongly disagree, 2: Disagree, 3: Neither, 4: Agree, 5: Strongly agree }
missing: { 6: dont-know }
scales:
${Array.from(
  { length: items / 4 },
  (_, s) =>
    `  - { id: s${s + 1}, range: [1, 5], items: [${Array.from({ length: 4 }, (_, k) => `{ id: q${4 * s + k + 1} }`).join(", ")}] }`,
).join("\n")}
`;

export const study = `study: bench
waves: [{ id: before, from: 2020-01-01, to: 2020-01-31 }, { id: after, from: 2021-01-01, to: 2021-01-31 }]
instrument: instrument.yaml
deliveries:
  - { file: before.csv, wave: before, rater: employee, columns: { weight: weight } }
  - { file: after.csv, wave: after, rater: employee, columns: { weight: weight } }
covariates: [{ id: tenure, from: employee, range: [0, 50] }]
analysis: { primary: [s1] }
`;

/** Reads a file into a table of its own and does nothing else: what every ingest must do at least. */
const runPlain = (file: string, options: string, database: string) =>
  runNode(
    "--input-type=module",
    "--eval",
    `import { DuckDBInstance } from ${JSON.stringify(import.meta.resolve("@duckdb/node-api"))};
     const instance = await DuckDBInstance.create(${JSON.stringify(database)});
     const connection = await instance.connect();
     await connection.run("CREATE TABLE t AS SELECT * FROM read_csv('${file}', delim = '${separator}', ${options})");
     connection.closeSync();
     instance.closeSync();`,
  );

/** A large delivery, beside DuckDB's own reading of the same file; and the same study after one answer of one file changed. */
export const benchIngest = async (folder: string, rows: number): Promise<string> => {
  const home = join(folder, `ingest-${rows}`);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "study.yaml"), study);
  await writeFile(join(home, "instrument.yaml"), instrument);
  const before = join(home, "before.csv");
  await writeAnswers(before, rows, 1);
  await writeFile(join(home, "after.csv"), (await readFile(before, "utf8")).slice(0, 4096).replace(/[^\n]*$/, ""));
  const cli = ["dist/pipelines/cli.js", "ingest", home, "--quiet"];
  const typed = await runPlain(before, "decimal_separator = ','", join(home, "typed.duckdb"));
  const text = await runPlain(before, "all_varchar = true", join(home, "text.duckdb"));
  const first = await runNode(...cli);
  const same = await runNode(...cli);
  await appendFile(join(home, "after.csv"), `another;L1;3;1,5;${Array(items).fill(1).join(separator)}\n`);
  const changed = await runNode(...cli);
  return `Ingest of ${rows} rows × ${items + 4} columns\n${textTable([
    ["", ...headings],
    ["DuckDB read_csv, types found", ...cells(typed)],
    ["DuckDB read_csv, all text", ...cells(text)],
    ["spejl ingest", ...cells(first)],
    ["spejl ingest, nothing changed", ...cells(same)],
    ["spejl ingest, one row added to another file", ...cells(changed)],
  ])}`;
};
