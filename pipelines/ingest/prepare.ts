import { randomBytes } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type QuarantineCode, Refusal } from "../../src/errors.ts";
import { type DeliveredFile, writeRecords } from "../../src/store/delivery-files.ts";
import { build, extendColumns, removeRows, write } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { transaction } from "../../src/store/vault/query.ts";
import { exists, read } from "../../src/store/vault/read.ts";
import type { Delivery, Study } from "../../src/study/study.ts";
import {
  candidates,
  deliveryCounts,
  duplicates,
  listed,
  placed,
  previous,
  type QuarantineRow,
  quarantine,
  refused,
  responses,
  responseWidth,
} from "../../src/tables/staged.ts";
import type { Row } from "../../src/tables/table.ts";
import type { Progress } from "../stage.ts";
import { candidateQuery } from "./columns.ts";
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

export type ReadRoster = { readonly reading: RosterReading; readonly file: DeliveredFile } | null;

/** Reads the roster; the deliveries are read against it before it takes the place of the last one. */
const prepareRoster = async (
  vault: Vault,
  study: Study,
  files: ReadonlyMap<string, DeliveredFile>,
  folder: string,
): Promise<ReadRoster> => {
  const file = files.get(study.roster?.file ?? "");
  const reading = study.roster && file ? await readRoster(study, study.roster, file, join(folder, "roster")) : null;
  await write(
    vault,
    listed,
    (reading?.rows ?? []).map(({ leader }) => ({ leader })),
  );
  await write(vault, placed, reading?.placements ?? []);
  return reading && file ? { reading, file } : null;
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
  const { wanted, repeats, parameters } = candidateQuery(study, delivery, file);
  const path = join(folder, `delivery-${index}`);
  const { records, rejected } = await writeRecords(file, wanted, path);
  if (records > rejected.length)
    await extendColumns(vault, candidates(responseWidth(study)), "pipelines/ingest/candidates.sql", repeats, {
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

const reportOf = (staged: readonly Staged[], counts: ReadonlyMap<number, Row<typeof deliveryCounts>>) =>
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

/** Refuses deliveries of which no row survives, with the place and reason of the first that did not. */
const refuseEmpty = async (
  vault: Vault,
  staged: readonly Staged[],
  reports: readonly DeliveryReport[],
): Promise<void> => {
  if (reports.every(({ accepted }) => accepted > 0)) return;
  const files = staged.map(({ file }) => file.name);
  const found = await read(vault, quarantine, "pipelines/ingest/quarantine.sql", { files });
  const problems = reports.flatMap(({ file, accepted, rejected }, index) => {
    if (accepted > 0) return [];
    const rows = [...(staged[index]?.rejected ?? []), ...found.filter(({ delivery }) => delivery === index + 1)];
    const first = rows.sort((a, b) => a.line - b.line)[0];
    const place = first ? { file, line: first.line, ...(first.column ? { column: first.column } : {}) } : { file };
    const reason = first ? { first: first.code as QuarantineCode } : {};
    return [{ code: "no-row-accepted" as const, place, rejected, ...reason }];
  });
  throw new Refusal(...problems);
};

/** Reads every delivery; committed, so that refused rows can be taken out at no cost. */
const stageDeliveries = (
  vault: Vault,
  study: Study,
  files: ReadonlyMap<string, DeliveredFile>,
  folder: string,
  progress: Progress,
): Promise<readonly Staged[]> =>
  transaction(vault, async () => {
    const key = await pseudonymKey(study);
    await write(vault, candidates(responseWidth(study)), []);
    const staged: Staged[] = [];
    for (const [index, delivery] of study.deliveries.entries()) {
      progress(delivery.file, index / study.deliveries.length);
      const file = files.get(delivery.file) as DeliveredFile;
      staged.push({ delivery, file, ...(await stageDelivery(vault, study, delivery, index + 1, file, folder, key)) });
    }
    return staged;
  });

/** What an ingest has read, before anything of the last one is touched. */
export interface Prepared {
  readonly ofRoster: ReadRoster;
  readonly staged: readonly Staged[];
  readonly reports: readonly DeliveryReport[];
}

/** Reads everything into tables of its own, and refuses what cannot be used, before anything is changed. */
export const prepare = async (
  vault: Vault,
  study: Study,
  files: ReadonlyMap<string, DeliveredFile>,
  folder: string,
  progress: Progress,
): Promise<Prepared> => {
  const width = responseWidth(study);
  if (await exists(vault, responses(width))) await build(vault, previous, "pipelines/ingest/previous.sql");
  else await write(vault, previous, []);
  const ofRoster = await prepareRoster(vault, study, files, folder);
  const staged = await stageDeliveries(vault, study, files, folder, progress);
  await build(vault, duplicates, "pipelines/ingest/duplicates.sql");
  await build(vault, refused, "pipelines/ingest/refused.sql");
  const counts = await read(vault, deliveryCounts, "pipelines/ingest/delivery-counts.sql");
  const reports = reportOf(staged, new Map(counts.map((count) => [count.delivery, count])));
  await refuseEmpty(vault, staged, reports);
  await removeRows(vault, candidates(width), "pipelines/ingest/refused-rows.sql");
  return { ofRoster, staged, reports };
};
