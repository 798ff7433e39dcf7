import type { Problem } from "../../../src/errors.ts";
import type { Vault } from "../../../src/store/vault/open.ts";
import { read } from "../../../src/store/vault/read.ts";
import type { Roster, Study, Wave } from "../../../src/study/study.ts";
import type { RosterRow } from "../../../src/tables/roster.ts";
import { formerRows, leaderLines } from "../../../src/tables/staged.ts";
import type { MappedDelivery } from "../columns.ts";
import type { RosterReading } from "../roster/roster.ts";
import type { PartReport } from "../stage-delivery.ts";
import { orderOf } from "./leader-order.ts";

/** What is wrong with the files of a study that may have come in part, and what should be known. */
export interface Completeness {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** A delivery that has been read. */
export interface ReadDelivery {
  readonly mapped: MappedDelivery;
  readonly part: number;
  readonly report: PartReport;
}

/** A run of leaders without answers at the end of a file is chance where it is likelier than this. */
const chance = 0.001;
/** A roster of fewer leaders says nothing of a file in which few of them are. */
const fewestExpected = 20;
const fewShare = 0.5;

interface Held {
  readonly name: string;
  readonly rows: number;
  readonly cutOff: number | null;
  readonly complete: number | null;
  readonly before: number;
}

/** The number that the study file gives, and only it, settles whether a file is whole. */
const ofFile = ({ name, rows, cutOff, complete, before }: Held): readonly Problem[] => {
  const place = { file: name };
  if (complete !== null) return rows === complete ? [] : [{ code: "rows-incomplete", place, rows, complete }];
  if (cutOff !== null) return [{ code: "record-cut", place: { ...place, line: cutOff }, rows }];
  return rows < before ? [{ code: "rows-fewer", place, rows, before }] : [];
};

/** Whether a roster's file is whole. */
export const rosterCompleteness = ({ file, complete }: Roster, { counts, cutOff }: RosterReading) =>
  ofFile({ name: file, rows: counts.rows, cutOff, complete, before: 0 });

const leads = ({ from_date, to_date }: RosterRow, { from }: Wave): boolean =>
  (from_date === null || from_date <= from) && (to_date === null || to_date >= from);

interface OfWave {
  readonly expected: readonly string[];
  readonly deliveries: readonly ReadDelivery[];
  readonly linesOf: (part: number) => readonly string[];
}

/** A file that goes leader by leader and stops, so that a run of leaders is missing that chance does not make. */
const stopsEarly = (one: ReadDelivery, { expected, deliveries, linesOf }: OfWave): readonly Problem[] => {
  const elsewhere = new Set(deliveries.flatMap(({ part }) => (part === one.part ? [] : linesOf(part))));
  const own = expected.filter((leader) => !elsewhere.has(leader));
  const order = orderOf(
    own,
    linesOf(one.part).filter((leader) => !elsewhere.has(leader)),
  );
  if (order === null) return [];
  const missing = (order.skipped + 1) / (order.passed + 1);
  if (missing ** order.beyond.length >= chance) return [];
  const place = { file: one.mapped.file.name };
  return [{ code: "leaders-cut", place, rows: one.report.rows, leaders: order.beyond.length }];
};

const fewLeaders = ({ expected, deliveries, linesOf }: OfWave): readonly Problem[] => {
  const answered = new Set(deliveries.flatMap(({ part }) => linesOf(part)));
  const found = expected.filter((leader) => answered.has(leader)).length;
  const last = deliveries.at(-1);
  if (!last || expected.length < fewestExpected || found >= fewShare * expected.length) return [];
  const place = { file: last.mapped.file.name };
  return [{ code: "leaders-few", place, rows: last.report.rows, answered: found, expected: expected.length }];
};

/** What the roster leads to expect of deliveries of one wave and rater that nothing is said of. */
const ofRoster = async (
  vault: Vault,
  study: Study,
  roster: readonly RosterRow[],
  read: readonly ReadDelivery[],
): Promise<Completeness> => {
  const byLeader = read.filter(({ mapped }) => mapped.columns.unit === null);
  const lines = await linesIn(vault, byLeader);
  const linesOf = (part: number): readonly string[] => lines.get(part) ?? [];
  const waves = study.waves.flatMap((wave) =>
    [...new Set(byLeader.map(({ mapped }) => mapped.delivery.rater))].map((rater): OfWave => {
      const deliveries = byLeader.filter(
        ({ mapped: { delivery } }) => delivery.wave === wave.id && delivery.rater === rater,
      );
      return {
        expected: roster.filter((row) => leads(row, wave)).map(({ leader }) => leader),
        deliveries,
        linesOf,
      };
    }),
  );
  const isOpen = ({ mapped }: ReadDelivery): boolean => mapped.delivery.complete === null;
  const problems = waves.flatMap((wave) => wave.deliveries.filter(isOpen).flatMap((one) => stopsEarly(one, wave)));
  const unsaid = waves.filter(({ deliveries }) => deliveries.some(isOpen));
  return { problems, warnings: problems.length > 0 ? [] : unsaid.flatMap(fewLeaders) };
};

const linesIn = async (vault: Vault, staged: readonly ReadDelivery[]): Promise<ReadonlyMap<number, string[]>> => {
  const parts = staged.map(({ part }) => part);
  const rows = await read(vault, leaderLines, "pipelines/ingest/suspicion/leader-lines.sql", { parts });
  const byPart = new Map<number, string[]>();
  for (const { part, leader } of rows) {
    const leaders = byPart.get(part);
    if (leaders) leaders.push(leader);
    else byPart.set(part, [leader]);
  }
  return byPart;
};

/**
 * Which deliveries may have come in part: a file that ends within a record, has fewer rows than the one in whose place
 * it is, or stops before the leaders of the roster do. `complete` in the study file overrules all of it.
 */
export const deliveryCompleteness = async (
  vault: Vault,
  study: Study,
  roster: readonly RosterRow[] | null,
  staged: readonly ReadDelivery[],
): Promise<Completeness> => {
  const former = await read(vault, formerRows, "pipelines/ingest/suspicion/former-rows.sql");
  const own = staged.flatMap(({ mapped: { delivery }, report: { rows, cutOff } }) => {
    const isFormer = (one: (typeof former)[number]): boolean =>
      one.file === delivery.file && one.wave === delivery.wave && one.rater === delivery.rater;
    const before = former.find(isFormer)?.rows ?? 0;
    return ofFile({ name: delivery.file, rows, cutOff, complete: delivery.complete, before });
  });
  if (own.length > 0 || roster === null) return { problems: own, warnings: [] };
  return ofRoster(vault, study, roster, staged);
};
