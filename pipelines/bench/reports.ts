import { rm } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../src/store/assets.ts";
import { textTable } from "../terminal/text-table.ts";
import { cells, headings, runNode } from "./measure.ts";

/** The reports of all leaders of one study: as pages for a browser, and as typeset sheets. */
export const benchReports = async (folder: string, leaders: number): Promise<string> => {
  const study = join(folder, `reports-${leaders}`);
  const spejl = (...words: readonly string[]) => runNode(join(packageRoot, "dist/pipelines/cli.js"), ...words);
  await spejl("simulate", study, "--leaders", `${leaders}`, "--employees", "9", "--quiet");
  await spejl("run", study, "--quiet");
  const all = (...words: readonly string[]) => spejl("report", "leader", "--all", study, ...words, "--quiet");
  const lines = [
    ["leaders' reports", ...headings],
    ["HTML", ...cells(await all())],
    ["PDF", ...cells(await all("--pdf"))],
  ];
  await rm(study, { recursive: true, force: true });
  return `${leaders} leaders\n${textTable(lines)}`;
};
