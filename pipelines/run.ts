import type { Problem } from "../src/errors.ts";
import type { Analysis } from "../src/estimation/analysis.ts";
import { explainQuarantine } from "../src/explain/quarantine.ts";
import type { Vault } from "../src/store/vault/open.ts";
import type { ParsedStudy } from "../src/study/read.ts";
import type { IngestReport } from "./ingest/report.ts";
import type { Publication } from "./publish/freeze.ts";
import type { ScoreReport } from "./score/score.ts";
import type { StageRun } from "./stage.ts";
import { problemJson, type Terminal } from "./terminal/terminal.ts";
import { number } from "./terminal/text-table.ts";
import { say } from "./terminal/words.ts";

export const stageNames = ["ingest", "score", "summarize", "estimate", "publish"] as const;
export type StageName = (typeof stageNames)[number];

/** What the stages that ran report. */
export interface RunReport {
  readonly ingest: IngestReport;
  readonly score?: ScoreReport;
  readonly estimate?: Analysis;
  readonly publish?: Publication;
  /** What the study should have deleted by rule. */
  readonly retention?: readonly Problem[];
  /** Stages whose inputs had not changed. */
  readonly skipped: readonly StageName[];
  /** What the store no longer held as it was written, and holds again. */
  readonly repaired: readonly Problem[];
}

export const warningsText = (count: number, language: Terminal["language"]): string =>
  `${count} ${say(count === 1 ? "warning" : "warnings", language)}`;

export const ingested = (
  { deliveries, quarantine, warnings }: IngestReport,
  language: Terminal["language"],
): string => {
  const accepted = deliveries.reduce((sum, delivery) => sum + delivery.accepted, 0);
  const warned = warnings.length > 0 ? `, ${warningsText(warnings.length, language)}` : "";
  const refused = quarantine.length > 0 ? `, ${quarantine.length} ${say("inQuarantine", language)}` : "";
  return `${number(accepted, 0, language)} ${say("rowsAccepted", language)}${refused}${warned}`;
};

/** Runs the stages up to and including `last`, each only where its inputs changed; the code of the others is not loaded. */
export const runTo = async (
  vault: Vault,
  { study, warnings }: ParsedStudy,
  last: StageName,
  terminal: Terminal,
): Promise<RunReport> => {
  const { language } = terminal;
  const skipped: StageName[] = [];
  const repaired: Problem[] = [];
  const run = <T>(
    name: StageName,
    work: Parameters<typeof terminal.stage<StageRun<T>>>[1],
    outcome: (report: T) => string,
  ) =>
    terminal.stage(name, work, (result) => {
      if (result.skipped) skipped.push(name);
      repaired.push(...result.repaired);
      return `${result.skipped ? `${say("unchanged", language)}: ` : ""}${outcome(result.report)}`;
    });
  const until = stageNames.indexOf(last);
  const first = await run<IngestReport>(
    "ingest",
    async (progress) => {
      const { ingest } = await import("./ingest/ingest.ts");
      const read = await ingest(vault, study, progress);
      return { ...read, report: { ...read.report, warnings: [...warnings, ...read.report.warnings] } };
    },
    (report) => ingested(report, language),
  );
  if (until === 0) return { ingest: first.report, skipped, repaired };
  const scored = await run<ScoreReport>(
    "score",
    async (progress) => {
      const { score } = await import("./score/score.ts");
      return score(vault, study, first.key, progress);
    },
    (report) => `${report.scales.length} ${say("scaleMeasurements", language)}`,
  );
  if (until === 1) return { ingest: first.report, score: scored.report, skipped, repaired };
  const moments = await run<null>(
    "summarize",
    async (progress) => {
      const { summarize } = await import("./summarize/summarize.ts");
      return summarize(vault, study, scored.key, progress);
    },
    () => say("moments", language),
  );
  if (until === 2) return { ingest: first.report, score: scored.report, skipped, repaired };
  const estimated = await run<Analysis>(
    "estimate",
    async (progress) => {
      const { estimate } = await import("./estimate/estimate.ts");
      return estimate(vault, study, { key: moments.key, measured: scored.report.scales }, progress);
    },
    (report) =>
      `${report.estimates.filter(({ status }) => status === "estimated").length} ${say("estimates", language)}`,
  );
  const reports = { ingest: first.report, score: scored.report, estimate: estimated.report };
  if (until === 3) return { ...reports, skipped, repaired };
  const published = await run<Publication>(
    "publish",
    async (progress) => {
      const { publish } = await import("./publish/publish.ts");
      const from = { analysis: estimated.report, measurement: scored.report.scales, key: estimated.key };
      return publish(vault, study, from, progress);
    },
    ({ release, audited: { facts, readers } }) =>
      `${release}, ${say("audited", language)}: ${number(facts, 0, language)} ${say("facts", language)}, ${number(readers, 0, language)} ${say("readers", language)}`,
  );
  return { ...reports, publish: published.report, skipped, repaired };
};

/** The report of ingest with each reason in words. */
export const ingestJson = (report: IngestReport, language: Terminal["language"]) => ({
  ...report,
  warnings: report.warnings.map((problem) => problemJson(problem, language)),
  quarantine: report.quarantine.map((row) => ({
    file: row.file,
    line: row.line ?? null,
    column: row.column ?? null,
    code: row.code,
    message: explainQuarantine(row.code, language),
    nearest: row.nearest ?? null,
  })),
});
