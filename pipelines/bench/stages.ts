import { rm } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../src/store/assets.ts";
import { stageNames } from "../run.ts";
import { textTable } from "../terminal/text-table.ts";
import { cells, headings, runNode } from "./measure.ts";

/** A synthetic study over three waves: leaders, and employees of each. */
export interface Size {
  readonly leaders: number;
  readonly employees: number;
}

/** Every stage of the product on one study, each command its own process, and a run with nothing left to do. */
export const benchStages = async (folder: string, { leaders, employees }: Size): Promise<string> => {
  const study = join(folder, `study-${leaders}-${employees}`);
  const spejl = (...words: readonly string[]) => runNode(join(packageRoot, "dist/pipelines/cli.js"), ...words);
  const size = ["--leaders", `${leaders}`, "--employees", `${employees}`];
  const simulated = await spejl("simulate", study, ...size, "--json");
  const { rows } = JSON.parse(simulated.output) as { rows: number };
  const lines: (readonly string[])[] = [
    ["stage", ...headings],
    ["simulate", ...cells(simulated)],
  ];
  for (const stage of stageNames) lines.push([stage, ...cells(await spejl(stage, study, "--quiet"))]);
  lines.push(["unchanged", ...cells(await spejl("run", study, "--quiet"))]);
  await rm(study, { recursive: true, force: true });
  return `${rows} rows, ${leaders} leaders\n${textTable(lines)}`;
};
