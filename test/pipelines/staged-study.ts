import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ingest } from "../../pipelines/ingest/ingest.ts";
import type { IngestReport } from "../../pipelines/ingest/report.ts";
import { type ScoreReport, score } from "../../pipelines/score/score.ts";
import { summarize } from "../../pipelines/summarize/summarize.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { openVault, type Vault } from "../../src/store/vault/open.ts";
import { surveyFiles } from "./made-survey.ts";

export type Cells = Readonly<Record<string, unknown>>;

/** The tables that other stages read, which no change to how they are made may change. */
const kept = [
  "response_counts",
  "score_moments",
  "score_histograms",
  "model_moments",
  "item_pairs",
  "item_moments",
  "item_tables",
  "leader_item_moments",
  "differences",
  "answer_counts",
] as const;

export type Kept = Readonly<Record<(typeof kept)[number], readonly Cells[]>>;

export interface StagedStudy {
  readonly folder: string;
  readonly ingested: IngestReport;
  readonly scored: ScoreReport;
  readonly tables: Kept;
}

const text = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

export const rowsOf = async (vault: Vault, table: string): Promise<readonly Cells[]> => {
  const reader = await vault.connection.runAndReadAll(`SELECT * FROM ${table}`);
  const rows = (await reader.getRowObjectsJS()).map((row) => JSON.stringify(row, text));
  return rows.sort().map((row) => JSON.parse(row) as Cells);
};

/** Files in a folder of their own that goes with the test. */
export const folderOf = (files: Readonly<Record<string, string | Buffer>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "spejl-staged-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};

/** Runs the stages up to the moments, on so many threads, and gives what they leave. */
export const stagesOf = async (folder: string, threads = 2): Promise<StagedStudy> => {
  const study = await readStudy(folder);
  using vault = await openVault(folder);
  await vault.connection.run(`SET threads = ${threads}`);
  const first = await ingest(vault, study, () => undefined);
  const second = await score(vault, study, first.key, () => undefined);
  await summarize(vault, study, second.key, () => undefined);
  const tables: Record<string, readonly Cells[]> = {};
  for (const name of kept) tables[name] = await rowsOf(vault, name);
  return { folder, ingested: first.report, scored: second.report, tables: tables as Kept };
};

let made: Promise<StagedStudy> | undefined;

/** The made survey, staged once for all tests that change nothing in it. */
export const madeStages = (): Promise<StagedStudy> => {
  made ??= stagesOf(folderOf(surveyFiles));
  return made;
};

/** Only what `spejl ingest` reports. */
export const ingestOf = async (folder: string): Promise<IngestReport> => {
  const study = await readStudy(folder);
  using vault = await openVault(folder);
  return (await ingest(vault, study, () => undefined)).report;
};
