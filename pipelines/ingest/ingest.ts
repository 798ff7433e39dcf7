import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Place, Problem, QuarantineCode } from "../../src/errors.ts";
import { keepFile } from "../../src/store/deliveries/copy.ts";
import { personalColumns, redactFile } from "../../src/store/deliveries/redact.ts";
import {
  append,
  build,
  buildColumns,
  drop,
  extend,
  keepView,
  removeParts,
  write,
} from "../../src/store/vault/build.ts";
import { sparing, type Vault } from "../../src/store/vault/open.ts";
import { read, readRepeated } from "../../src/store/vault/read.ts";
import type { Study } from "../../src/study/study.ts";
import { type AllocationRow, allocations, placements, roster } from "../../src/tables/roster.ts";
import {
  deliveries,
  deliveryCounts,
  duplicates,
  formerDeliveries,
  quarantine,
  responses,
  responseWidth,
  rosterCovariates,
  stagedDeliveries,
  stagedQuarantine,
  stagedRows,
  unchangedCounts,
} from "../../src/tables/staged.ts";
import type { Row } from "../../src/tables/table.ts";
import { type RecordedAssignment, recordedAssignment } from "../design/assignment.ts";
import { type Progress, runPreparedStage, type StageRun } from "../stage.ts";
import { type MappedDelivery, mappedColumns } from "./columns.ts";
import { pseudonymKey } from "./key.ts";
import { type Copies, copyFiles } from "./open.ts";
import { type Prepared, prepare, type StagedDelivery } from "./prepare.ts";
import type { CoercionCount } from "./records.ts";
import { allocatedBy, type RosterReading } from "./roster.ts";

/** One delivery in `spejl ingest --json`: rows = accepted + rejected + skipped. */
export interface DeliveryReport {
  readonly file: string;
  readonly sha256: string;
  readonly format: string;
  readonly encoding: string;
  readonly wave: string;
  readonly rater: string;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unchanged: number;
  /** Rows that the delivery's `where` leaves to other deliveries; neither accepted nor rejected. */
  readonly skipped: number;
  readonly coercions: readonly CoercionCount[];
}

/** A row that was not accepted: where it stands, why, and what may have been meant. */
export type RefusedRow = Place & { readonly code: QuarantineCode; readonly nearest?: string };

/** What `spejl ingest --json` prints; the messages are added where the reader's language is known. */
export interface IngestReport {
  readonly roster: (RosterReading["counts"] & { readonly file: string; readonly sha256: string }) | null;
  readonly deliveries: readonly DeliveryReport[];
  readonly warnings: readonly Problem[];
  readonly quarantine: readonly RefusedRow[];
}

const allocationOf = (study: Study, assigned: RecordedAssignment | null): readonly AllocationRow[] => {
  if (study.allocation === null) return [];
  const { randomised } = study.allocation;
  const drawn = { assigned: assigned?.record.assigned ?? null, seed: assigned?.record.seed ?? null };
  return [{ study: study.id, allocated_by: allocatedBy(study, assigned), randomised, ...drawn }];
};

const keepRoster = async (vault: Vault, study: Study, { ofRoster: read, assigned }: Prepared): Promise<void> => {
  await write(vault, allocations, allocationOf(study, assigned));
  await write(vault, roster, read?.reading.rows ?? []);
  await write(vault, placements, read?.reading.placements ?? []);
  await write(vault, rosterCovariates, read?.reading.covariates ?? []);
  if (!read) await extend(vault, roster, "pipelines/ingest/roster-from-responses.sql");
};

const numbersTo = <K extends string>(name: K, count: number) =>
  Array.from({ length: count }, (_, index) => ({ [name]: index + 1 }) as Record<K, number>);

/** The columns of a response, for queries that repeat fragments by column. */
const repeatsOf = (study: Study) => {
  const { coded, covariates } = responseWidth(study);
  const items = numbersTo("item", coded.length);
  return {
    items,
    coded: items.filter((_, index) => coded[index]),
    measured: items.filter((_, index) => !coded[index]),
    covariates: numbersTo("covariate", covariates),
  };
};

type Counts = Pick<Row<typeof deliveryCounts>, "held" | "dropped">;

/** Rows = accepted + rejected + skipped; what was read and what the vault holds are counted apart, and must agree. */
const reportOf = (
  { mapped: { delivery, file }, report, anew }: StagedDelivery,
  { held, dropped }: Counts,
  unchanged: number,
): DeliveryReport => {
  const { rows, usable, taken, unusable, skipped, format, encoding, coercions } = report;
  if (held !== taken) throw new Error(`${file.name}: ${taken} rows were taken, but the vault holds ${held}`);
  const accepted = usable - dropped;
  return {
    file: file.name,
    sha256: file.sha256,
    format,
    encoding,
    wave: delivery.wave,
    rater: delivery.rater,
    rows,
    accepted,
    rejected: unusable + dropped,
    unchanged: anew ? unchanged : accepted,
    skipped,
    coercions,
  };
};

const deliveryReports = async (vault: Vault, study: Study, staged: readonly StagedDelivery[]) => {
  const counted = await read(vault, deliveryCounts, "pipelines/ingest/delivery-counts.sql");
  const former = await read(vault, formerDeliveries, "pipelines/ingest/former.sql");
  const anew = former.length === 0 ? [] : staged.flatMap(({ anew }, index) => (anew ? [index + 1] : []));
  const alike =
    anew.length === 0
      ? []
      : await readRepeated(vault, unchangedCounts, "pipelines/ingest/unchanged.sql", repeatsOf(study), { anew });
  return staged.map((one, index) =>
    reportOf(
      one,
      counted.find(({ part }) => part === one.part) ?? { held: 0, dropped: 0 },
      alike.find(({ delivery }) => delivery === index + 1)?.unchanged ?? 0,
    ),
  );
};

const keepQuarantine = async (vault: Vault, { ofRoster }: Prepared): Promise<readonly RefusedRow[]> => {
  await build(vault, quarantine, "pipelines/ingest/quarantine.sql");
  await append(vault, quarantine, ofRoster?.reading.quarantine ?? []);
  const rows = await read(vault, quarantine, "pipelines/ingest/quarantined.sql");
  return rows.map(({ file, line, column, code, nearest }) => ({
    file,
    line,
    ...(column === null ? {} : { column }),
    code: code as QuarantineCode,
    ...(nearest === null ? {} : { nearest }),
  }));
};

/** Puts what was read in the place of what the last ingest left. */
const keep = async (vault: Vault, study: Study, prepared: Prepared): Promise<IngestReport> => {
  const { ofRoster, staged } = prepared;
  const repeats = repeatsOf(study);
  await write(
    vault,
    deliveries,
    staged.map(({ mapped: { delivery, file }, part }, index) => ({
      delivery: index + 1,
      part,
      file: file.name,
      wave: delivery.wave,
      rater: delivery.rater,
    })),
  );
  await buildColumns(vault, duplicates, "pipelines/ingest/duplicates.sql", repeats);
  await keepView(vault, responses(responseWidth(study)), "pipelines/ingest/responses.sql", repeats);
  const reports = await deliveryReports(vault, study, staged);
  await keepRoster(vault, study, prepared);
  const quarantined = await keepQuarantine(vault, prepared);
  for (const table of [stagedRows(responseWidth(study)), stagedQuarantine, stagedDeliveries])
    await removeParts(vault, table, "pipelines/ingest/stale-parts.sql");
  return {
    roster: ofRoster && { file: ofRoster.file.name, sha256: ofRoster.file.sha256, ...ofRoster.reading.counts },
    deliveries: reports,
    warnings: [...(ofRoster?.file.warnings() ?? []), ...staged.flatMap(({ report }) => report.warnings)],
    quarantine: quarantined,
  };
};

/** What of the study file decides how deliveries are read. */
const settingsOf = (study: Study) => [
  study.language,
  study.organisation,
  study.arms.map(({ id }) => id),
  study.waves.map(({ id }) => id),
  study.instrument,
  study.roster,
  study.allocation,
  study.deliveries,
  study.stopAbove,
  study.covariates,
  study.plan.primary,
  study.plan.secondary,
];

/** Keeps what was delivered, without columns that only say who somebody is. */
const keepCopies = async (
  study: Study,
  copies: Copies,
  mapped: readonly MappedDelivery[],
  folder: string,
): Promise<void> => {
  for (const copy of copies.files.values()) {
    const own = mapped.filter(({ file }) => file.path === copy.path);
    const read = new Set(own.flatMap(({ columns }) => mappedColumns(columns)));
    const file = own[0]?.file;
    const personal = file ? personalColumns(file, read) : [];
    const kept = file && personal.length > 0 ? await redactFile(file, personal, join(folder, "redacted")) : copy;
    await keepFile(kept, study.folder);
  }
};

const unchangedThroughout = (report: IngestReport): IngestReport => ({
  ...report,
  deliveries: report.deliveries.map((delivery) => ({ ...delivery, unchanged: delivery.accepted })),
});

/** Brings roster and deliveries into the vault: every row accepted, skipped by rule, or in quarantine with its place and reason. */
export const ingest = async (vault: Vault, study: Study, progress: Progress): Promise<StageRun<IngestReport>> => {
  const folder = join(study.folder, ".spejl", "incoming");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const copies = await copyFiles(study, folder, progress);
    const assigned = await recordedAssignment(study);
    const hashes = [...copies.files].map(([name, { sha256 }]) => [name, sha256]);
    const key = await pseudonymKey(study.folder);
    let mapped: readonly MappedDelivery[] = [];
    const run = await sparing(vault, () =>
      runPreparedStage(
        vault,
        "ingest",
        [settingsOf(study), hashes, assigned?.record ?? null],
        () => prepare(vault, study, { copies, assigned, key }, progress),
        (prepared) => {
          mapped = prepared.staged.map((one) => one.mapped);
          return keep(vault, study, prepared);
        },
      ),
    );
    if (run.skipped) return { ...run, report: unchangedThroughout(run.report) };
    await keepCopies(study, copies, mapped, folder);
    return run;
  } finally {
    await drop(vault, formerDeliveries);
    await rm(folder, { recursive: true, force: true });
  }
};
