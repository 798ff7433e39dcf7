import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/store/assets.ts";
import { openVault } from "../../src/store/vault/open.ts";
import { copyOut } from "../../src/store/vault/read.ts";
import { textTable } from "../terminal/text-table.ts";
import { cells, headings, type Run, runNode, runR } from "./measure.ts";

/** A flat file of scored rows. */
export interface FlatSize {
  readonly rows: number;
  readonly leaders: number;
}

/** What one process does with the file; `inR` is what stands beside it there. */
const methods = [
  { method: "CR1", inR: "estimatr CR1" },
  { method: "CR2", inR: "estimatr CR2" },
  { method: "mixed", inR: "lme4 lmer, no df" },
] as const;

/** In the time of the processors, which other work on the machine does not lengthen. */
const ratio = (own: Run, other: Run): string =>
  "skipped" in own || "skipped" in other ? "–" : `${(other.processor / own.processor).toFixed(1)} ×`;

/** Largest relative difference of estimate and standard error; R's CR1 is Stata's, with a factor of its own. */
const agreement = (own: Run, other: Run, method: string): string => {
  if ("skipped" in own || "skipped" in other) return "–";
  const [a = 0, b = 0] = own.output.split(" ").map(Number);
  const [, c = "", d = ""] = other.output.split(" ");
  const differences = [Math.abs(a / Number(c) - 1), method === "CR1" ? 0 : Math.abs(b / Number(d) - 1)];
  return Math.max(...differences).toExponential(0);
};

const process = (...words: readonly string[]) =>
  runNode(join(packageRoot, "dist/pipelines/bench/core-process.js"), ...words);

const writeRows = async (folder: string, { rows, leaders }: FlatSize): Promise<string> => {
  const file = join(folder, `rows-${rows}-${leaders}.csv`);
  using vault = await openVault(folder);
  await copyOut(vault, "pipelines/bench/flat-rows.sql", file, { rows, leaders });
  return file;
};

/** The statistics core and R on the same flat file: file in, estimate out, each its own process. */
export const benchCore = async (folder: string, size: FlatSize): Promise<string> => {
  const file = await writeRows(folder, size);
  const lines: (readonly string[])[] = [["method", ...headings, "R", ...headings, "R ÷ own", "difference"]];
  for (const { method, inR } of methods) {
    const own = await process(file, method);
    const other = await runR(join(packageRoot, "pipelines/bench/core.R"), method, file);
    lines.push([method, ...cells(own), inR, ...cells(other), ratio(own, other), agreement(own, other, method)]);
  }
  await rm(file);
  return `${size.rows} rows, ${size.leaders} leaders, from a CSV file\n${textTable(lines)}`;
};

/** 9,999 draws on a thousand leaders, on this thread and on one per processor. */
export const benchDraws = async (folder: string): Promise<string> => {
  const size = { rows: 10_000, leaders: 1000 };
  const file = await writeRows(folder, size);
  const lines: (readonly string[])[] = [["9,999 draws", "threads", ...headings]];
  for (const method of ["wild", "randomisation"]) {
    for (const threads of [0, availableParallelism()]) {
      lines.push([method, `${threads}`, ...cells(await process(file, method, `${threads}`))]);
    }
  }
  await rm(file);
  return `${size.leaders} leaders, from a CSV file\n${textTable(lines)}`;
};
