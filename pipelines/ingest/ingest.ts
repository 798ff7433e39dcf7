import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Problem, QuarantineCode } from "../../src/errors.ts";
import { damagedKept, keepFile } from "../../src/store/deliveries/copy.ts";
import { personalColumns } from "../../src/store/deliveries/redact.ts";
import { isErasedId, readErasures } from "../../src/store/persons/erased.ts";
import { holdsMore, type KeptTable, keepDelivery, keepTables } from "../../src/store/persons/kept-files.ts";
import { type IsPerson, linesOf } from "../../src/store/persons/person-records.ts";
import { readRetired } from "../../src/store/persons/retired.ts";
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
import { read } from "../../src/store/vault/read.ts";
import type { Study } from "../../src/study/study.ts";
import { type AllocationRow, allocations, departedLeaders, placements, roster } from "../../src/tables/roster.ts";
import {
  deliveries,
  duplicates,
  formerDeliveries,
  keptFiles,
  quarantine,
  respondentForms,
  responses,
  responseWidth,
  rosterCovariates,
  stagedDeliveries,
  stagedQuarantine,
  stagedRows,
} from "../../src/tables/staged.ts";
import { departedIn, type RecordedAssignment, recordedAssignment } from "../design/assignment.ts";
import { attendanceInputs } from "../programme/dose.ts";
import { type Progress, runPreparedStage, type StageRun } from "../stage.ts";
import { type MappedDelivery, mappedColumns } from "./columns.ts";
import { byTable, identitiesOf } from "./identities.ts";
import { type Copies, copyFiles, openDeliveries } from "./open.ts";
import { type Prepared, prepare, warningsOf } from "./prepare.ts";
import { deliveryReports, type IngestReport, type RefusedRow, repeatsOf } from "./report.ts";
import { allocatedBy } from "./roster/roster.ts";
import { keyFor } from "./store-state.ts";

const allocationOf = (study: Study, assigned: RecordedAssignment | null): readonly AllocationRow[] => {
  if (study.allocation === null) return [];
  const { randomised } = study.allocation;
  const drawn = { assigned: assigned?.record.assigned ?? null, seed: assigned?.record.seed ?? null };
  return [{ study: study.id, allocated_by: allocatedBy(study, assigned), randomised, ...drawn }];
};

const keepRoster = async (vault: Vault, study: Study, { ofRoster: read, assigned }: Prepared): Promise<void> => {
  await write(vault, allocations, allocationOf(study, assigned));
  await write(vault, departedLeaders, departedIn(assigned, read?.reading.rows ?? []));
  await write(vault, roster, read?.reading.rows ?? []);
  await write(vault, placements, read?.reading.placements ?? []);
  await write(vault, rosterCovariates, read?.reading.covariates ?? []);
  if (!read) await extend(vault, roster, "pipelines/ingest/roster/roster-from-responses.sql");
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
export const keep = async (vault: Vault, study: Study, prepared: Prepared): Promise<IngestReport> => {
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
  for (const table of [stagedRows(responseWidth(study)), stagedQuarantine, respondentForms, stagedDeliveries])
    await removeParts(vault, table, "pipelines/ingest/stale-parts.sql");
  return {
    roster: ofRoster && { file: ofRoster.file.name, sha256: ofRoster.file.sha256, ...ofRoster.reading.counts },
    deliveries: reports,
    warnings: warningsOf(prepared),
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

const nobody = (): boolean => false;

/** A table of a file without columns that only say who somebody is and without persons who were erased. */
const tableLeft = async (read: readonly MappedDelivery[], isErased: IsPerson) => {
  const opened = read[0]!.file;
  const identities = identitiesOf(read);
  const mapped = new Set(read.flatMap(({ columns }) => mappedColumns(columns)));
  const lines = new Set(isErased === nobody ? [] : await linesOf(opened, identities, isErased));
  return { opened, identities, columns: personalColumns(opened, mapped), lines };
};

/** Keeps what was delivered, but for what only says who somebody is or is of erased persons; returns the hashes. */
const keepCopies = async (
  study: Study,
  copies: Copies,
  mapped: readonly MappedDelivery[],
  folder: string,
  isErased: IsPerson,
): Promise<readonly string[]> => {
  if ((await readRetired(study.folder)).raw !== undefined) return [];
  const hashOfFile = (name: string): string => copies.files.get(name)?.sha256 ?? "";
  const hashes = new Set<string>();
  for (const copy of copies.files.values()) {
    const own = byTable(mapped.filter(({ file }) => file.path === copy.path));
    const tables = await Promise.all(own.map((read) => tableLeft(read, isErased)));
    const known = { file: copy.name, delivered: copy.sha256 };
    const isLess = tables.some(({ columns, lines }) => columns.length + lines.size > 0);
    if (isLess || (isErased !== nobody && tables.some(({ opened }) => holdsMore(opened)))) {
      const written = await keepTables(study.folder, known, tables, join(folder, "redacted"));
      for (const hash of written) hashes.add(hash);
      continue;
    }
    const asRead = own.map((read, k): KeptTable => {
      const { reading } = read[0]!.delivery;
      return { reading, codebook: reading.codebook.map(hashOfFile), identities: tables[k]!.identities };
    });
    if (asRead.length > 0) await keepDelivery(study.folder, copy, { ...known, tables: asRead });
    else await keepFile(copy, study.folder);
    hashes.add(copy.sha256);
  }
  return [...hashes];
};

/** Keeps the deliveries again where one that was kept is gone or damaged; what was wrong. */
const keepAgain = async (
  vault: Vault,
  study: Study,
  copies: Copies,
  folder: string,
  isErased: IsPerson,
): Promise<readonly Problem[]> => {
  const listed = await read(vault, keptFiles, "pipelines/ingest/kept-files.sql");
  const files = await Promise.all(listed.map(({ sha256 }) => damagedKept(study.folder, sha256)));
  const damaged = files.filter((file) => file !== null);
  if (damaged.length > 0) await keepCopies(study, copies, await openDeliveries(study, copies), folder, isErased);
  return damaged.map((file) => ({ code: "kept-damaged", place: { file } }));
};

const unchangedThroughout = (report: IngestReport): IngestReport => ({
  ...report,
  deliveries: report.deliveries.map((delivery) => ({
    ...delivery,
    unchanged: delivery.accepted,
    changed: 0,
    removed: 0,
  })),
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
    const erasures = await readErasures(study.folder);
    const attendance = await attendanceInputs(study);
    const key = await keyFor(vault, study.folder, erasures);
    const isErased = erasures.length === 0 ? null : isErasedId(key, erasures);
    const run = await sparing(vault, () =>
      runPreparedStage(
        vault,
        "ingest",
        [
          settingsOf(study),
          hashes,
          assigned?.record ?? null,
          erasures.map(({ subject }) => subject),
          ...(attendance.length > 0 ? [study.phases, attendance] : []),
        ],
        () => prepare(vault, study, { copies, assigned, key, erasures, isErased }, progress),
        async (prepared) => {
          const report = await keep(vault, study, prepared);
          const mapped = prepared.staged.map((one) => one.mapped);
          const hashes = await keepCopies(study, copies, mapped, folder, isErased ?? nobody);
          await write(
            vault,
            keptFiles,
            hashes.map((sha256) => ({ sha256 })),
          );
          return report;
        },
      ),
    );
    if (!run.skipped) return run;
    const repaired = await keepAgain(vault, study, copies, folder, isErased ?? nobody);
    return { ...run, report: unchangedThroughout(run.report), repaired };
  } finally {
    await drop(vault, formerDeliveries);
    await rm(folder, { recursive: true, force: true });
  }
};
