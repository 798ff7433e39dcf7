import type { QuarantineCode } from "../../src/errors.ts";
import { type Coercion, coercions as coercionKinds, isMissingText } from "../../src/formats/answers.ts";
import { pseudonymMaker } from "../../src/store/persons/pseudonym.ts";
import { tidyText } from "../../src/study/fold.ts";
import type { Study } from "../../src/study/study.ts";
import { missingMarks, responseWidth } from "../../src/tables/staged.ts";
import type { Cells } from "./cells.ts";
import type { MappedDelivery, PlacedColumn } from "./columns.ts";
import type { DeliveryReaders } from "./delivery-readers.ts";
import { type LeaderReader, longestId } from "./leader-reader.ts";
import { placeOfMissing } from "./readers.ts";
import { type BlankPattern, blankPatterns } from "./suspicion/blank-together.ts";
import { type ItemFit, itemSums } from "./suspicion/item-sums.ts";
import { type RespondentForms, respondentForms } from "./suspicion/respondent-forms.ts";

/** Takes a usable row: answers by item, `missingMarks` where there is none; covariates, NaN where there is none. */
export type TakeRow = (
  line: number,
  leader: string,
  respondent: string,
  weight: number,
  answers: Float64Array,
  covariates: Float64Array,
) => void;

/** A record that cannot be used, and what may have been meant. */
export interface Unusable {
  readonly line: number;
  readonly column: string | null;
  readonly code: QuarantineCode;
  readonly nearest: string | null;
}

/** How often something was changed in or read into a cell, and where first. */
export interface CoercionCount {
  readonly kind: Coercion;
  readonly count: number;
  readonly line: number;
  readonly column: string | null;
}

/** Records that a condition skips although their cell almost has its value. */
export interface NearCondition {
  readonly column: string;
  readonly wanted: string;
  readonly rows: number;
  readonly line: number;
}

/** What became of a delivery's records. */
export interface RecordsReading {
  readonly usable: number;
  /** Rows of usable records: a unit's record is a row for each of its leaders. */
  readonly taken: number;
  /** Left to other deliveries by the condition, or of a person who was erased. */
  readonly skipped: number;
  /** Of those that are skipped, records of persons who were erased. */
  readonly erased: number;
  readonly unusable: readonly Unusable[];
  readonly coercions: readonly CoercionCount[];
  readonly near: readonly NearCondition[];
  /** Records whose leader's id a spreadsheet seems to have shortened, and the first of their lines. */
  readonly scientific: { readonly rows: number; readonly line: number };
  /** By item: how many records that are meant hold each of its column's texts. */
  readonly counts: readonly Float64Array[];
  readonly fits: readonly ItemFit[];
  readonly blankTogether: BlankPattern | null;
  readonly forms: RespondentForms;
  /** By covariate: how many records that are meant have each number. */
  readonly covariates: readonly ReadonlyMap<number, number>[];
}

/** Per kind, how often and where first. */
const changeCounter = () => {
  const changes = new Map<Coercion, CoercionCount & { count: number }>();
  return {
    add: (kind: Coercion, line: number, column: PlacedColumn | null): void => {
      const found = changes.get(kind);
      if (found) found.count += 1;
      else changes.set(kind, { kind, count: 1, line, column: column?.name ?? null });
    },
    counts: (): readonly CoercionCount[] => coercionKinds.flatMap((kind) => changes.get(kind) ?? []),
  };
};

/** What an item's column holds, by place of the text: answer or mark, whether something is to be said, how many records. */
const itemColumn = (small: boolean) => {
  const mark = small ? missingMarks.coded : missingMarks.number;
  const [unasked, blank] = [mark(placeOfMissing("not-asked")), mark(placeOfMissing("blank"))];
  return { mark, unasked, blank, values: [] as number[], remarked: [] as boolean[], counts: new Float64Array(16) };
};
type ItemColumn = ReturnType<typeof itemColumn>;

/** Takes over what a reader has learnt since the last record. */
const catchUp = (item: ItemColumn, readings: NonNullable<DeliveryReaders["items"][number]>["readings"]): void => {
  for (let k = item.values.length; k < readings.length; k += 1) {
    const { answer, missing, fault, coercions } = readings[k]!;
    item.remarked.push(fault !== null || coercions.length > 0);
    item.values.push(answer ?? item.mark(placeOfMissing(missing ?? "blank")));
  }
  if (item.values.length <= item.counts.length) return;
  const larger = new Float64Array(2 * item.values.length);
  larger.set(item.counts);
  item.counts = larger;
};

/** Understands the records of a delivery one by one: skipped, unusable for the first reason that is found, or a row. */
export const recordReader = (
  study: Study,
  { delivery, columns }: MappedDelivery,
  readers: DeliveryReaders,
  cells: Cells,
  { pseudonymKey, erasedLines }: { readonly pseudonymKey: string; readonly erasedLines: ReadonlySet<number> },
  take: TakeRow,
) => {
  const { entries, slotOf, verbatim } = cells;
  const items = responseWidth(study).coded.map(itemColumn);
  const itemSlots = Int32Array.from(columns.items, slotOf);
  const covariateSlots = Int32Array.from(columns.covariates, slotOf);
  const whereSlots = Int32Array.from(columns.where, slotOf);
  const markSlots = columns.marks.map(slotOf);
  const weightSlot = slotOf(columns.weight);
  const rated = [
    { slot: slotOf(columns.unit), reader: readers.unit, column: columns.unit },
    { slot: slotOf(columns.leader), reader: readers.leader, column: columns.leader },
  ].filter((one): one is typeof one & { reader: LeaderReader } => one.slot >= 0 && one.reader !== null);
  const who = rated[0]!;

  const answers = Float64Array.from(items, ({ unasked }) => unasked);
  const covariates = new Float64Array(covariateSlots.length).fill(Number.NaN);
  const covariateCounts = columns.covariates.map(() => new Map<number, number>());
  const sums = itemSums(
    study.instrument,
    columns.items.map((column) => column !== null),
  );
  const blanks = blankPatterns();
  const itemsRead = itemSlots.filter((slot) => slot >= 0).length;
  const pseudonym = pseudonymMaker(pseudonymKey);
  const { forms, see } = respondentForms(pseudonym.ofText);
  const changes = changeCounter();
  const unusable: Unusable[] = [];
  const near = new Map<string, NearCondition & { rows: number }>();
  const scientific = { rows: 0, line: 0 };
  let [usable, taken, skipped, erased] = [0, 0, 0, 0];

  const refuse = (line: number, code: QuarantineCode, column: PlacedColumn | null, meant: string | null): true => {
    unusable.push({ line, code, column: column?.name ?? null, nearest: meant });
    return true;
  };

  const skips = (line: number): boolean => {
    for (let k = 0; k < whereSlots.length; k += 1) {
      const entry = entries[whereSlots[k]!]!;
      const reader = readers.where[k]!;
      if (reader.meant[entry]) continue;
      const wanted = reader.near[entry] ?? null;
      if (wanted === null) return true;
      const column = columns.where[k]!.name;
      const found = near.get(`${k} ${wanted}`) ?? { column, wanted, rows: 0, line };
      found.rows += 1;
      near.set(`${k} ${wanted}`, found);
      return true;
    }
    return false;
  };

  const remark = (line: number, k: number, entry: number): boolean => {
    const { fault, coercions } = readers.items[k]!.readings[entry]!;
    for (const kind of coercions) changes.add(kind, line, columns.items[k]!);
    return fault !== null;
  };

  /** Whether an answer is at fault. */
  const readItems = (line: number): boolean => {
    let faulty = false;
    for (let k = 0; k < itemSlots.length; k += 1) {
      const slot = itemSlots[k]!;
      if (slot < 0) continue;
      const item = items[k]!;
      const entry = entries[slot]!;
      if (entry >= item.values.length) catchUp(item, readers.items[k]!.readings);
      item.counts[entry]! += 1;
      const value = item.values[entry]!;
      answers[k] = value;
      if (value === item.blank) blanks.blank(k);
      if (item.remarked[entry]! && remark(line, k, entry)) faulty = true;
    }
    return faulty;
  };

  const readCovariates = (line: number): void => {
    for (let k = 0; k < covariateSlots.length; k += 1) {
      const slot = covariateSlots[k]!;
      if (slot < 0) continue;
      const reader = readers.covariates[k]!;
      const entry = entries[slot]!;
      const value = reader.values[entry]!;
      covariates[k] = value;
      const seen = covariateCounts[k]!;
      seen.set(value, (seen.get(value) ?? 0) + 1);
      for (const kind of reader.coercions[entry]!) changes.add(kind, line, columns.covariates[k]!);
    }
  };

  const readLeader = (line: number): boolean => {
    for (const { slot, reader, column } of rated) {
      const entry = entries[slot]!;
      if (reader.trimmed[entry]) changes.add("trimmed", line, column);
      if (reader.scientific[entry]) {
        if (scientific.rows === 0) scientific.line = line;
        scientific.rows += 1;
      }
      const fault = reader.faults[entry];
      if (fault) return refuse(line, fault, column, reader.nearestTo(entry));
    }
    return false;
  };

  const refuseAnswer = (line: number): void => {
    for (let k = 0; k < itemSlots.length; k += 1) {
      const slot = itemSlots[k]!;
      if (slot < 0) continue;
      const reader = readers.items[k]!;
      const entry = entries[slot]!;
      const { fault } = reader.readings[entry]!;
      if (fault === null) continue;
      refuse(line, fault, columns.items[k]!, fault === "answer-not-a-number" ? reader.nearestTo(entry) : null);
      return;
    }
  };

  /** Persons who were erased: nothing of their records is read. */
  const isOfErased = (line: number): boolean => {
    if (!erasedLines.has(line)) return false;
    skipped += 1;
    erased += 1;
    return true;
  };

  const respondentOf = (line: number): string => {
    if (columns.respondent === null) return "";
    const text = verbatim.text();
    const id = tidyText(text);
    if (id !== text) changes.add("trimmed", line, columns.respondent);
    if (id === "" || !isMissingText(id)) return id;
    changes.add("respondent-none", line, columns.respondent);
    return "";
  };

  /**
   * A leader's own answers are the leader's; an indicator is nobody's, whatever else has the same id. Null where the id is
   * too long to be one.
   */
  const pseudonymOf = (line: number, entry: number): string | null => {
    if (columns.respondent !== null && verbatim.isPlain() && verbatim.length() <= longestId)
      return pseudonym.ofBytes(verbatim.bytes(), verbatim.length());
    const own = respondentOf(line);
    if (own.length > longestId) return null;
    const id = respondentNamed(own, entry);
    const hidden = id === "" ? "" : pseudonym.ofText(id);
    if (own !== "") see(own, hidden);
    return hidden;
  };

  const respondentNamed = (own: string, entry: number): string => {
    if (own !== "" || delivery.rater === "employee" || delivery.rater === "superior") return own;
    const id = who.reader.id(entry);
    return delivery.rater === "self" || id === "" ? id : `indicator\x1f${id}`;
  };

  const record = (line: number): void => {
    cells.close(line);
    if (skips(line)) {
      skipped += 1;
      return;
    }
    const entry = entries[who.slot]!;
    if (isOfErased(line)) return;
    for (let k = 0; k < markSlots.length; k += 1) readers.marks[k]!.counts[entries[markSlots[k]!]!]! += 1;
    const faulty = readItems(line);
    blanks.close(line, itemsRead);
    readCovariates(line);
    if (readLeader(line)) return;
    if (faulty) {
      refuseAnswer(line);
      return;
    }
    const weight = weightSlot < 0 ? 1 : readers.weight!.values[entries[weightSlot]!]!;
    if (Number.isNaN(weight)) {
      refuse(line, "weight-invalid", columns.weight, null);
      return;
    }
    const hidden = pseudonymOf(line, entry);
    if (hidden === null) {
      refuse(line, "id-too-long", columns.respondent, null);
      return;
    }
    sums.add(answers);
    const leaders = who.reader.leaders[entry]!;
    for (let k = 0; k < leaders.length; k += 1) take(line, leaders[k]!, hidden, weight, answers, covariates);
    taken += leaders.length;
    usable += 1;
  };

  const reject = (line: number, code: QuarantineCode): void => {
    cells.close(line);
    if (!isOfErased(line)) refuse(line, code, null, null);
  };

  const reading = (): RecordsReading => ({
    usable,
    taken,
    skipped,
    erased,
    unusable,
    coercions: changes.counts(),
    near: [...near.values()],
    scientific,
    counts: items.map(({ counts }) => counts),
    fits: sums.fits(),
    blankTogether: blanks.most(),
    forms,
    covariates: covariateCounts,
  });
  return { record, reject, reading };
};
