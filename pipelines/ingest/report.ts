import type { Place, Problem, QuarantineCode } from "../../src/errors.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { read, readRepeated } from "../../src/store/vault/read.ts";
import type { Study } from "../../src/study/study.ts";
import { changeCounts, deliveryCounts, formerDeliveries, responseWidth } from "../../src/tables/staged.ts";
import type { Row } from "../../src/tables/table.ts";
import type { StagedDelivery } from "./prepare.ts";
import type { CoercionCount } from "./records.ts";
import type { RosterReading } from "./roster/roster.ts";

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
  /** Of the accepted: rows that the last ingest had too, and rows that it had of the same respondent with other content. */
  readonly unchanged: number;
  readonly changed: number;
  /** Respondents whom the last ingest had from this file, and this one has not. */
  readonly removed: number;
  /** Rows that the delivery's `where` leaves to other deliveries, or of erased persons; neither accepted nor rejected. */
  readonly skipped: number;
  /** Of the rejected: rows about leaders who held no post when the wave opened. */
  readonly moved: number;
  /** Of those that are skipped, rows of persons who were erased. */
  readonly erased: number;
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

const numbersTo = <K extends string>(name: K, count: number) =>
  Array.from({ length: count }, (_, index) => ({ [name]: index + 1 }) as Record<K, number>);

/** The columns of a response, for queries that repeat fragments by column. */
export const repeatsOf = (study: Study) => {
  const { coded, covariates } = responseWidth(study);
  const items = numbersTo("item", coded.length);
  return {
    items,
    coded: items.filter((_, index) => coded[index]),
    measured: items.filter((_, index) => !coded[index]),
    covariates: numbersTo("covariate", covariates),
  };
};

type Changes = Pick<Row<typeof changeCounts>, "unchanged" | "changed" | "removed">;
const nothingKnown: Changes = { unchanged: 0, changed: 0, removed: 0 };

type Counts = Pick<Row<typeof deliveryCounts>, "held" | "dropped">;

/** Rows = accepted + rejected + skipped; what was read and what the vault holds are counted apart, and must agree. */
const reportOf = (
  { mapped: { delivery, file }, report, anew }: StagedDelivery,
  { held, dropped }: Counts,
  { unchanged, changed, removed }: Changes,
): DeliveryReport => {
  const { rows, usable, taken, unusable, skipped, moved, erased, format, encoding, coercions } = report;
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
    changed,
    removed,
    skipped,
    moved,
    erased,
    coercions,
  };
};

/** What became of every delivery of the study, in the order of the study file. */
export const deliveryReports = async (vault: Vault, study: Study, staged: readonly StagedDelivery[]) => {
  const counted = await read(vault, deliveryCounts, "pipelines/ingest/delivery-counts.sql");
  const former = await read(vault, formerDeliveries, "pipelines/ingest/former.sql");
  const anew = former.length === 0 ? [] : staged.flatMap(({ anew }, index) => (anew ? [index + 1] : []));
  const changes =
    anew.length === 0
      ? []
      : await readRepeated(vault, changeCounts, "pipelines/ingest/changes.sql", repeatsOf(study), { anew });
  return staged.map((one, index) =>
    reportOf(
      one,
      counted.find(({ part }) => part === one.part) ?? { held: 0, dropped: 0 },
      changes.find(({ delivery }) => delivery === index + 1) ?? nothingKnown,
    ),
  );
};
