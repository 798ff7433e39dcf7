import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { packageRoot } from "../../src/store/assets.ts";
import { textTable } from "../terminal/text-table.ts";
import type { Organisation } from "./drawn-teams.ts";
import { cells, headings, runNode } from "./measure.ts";

interface StudyFile {
  readonly deliveries: readonly { readonly file: string; readonly rater: string }[];
  readonly analysis: object;
}

const scales = [
  ...["transformational", "verbal-rewards", "material-rewards", "sanctions"],
  ...["active-vision", "boundary-crossing", "co-creation", "motivation"],
];

/** Leaders in turn in so many units, and units in departments; columns as `simulate` writes them. */
const placed = (roster: string, { departments, units }: Organisation): string => {
  const [head = "", ...rows] = roster.trimEnd().split("\n");
  const lines = rows.map((row, k) => {
    const [leader, arm, , , ...rest] = row.split(";");
    const unit = k % units;
    return [leader, arm, `D${Math.floor((unit * departments) / units)}`, `U${unit}`, ...rest].join(";");
  });
  return `${[head, ...lines].join("\n")}\n`;
};

/** Every scale is shown; indicators are of units by name, of which these have others. */
const everyScale = (text: string, count: number): string => {
  const { deliveries, analysis, ...rest } = parse(text) as StudyFile;
  return stringify({
    ...rest,
    deliveries: deliveries.filter(({ rater }) => rater !== "indicator"),
    analysis: { primary: scales.slice(0, count), covariates: [], confidence: 0.95 },
  });
};

/** Publishing a first release and, after one late answer, a second one beside it: each a process of its own. */
export const benchPublish = async (folder: string, organisation: Organisation): Promise<string> => {
  const study = join(folder, "study-published");
  const spejl = (...words: readonly string[]) => runNode(join(packageRoot, "dist/pipelines/cli.js"), ...words);
  const { leaders, departments, units, waves, scales: count } = organisation;
  await spejl("simulate", study, "--leaders", `${leaders}`, "--employees", "9", "--waves", `${waves}`, "--quiet");
  const file = (name: string) => join(study, name);
  await writeFile(file("roster.csv"), placed(await readFile(file("roster.csv"), "latin1"), organisation), "latin1");
  await writeFile(file("study.yaml"), everyScale(await readFile(file("study.yaml"), "utf8"), count));
  await spejl("estimate", study, "--quiet");
  const first = await spejl("publish", study, "--quiet");
  const delivery = (parse(await readFile(file("study.yaml"), "utf8")) as StudyFile).deliveries.findLast(
    ({ rater }) => rater === "employee",
  )!;
  const [, row = ""] = (await readFile(file(delivery.file), "latin1")).split("\n");
  await appendFile(file(delivery.file), `late${row.slice(row.search(/[;,]/))}\n`, "latin1");
  await spejl("estimate", study, "--quiet");
  const second = await spejl("publish", study, "--quiet");
  await rm(study, { recursive: true, force: true });
  return `Publishing: ${leaders} leaders, ${departments} departments, ${units} units, ${waves} waves, ${count} scales\n${textTable(
    [
      ["release", ...headings],
      ["the first", ...cells(first)],
      ["after one late answer", ...cells(second)],
    ],
  )}`;
};
