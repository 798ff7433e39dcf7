import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../src/store/assets.ts";
import { textTable } from "../terminal/text-table.ts";
import { instrument, items, study, writeAnswers } from "./ingest.ts";
import { cells, headings, runNode } from "./measure.ts";

/** A person erased from a study of many answers, and the study backed up and brought back: over itself, and into an empty folder. */
export const benchPersons = async (folder: string, answers: number): Promise<string> => {
  const home = join(folder, `persons-${answers}`);
  const [own, copy, empty] = [join(home, "study"), join(home, "copy"), join(home, "empty")];
  await mkdir(own, { recursive: true });
  const rows = Math.ceil(answers / items / 2);
  await writeFile(join(own, "study.yaml"), study);
  await writeFile(join(own, "instrument.yaml"), instrument);
  for (const [k, wave] of ["before", "after"].entries()) await writeAnswers(join(own, `${wave}.csv`), rows, k + 1);
  const spejl = (...words: readonly string[]) =>
    runNode(join(packageRoot, "dist/pipelines/cli.js"), ...words, "--quiet");
  const lines: (readonly string[])[] = [["", ...headings]];
  const add = async (name: string, ...words: readonly string[]): Promise<void> =>
    void lines.push([name, ...cells(await spejl(...words))]);
  await add("ingest", "ingest", own);
  await add("backup", "backup", copy, own, "--with-key");
  await add("restore into an empty folder", "restore", copy, empty);
  await add("ingest there, nothing changed", "ingest", empty);
  await add("erase a person of two deliveries", "erase", `r${rows - 1}`, own, "--yes");
  await add("restore from before the erasure", "restore", copy, own, "--yes");
  return `Persons and backups: ${2 * rows} rows × ${items} items\n${textTable(lines)}`;
};
