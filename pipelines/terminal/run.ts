import type { Analysis } from "../../src/estimation/analysis.ts";
import { ingestJson, type RunReport, type StageName } from "../run.ts";
import { allocationText, responseTable } from "./allocation.ts";
import { boundsTable } from "./bounds.ts";
import { jointTestTable } from "./comparisons.ts";
import { estimateTable } from "./estimates.ts";
import { coercionLines, ingestTable, quarantineLines, warningLines } from "./ingest.ts";
import { invarianceTable } from "./invariance.ts";
import { overdueText } from "./persons.ts";
import { intendedPerceivedTables } from "./ratings.ts";
import { responseBoundsTable } from "./response-bounds.ts";
import { scoreTable } from "./score.ts";
import { specificationTable } from "./specifications.ts";
import { subgroupTables } from "./subgroups.ts";
import { pathFromHere, problemJson, repairText, type Terminal } from "./terminal.ts";
import { trialText } from "./trial-items.ts";

/** What the analysis found, each part where there is one. */
const sayEstimates = (analysis: Analysis, { language, say }: Terminal): void => {
  const parts = [
    invarianceTable(analysis.invariance, language),
    estimateTable(analysis.estimates, language),
    responseTable(analysis.response, language),
    responseBoundsTable(analysis, language),
    trialText(analysis, language),
    boundsTable(analysis.bounds, language),
    jointTestTable(analysis, language),
    subgroupTables(analysis.subgroups, language),
    specificationTable(analysis.specificationCurve, language),
    intendedPerceivedTables(analysis.intendedPerceived, language),
  ];
  for (const part of parts) if (part !== "") say(`\n${part}`);
};

const sayPublication = (publication: NonNullable<RunReport["publish"]>, terminal: Terminal): void => {
  terminal.say(`\n${terminal.bold(publication.finding[terminal.language])}\n`);
  for (const file of publication.files) terminal.say(`  ${pathFromHere(file)}`);
};

/** What a command that ran stages has to say: its tables, or one JSON document. */
export const printRun = (report: RunReport, command: StageName | "run", terminal: Terminal): void => {
  const { language } = terminal;
  const documents = {
    ingest: () => ingestJson(report.ingest, language),
    score: () => report.score,
    summarize: () => ({ skipped: report.skipped }),
    estimate: () => report.estimate,
    publish: () => report.publish,
    run: () => ({
      ...report,
      ingest: ingestJson(report.ingest, language),
      repaired: report.repaired.map((problem) => problemJson(problem, language)),
      retention: (report.retention ?? []).map((problem) => problemJson(problem, language)),
    }),
  };
  for (const problem of report.repaired) terminal.note(`${repairText(problem, language)}`);
  if (terminal.json) return terminal.print(documents[command]());
  const { warnings, deliveries } = report.ingest;
  const parts = [
    command === "ingest" ? ingestTable(report.ingest, language) : "",
    warningLines(warnings, language),
    command === "ingest" || command === "run" ? quarantineLines(report.ingest, 10, language) : "",
    command === "ingest" || command === "run" ? coercionLines(deliveries, language) : "",
  ];
  for (const part of parts) if (part !== "") terminal.say(`\n${part}`);
  if (command === "score") terminal.say(`\n${scoreTable(report.score?.scales ?? [], language)}`);
  const departures = allocationText(report.estimate?.allocation ?? null, language);
  if (departures) terminal.say(`\n${departures}`);
  if (command === "estimate" && report.estimate) sayEstimates(report.estimate, terminal);
  if (report.publish) sayPublication(report.publish, terminal);
  if (report.retention?.length) terminal.say(`\n${overdueText(report.retention, language)}`);
};
