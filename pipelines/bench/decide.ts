import { join } from "node:path";
import type { Suppressed } from "../../src/disclosure/lattice/decided.ts";
import { packageRoot } from "../../src/store/assets.ts";
import { textTable } from "../terminal/text-table.ts";
import type { Organisation } from "./drawn-teams.ts";
import { cells, headings, runNode } from "./measure.ts";

/** Disclosure control of one release: what is shown of departments and units, even ones and very uneven ones. */
export const benchDecide = async (organisation: Organisation): Promise<string> => {
  const lines: (readonly string[])[] = [["units", ...headings, "suppressed of what is large enough"]];
  for (const evenness of ["even", "uneven"]) {
    const script = join(packageRoot, "dist/pipelines/bench/decide-process.js");
    const run = await runNode(script, JSON.stringify(organisation), evenness);
    const costs = JSON.parse(run.output) as readonly Suppressed<string>[];
    const said = costs.map(({ grouping, suppressed, large }) => `${grouping} ${suppressed} of ${large}`);
    lines.push([evenness, ...cells(run), said.join(", ")]);
  }
  const { leaders, departments, units, waves, scales } = organisation;
  return `Disclosure control: ${leaders} leaders, ${departments} departments, ${units} units, ${waves} waves, ${scales} scales\n${textTable(lines)}`;
};
