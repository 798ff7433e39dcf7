import type { Problem } from "../../src/errors.ts";
import type { IdentityColumns } from "../../src/store/persons/person-records.ts";
import { append, remove } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { transaction } from "../../src/store/vault/query.ts";
import { type RowWriter, writeRows } from "../../src/store/vault/rows.ts";
import type { Study } from "../../src/study/study.ts";
import {
  respondentForms,
  responseWidth,
  stagedDeliveries,
  stagedQuarantine,
  stagedRows,
} from "../../src/tables/staged.ts";
import type { MappedDelivery } from "./columns.ts";
import type { ReadingContext } from "./delivery-readers.ts";
import { type DeliveryReading, readDelivery } from "./read-delivery.ts";
import type { CoercionCount, TakeRow, Unusable } from "./records.ts";
import { refuseMisread, suspicionsOf } from "./suspicion/suspicion.ts";

/** What the reading of a delivery reports; it is the same whenever the same file is read in the same way. */
export interface PartReport {
  readonly format: string;
  readonly encoding: string;
  /** All records: usable, unusable and skipped. */
  readonly rows: number;
  readonly usable: number;
  /** Rows of usable records: more than those where a unit has several leaders. */
  readonly taken: number;
  readonly unusable: number;
  readonly skipped: number;
  /** Of the unusable: about leaders who held no post when the wave opened. */
  readonly moved: number;
  /** Of those that are skipped, records of persons who were erased. */
  readonly erased: number;
  readonly coercions: readonly CoercionCount[];
  /** Physical line in which the file ends although its record is not whole. */
  readonly cutOff: number | null;
  readonly warnings: readonly Problem[];
}

const coercionsOf = ({ coercions, trailing }: DeliveryReading, line: number): readonly CoercionCount[] =>
  trailing > 0 ? [...coercions, { kind: "cells-beyond", count: trailing, line, column: null }] : coercions;

const rowTaker = (part: number, coded: number, { set, setNumbers, next }: RowWriter): TakeRow => {
  const firstAnswer = 5;
  const firstCovariate = firstAnswer + coded;
  return (line, leader, respondent, weight, answers, covariates) => {
    set(0, part);
    set(1, line);
    set(2, leader);
    set(3, respondent);
    set(4, weight);
    setNumbers(firstAnswer, answers);
    setNumbers(firstCovariate, covariates);
    next();
  };
};

const keepUnusable = async (vault: Vault, part: number, unusable: readonly Unusable[]): Promise<void> => {
  const { set, next, close } = await writeRows(vault, stagedQuarantine);
  for (const { line, column, code, nearest } of unusable) {
    for (const [index, value] of [part, line, column, code, nearest].entries()) set(index, value);
    next();
  }
  await close();
};

/** Reads a delivery into the vault under a number of its own, in one transaction: all of it, or nothing. */
export const stageDelivery = (
  vault: Vault,
  study: Study,
  mapped: MappedDelivery,
  { part, key }: { readonly part: number; readonly key: string },
  context: ReadingContext,
  identities: readonly IdentityColumns[],
): Promise<PartReport> =>
  transaction(vault, async () => {
    const width = responseWidth(study);
    const table = stagedRows(width);
    let writer: RowWriter | null = null;
    let take: TakeRow = () => undefined;
    const begin = async (): Promise<void> => {
      if (writer !== null) {
        await writer.close();
        await remove(vault, table, { part });
      }
      writer = await writeRows(vault, table);
      take = rowTaker(part, width.coded.length, writer);
    };
    const rows = { take: (...row: Parameters<TakeRow>) => take(...row), begin };
    const reading = await readDelivery(study, mapped, context, identities, rows).finally(() => writer?.close());
    refuseMisread(study, mapped, reading);
    await keepUnusable(vault, part, reading.unusable);
    const forms = [...reading.forms].map(([respondent, bare]) => ({ part, respondent, bare }));
    await append(vault, respondentForms, forms);
    const { file, delivery } = mapped;
    const report: PartReport = {
      format: file.format,
      encoding: file.encoding,
      rows: reading.records,
      usable: reading.usable,
      taken: reading.taken,
      unusable: reading.unusable.length,
      skipped: reading.skipped,
      moved: reading.unusable.filter(({ code }) => code === "leader-not-in-post").length,
      erased: reading.erased,
      coercions: coercionsOf(reading, file.firstLine),
      cutOff: reading.cutOff,
      warnings: suspicionsOf(study, mapped, reading),
    };
    const { wave, rater } = delivery;
    await append(vault, stagedDeliveries, [{ part, key, wave, rater, report: JSON.stringify(report) }]);
    return report;
  });
