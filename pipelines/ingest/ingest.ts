import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Place, type QuarantineCode, Refusal } from "../../src/errors.ts";
import { type DeliveredFile, examineFile, keepFile, writeRecords } from "../../src/store/delivery-files.ts";
import { append, build, drop, exists, extend, read, type Vault, write } from "../../src/store/vault.ts";
import { deliveryFormat } from "../../src/study/delivery-format.ts";
import type { Delivery, Study } from "../../src/study/study.ts";
import { placements, roster } from "../../src/tables/roster.ts";
import {
  candidates,
  deliveryCounts,
  duplicates,
  previous,
  type QuarantineRow,
  quarantine,
  responses,
  rosterCovariates,
} from "../../src/tables/staged.ts";
import { type Progress, runStage, type StageRun } from "../stage.ts";
import { candidateParameters } from "./columns.ts";
import { type RosterReading, readRoster } from "./roster.ts";

/** One delivery in `spejl ingest --json`. */
export interface DeliveryReport {
  readonly file: string;
  readonly sha256: string;
  readonly format: "csv";
  readonly encoding: string;
  readonly wave: string;
  readonly rater: string;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unchanged: number;
  /** Rows that the delivery's `where` leaves to other deliveries; neither accepted nor rejected. */
  readonly skipped: number;
  readonly coercions: readonly { readonly kind: "decimal-comma" | "trimmed" | "label"; readonly count: number }[];
}

/** What `spejl ingest --json` prints; the messages are added where the reader's language is known. */
export interface IngestReport {
  readonly roster: (RosterReading["counts"] & { readonly file: string; readonly sha256: string }) | null;
  readonly deliveries: readonly DeliveryReport[];
  readonly quarantine: readonly (Place & { readonly code: QuarantineCode })[];
}

const pathIn = (study: Study, file: string): string => join(study.folder, file);

/** Each file of the study once, however often it is listed. */
const examineFiles = async (study: Study, progress: Progress): Promise<ReadonlyMap<string, DeliveredFile>> => {
  const names = [
    ...new Set([...(study.roster ? [study.roster.file] : []), ...study.deliveries.map(({ file }) => file)]),
  ];
  const files = new Map<string, DeliveredFile>();
  for (const [index, name] of names.entries()) {
    progress(name, index / names.length);
    deliveryFormat(name, { file: name });
    files.set(name, await examineFile(name, pathIn(study, name)));
  }
  return files;
};

/** The key of the study's pseudonyms: made once, kept outside the database. */
const pseudonymKey = async (study: Study): Promise<string> => {
  const path = join(study.folder, ".spejl", "pseudonym.key");
  const kept = await readFile(path, "utf8").catch(() => null);
  if (kept !== null && kept.length === 64) return kept;
  const key = randomBytes(32).toString("hex");
  await writeFile(`${path}.partial`, key, { mode: 0o600 });
  await rename(`${path}.partial`, path);
  return key;
};

const stageRoster = async (vault: Vault, study: Study, files: ReadonlyMap<string, DeliveredFile>, folder: string) => {
  if (!study.roster) {
    await write(vault, roster, []);
    await write(vault, placements, []);
    await write(vault, rosterCovariates, []);
    return null;
  }
  const file = files.get(study.roster.file) as DeliveredFile;
  const reading = await readRoster(study, study.roster, file, join(folder, "roster"));
  await write(vault, roster, reading.rows);
  await write(vault, placements, reading.placements);
  await write(vault, rosterCovariates, reading.covariates);
  return { reading, file };
};

const stageDelivery = async (
  vault: Vault,
  study: Study,
  delivery: Delivery,
  index: number,
  file: DeliveredFile,
  folder: string,
  key: string,
): Promise<{ readonly records: number; readonly rejected: readonly QuarantineRow[] }> => {
  const { wanted, parameters } = candidateParameters(study, delivery, file);
  const path = join(folder, `delivery-${index}`);
  const { records, rejected } = await writeRecords(file, wanted, path);
  if (records > rejected.length)
    await extend(vault, candidates, "pipelines/ingest/candidates.sql", {
      ...parameters,
      path,
      delivery: index,
      wave: delivery.wave,
      rater: delivery.rater,
      has_roster: study.roster !== null,
      pseudonym_key: key,
    });
  await rm(path, { force: true });
  return {
    records,
    rejected: rejected.map(({ line, code }) => ({ file: file.name, delivery: index, line, column: null, code })),
  };
};

type Staged = Awaited<ReturnType<typeof stageDelivery>> & { readonly delivery: Delivery; readonly file: DeliveredFile };

const reportOf = (
  staged: readonly Staged[],
  counts: ReadonlyMap<number, Awaited<ReturnType<typeof countsOf>>[number]>,
) =>
  staged.map(({ delivery, file, records, rejected }, index): DeliveryReport => {
    const count = counts.get(index + 1);
    const refused = rejected.length + (count?.rejected ?? 0);
    const accepted = count?.accepted ?? 0;
    const coercions = [
      { kind: "decimal-comma" as const, count: count?.decimal_commas ?? 0 },
      { kind: "trimmed" as const, count: count?.trimmed ?? 0 },
      { kind: "label" as const, count: count?.labels ?? 0 },
    ];
    return {
      file: file.name,
      sha256: file.sha256,
      format: "csv",
      encoding: file.encoding,
      wave: delivery.wave,
      rater: delivery.rater,
      rows: accepted + refused,
      accepted,
      rejected: refused,
      unchanged: count?.unchanged ?? 0,
      skipped: records - accepted - refused,
      coercions: coercions.filter(({ count }) => count > 0),
    };
  });

const countsOf = (vault: Vault) => read(vault, deliveryCounts, "pipelines/ingest/delivery-counts.sql");

const refuseEmpty = (reports: readonly DeliveryReport[]): void => {
  const problems = reports
    .filter(({ accepted }) => accepted === 0)
    .map(({ file, rejected }) => ({ code: "no-row-accepted" as const, place: { file }, rejected }));
  if (problems.length > 0) throw new Refusal(...problems);
};

const stageAll = async (
  vault: Vault,
  study: Study,
  files: ReadonlyMap<string, DeliveredFile>,
  folder: string,
  progress: Progress,
): Promise<IngestReport> => {
  const key = await pseudonymKey(study);
  if (await exists(vault, responses)) await build(vault, previous, "pipelines/ingest/previous.sql");
  else await write(vault, previous, []);
  const ofRoster = await stageRoster(vault, study, files, folder);
  await write(vault, candidates, []);
  const staged: Staged[] = [];
  for (const [index, delivery] of study.deliveries.entries()) {
    progress(delivery.file, index / study.deliveries.length);
    const file = files.get(delivery.file) as DeliveredFile;
    staged.push({ delivery, file, ...(await stageDelivery(vault, study, delivery, index + 1, file, folder, key)) });
  }
  await build(vault, duplicates, "pipelines/ingest/duplicates.sql");
  await build(vault, responses, "pipelines/ingest/responses.sql");
  if (!study.roster) await extend(vault, roster, "pipelines/ingest/roster-from-responses.sql");
  await build(vault, quarantine, "pipelines/ingest/quarantine.sql", {
    files: JSON.stringify(staged.map(({ file }) => file.name)),
  });
  await append(vault, quarantine, [
    ...(ofRoster?.reading.quarantine ?? []),
    ...staged.flatMap(({ rejected }) => rejected),
  ]);
  const deliveries = reportOf(staged, new Map((await countsOf(vault)).map((count) => [count.delivery, count])));
  refuseEmpty(deliveries);
  await drop(vault, candidates, duplicates, previous);
  const refused = await read(vault, quarantine, "pipelines/ingest/quarantined.sql");
  return {
    roster: ofRoster && { file: ofRoster.file.name, sha256: ofRoster.file.sha256, ...ofRoster.reading.counts },
    deliveries,
    quarantine: refused.map(({ file, line, column, code }) => ({
      file,
      line,
      ...(column === null ? {} : { column }),
      code: code as QuarantineCode,
    })),
  };
};

/** What of the study file decides how deliveries are read. */
const settingsOf = (study: Study) => [
  study.organisation,
  study.arms.map(({ id }) => id),
  study.waves.map(({ id }) => id),
  study.instrument,
  study.roster,
  study.deliveries,
  study.covariates,
];

const unchangedThroughout = (report: IngestReport): IngestReport => ({
  ...report,
  deliveries: report.deliveries.map((delivery) => ({ ...delivery, unchanged: delivery.accepted })),
});

/** Brings roster and deliveries into the vault: every row accepted, or in quarantine with its place and reason. */
export const ingest = async (vault: Vault, study: Study, progress: Progress): Promise<StageRun<IngestReport>> => {
  const files = await examineFiles(study, progress);
  const hashes = [...files].map(([name, file]) => [name, file.sha256]);
  const folder = join(study.folder, ".spejl", "incoming");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const run = await runStage(vault, "ingest", [settingsOf(study), hashes], async () => {
      const report = await stageAll(vault, study, files, folder, progress);
      for (const file of files.values()) await keepFile(file, study.folder);
      return report;
    });
    return run.skipped ? { ...run, report: unchangedThroughout(run.report) } : run;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
