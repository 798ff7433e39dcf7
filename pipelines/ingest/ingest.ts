import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Place, QuarantineCode } from "../../src/errors.ts";
import { type DeliveredFile, examineFile, keepFile } from "../../src/store/delivery-files.ts";
import { append, build, drop, extend, replace, write } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { read } from "../../src/store/vault/read.ts";
import { deliveryFormat } from "../../src/study/delivery-format.ts";
import type { Study } from "../../src/study/study.ts";
import { placements, roster } from "../../src/tables/roster.ts";
import {
  candidates,
  duplicates,
  listed,
  placed,
  previous,
  quarantine,
  refused,
  responses,
  responseWidth,
  rosterCovariates,
} from "../../src/tables/staged.ts";
import { type Progress, runPreparedStage, type StageRun } from "../stage.ts";
import { type DeliveryReport, type Prepared, prepare, type ReadRoster } from "./prepare.ts";
import type { RosterReading } from "./roster.ts";

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

const keepRoster = async (vault: Vault, read: ReadRoster): Promise<void> => {
  await write(vault, roster, read?.reading.rows ?? []);
  await write(vault, placements, read?.reading.placements ?? []);
  await write(vault, rosterCovariates, read?.reading.covariates ?? []);
  if (!read) await extend(vault, roster, "pipelines/ingest/roster-from-responses.sql");
};

/** Puts what was read in the place of what the last ingest left. */
const keep = async (vault: Vault, study: Study, { ofRoster, staged, reports }: Prepared): Promise<IngestReport> => {
  const width = responseWidth(study);
  await replace(vault, responses(width), candidates(width));
  await keepRoster(vault, ofRoster);
  await build(vault, quarantine, "pipelines/ingest/quarantine.sql", { files: staged.map(({ file }) => file.name) });
  await append(vault, quarantine, [
    ...(ofRoster?.reading.quarantine ?? []),
    ...staged.flatMap(({ rejected }) => rejected),
  ]);
  const rows = await read(vault, quarantine, "pipelines/ingest/quarantined.sql");
  return {
    roster: ofRoster && { file: ofRoster.file.name, sha256: ofRoster.file.sha256, ...ofRoster.reading.counts },
    deliveries: reports,
    quarantine: rows.map(({ file, line, column, code }) => ({
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
    const run = await runPreparedStage(
      vault,
      "ingest",
      [settingsOf(study), hashes],
      () => prepare(vault, study, files, folder, progress),
      async (prepared) => {
        for (const file of files.values()) await keepFile(file, study.folder);
        return keep(vault, study, prepared);
      },
    );
    return run.skipped ? { ...run, report: unchangedThroughout(run.report) } : run;
  } finally {
    await drop(vault, candidates(responseWidth(study)), duplicates, refused, previous, listed, placed);
    await rm(folder, { recursive: true, force: true });
  }
};
