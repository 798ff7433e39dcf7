import { type Problem, Refusal } from "../../src/errors.ts";
import { type CopiedFile, refuseChanging } from "../../src/store/deliveries/copy.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import type { Erasure } from "../../src/store/persons/erased.ts";
import type { IsPerson } from "../../src/store/persons/person-records.ts";
import { build, drop, ensure, write } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { exists, read } from "../../src/store/vault/read.ts";
import type { Delivery, Study } from "../../src/study/study.ts";
import {
  deliveries,
  formerDeliveries,
  respondentForms,
  respondentsOtherwise,
  responseWidth,
  sharedLines,
  stagedDeliveries,
  stagedQuarantine,
  stagedRows,
} from "../../src/tables/staged.ts";
import { codeVersion } from "../code-version.ts";
import type { RecordedAssignment } from "../design/assignment.ts";
import { withAttendance } from "../programme/dose.ts";
import { hashOf, type Progress } from "../stage.ts";
import type { MappedDelivery } from "./columns.ts";
import type { ReadingContext } from "./delivery-readers.ts";
import { byTable, identitiesOf } from "./identities.ts";
import { type Copies, collecting, openCopy, openDeliveries } from "./open.ts";
import { awayAt } from "./roster/posts.ts";
import { type RosterReading, readRoster } from "./roster/roster.ts";
import { type PartReport, stageDelivery } from "./stage-delivery.ts";
import { deliveryCompleteness, rosterCompleteness } from "./suspicion/completeness.ts";

/** The roster as it was read, and its file. */
export type ReadRoster = { readonly reading: RosterReading; readonly file: CopiedFile & DeliveredFile } | null;

/** A delivery of the study and the reading that is its own; `anew` where it was not read so before. */
export interface StagedDelivery {
  readonly mapped: MappedDelivery;
  readonly part: number;
  readonly anew: boolean;
  readonly report: PartReport;
}

/** What an ingest has read, before anything of the last one is touched. */
export interface Prepared {
  readonly ofRoster: ReadRoster;
  readonly assigned: RecordedAssignment | null;
  readonly staged: readonly StagedDelivery[];
  /** What looks wrong only beside other deliveries or the roster. */
  readonly unlike: readonly Problem[];
}

/** What looks wrong although it can be used; the same whether it is kept or only looked at. */
export const warningsOf = ({ ofRoster, staged, unlike }: Prepared): readonly Problem[] => [
  ...(ofRoster?.file.warnings() ?? []),
  ...(ofRoster?.reading.warnings ?? []),
  ...staged.flatMap(({ report }) => report.warnings),
  ...unlike,
];

const listOfUnits = (
  placements: RosterReading["placements"],
  level: string,
): ReadonlyMap<string, readonly string[]> => {
  const units = new Map<string, string[]>();
  for (const placement of placements)
    if (placement.level === level) units.set(placement.unit, [...(units.get(placement.unit) ?? []), placement.leader]);
  return units;
};

const contextOf = (
  study: Study,
  reading: RosterReading | null,
  { key, isErased }: Pick<Given, "key" | "isErased">,
): ReadingContext => ({
  leaders: reading && new Map(reading.rows.map(({ leader }) => [leader, [leader]])),
  units: new Map(study.organisation.map((level) => [level, listOfUnits(reading?.placements ?? [], level)])),
  away: awayAt(reading?.posts ?? new Map(), study.waves),
  pseudonymKey: key,
  isErased,
});

/** What a reading is given beside the study file. */
export interface Given {
  readonly copies: Copies;
  readonly assigned: RecordedAssignment | null;
  /** Of the pseudonyms that it makes. */
  readonly key: string;
  readonly erasures: readonly Erasure[];
  /** Null where nobody was erased. */
  readonly isErased: IsPerson | null;
}

/** What decides how a delivery is read: the same key, the same rows. */
const partKey = (
  study: Study,
  { delivery, file }: MappedDelivery,
  context: ReadingContext,
  { copies, erasures }: Given,
): string => {
  const { file: _file, complete: _complete, ...listing } = delivery;
  const codebook = delivery.reading.codebook.map((name) => copies.files.get(name)?.sha256);
  const rated = delivery.rater === "indicator" ? [...context.units].map(([level, units]) => [level, ...units]) : [];
  return hashOf(
    codeVersion("ingest"),
    listing,
    file.sha256,
    codebook,
    study.instrument,
    study.covariates,
    study.organisation,
    study.stopAbove,
    study.language,
    [...(context.leaders?.keys() ?? [])],
    [...(context.away.get(delivery.wave) ?? [])],
    rated,
    hashOf(context.pseudonymKey),
    erasures.map(({ subject }) => subject),
  );
};

const ensureStaged = async (vault: Vault, study: Study): Promise<void> => {
  const rows = stagedRows(responseWidth(study));
  if (await exists(vault, rows)) {
    await ensure(vault, stagedDeliveries);
    await ensure(vault, stagedQuarantine);
    await ensure(vault, respondentForms);
    return;
  }
  await drop(vault, deliveries);
  for (const table of [rows, stagedDeliveries, stagedQuarantine, respondentForms]) await write(vault, table, []);
};

const sameRows = (one: Delivery, other: Delivery): boolean =>
  JSON.stringify(Object.entries(one.where).sort()) === JSON.stringify(Object.entries(other.where).sort());

/** Two waves cannot have the same answers. */
const sameFiles = (mapped: readonly MappedDelivery[]): readonly Problem[] =>
  mapped.flatMap(({ delivery, file }, index): Problem[] => {
    const other = mapped
      .slice(0, index)
      .find(
        (one) =>
          one.file.sha256 === file.sha256 &&
          one.file.name !== file.name &&
          one.delivery.wave !== delivery.wave &&
          one.delivery.rater === delivery.rater &&
          sameRows(one.delivery, delivery),
      );
    return other ? [{ code: "same-file", place: { file: file.name }, other: other.file.name }] : [];
  });

/** Deliveries that read the same columns of one file cannot have a row in common. */
const sharedRows = async (vault: Vault, staged: readonly StagedDelivery[]): Promise<readonly Problem[]> => {
  const files = new Map<string, StagedDelivery[]>();
  for (const one of staged) {
    const { file, rater, reading, items, columns } = one.mapped.delivery;
    const key = JSON.stringify([file, rater, reading.sheet, items, columns]);
    files.set(key, [...(files.get(key) ?? []), one]);
  }
  const found: Problem[] = [];
  for (const listed of files.values()) {
    if (listed.length < 2) continue;
    const parts = listed.map(({ part }) => part);
    const [shared] = await read(vault, sharedLines, "pipelines/ingest/suspicion/shared-rows.sql", { parts });
    const file = listed[0]!.mapped.file.name;
    if (shared) found.push({ code: "rows-shared", place: { file, line: shared.line } });
  }
  return found;
};

/** Respondents whose id another delivery of the same rater writes with other zeros: they do not count as the same. */
const respondentsUnlike = async (vault: Vault, staged: readonly StagedDelivery[]): Promise<readonly Problem[]> => {
  const parts = staged.map(({ part }) => part);
  const unlike = await read(vault, respondentsOtherwise, "pipelines/ingest/suspicion/respondents-otherwise.sql", {
    parts,
  });
  const mappedOf = (wanted: number) => staged.find(({ part }) => part === wanted)!.mapped;
  return unlike.map(({ part, respondents, other }) => {
    const { file, columns } = mappedOf(part);
    const place = { file: file.name, line: file.headerLine, column: columns.respondent!.name };
    return { code: "respondents-otherwise", place, other: mappedOf(other).file.name, respondents };
  });
};

/** Reads each delivery that has not been read so before. Refuses those that cannot be used, all at once. */
const stageAll = async (
  vault: Vault,
  study: Study,
  mapped: readonly MappedDelivery[],
  context: ReadingContext,
  given: Given,
  progress: Progress,
): Promise<readonly StagedDelivery[]> => {
  await ensureStaged(vault, study);
  const known = await read(vault, stagedDeliveries, "pipelines/ingest/staged-deliveries.sql");
  const byKey = new Map(known.map((one) => [one.key, one]));
  let last = Math.max(0, ...known.map(({ part }) => part));
  const { attempt, problems } = collecting();
  const staged: StagedDelivery[] = [];
  const identities = new Map(byTable(mapped).flatMap((read) => read.map((one) => [one, identitiesOf(read)])));
  for (const [index, one] of mapped.entries()) {
    progress(one.file.name, index / mapped.length);
    const key = partKey(study, one, context, given);
    const found = byKey.get(key);
    if (found) {
      staged.push({ mapped: one, part: found.part, anew: false, report: JSON.parse(found.report) as PartReport });
      continue;
    }
    const part = ++last;
    const report = await attempt(() => stageDelivery(vault, study, one, { part, key }, context, identities.get(one)!));
    if (report) staged.push({ mapped: one, part, anew: true, report });
  }
  const faults = [
    ...problems(),
    ...sameFiles(staged.map((one) => one.mapped)),
    ...(problems().length === 0 ? await sharedRows(vault, staged) : []),
  ];
  if (faults.length > 0) throw new Refusal(...faults);
  return staged;
};

const prepareRoster = async (
  study: Study,
  copies: Copies,
  assigned: RecordedAssignment | null,
): Promise<ReadRoster> => {
  if (study.roster === null || !copies.files.has(study.roster.file)) return null;
  const file = await openCopy(study, copies, study.roster.file, study.roster.reading);
  const reading = await readRoster(study, study.roster, file, assigned);
  const faults = rosterCompleteness(study.roster, reading);
  if (faults.length > 0) throw new Refusal(...faults);
  return { reading: await withAttendance(study, reading), file };
};

/** What the last ingest took as the study's deliveries; to be compared with. */
const keepFormer = async (vault: Vault): Promise<void> => {
  if (await exists(vault, deliveries)) await build(vault, formerDeliveries, "pipelines/ingest/former-deliveries.sql");
  else await write(vault, formerDeliveries, []);
};

/** Reads everything into the vault beside what the last ingest left, and refuses what cannot be used. */
export const prepare = async (vault: Vault, study: Study, given: Given, progress: Progress): Promise<Prepared> => {
  const { copies, assigned } = given;
  const { attempt, problems } = collecting();
  const ofRoster = await attempt(() => prepareRoster(study, copies, assigned));
  const mapped = await attempt(() => openDeliveries(study, copies));
  const faults = [...copies.problems, ...problems()];
  if (faults.length > 0 || mapped === null) throw new Refusal(...faults);
  const context = contextOf(study, ofRoster?.reading ?? null, given);
  const staged = await stageAll(vault, study, mapped, context, given, progress);
  await keepFormer(vault);
  const { problems: partial, warnings } = await deliveryCompleteness(
    vault,
    study,
    ofRoster?.reading.rows ?? null,
    staged,
  );
  if (partial.length > 0) throw new Refusal(...partial);
  for (const copy of copies.files.values()) await refuseChanging(copy);
  return { ofRoster, assigned, staged, unlike: [...warnings, ...(await respondentsUnlike(vault, staged))] };
};
