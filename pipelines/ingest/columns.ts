import { type Problem, Refusal } from "../../src/errors.ts";
import type { FileColumn } from "../../src/formats/delivered.ts";
import { resemblesAnswers } from "../../src/formats/headerless.ts";
import { qualtricsMarks } from "../../src/formats/matching/completed.ts";
import { isCalled } from "../../src/formats/matching/surveyed.ts";
import { squeezedName } from "../../src/formats/personal.ts";
import type { CopiedFile } from "../../src/store/deliveries/copy.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import { tidyText } from "../../src/study/fold.ts";
import { placedItems } from "../../src/study/items.ts";
import { withNearest } from "../../src/study/nearest.ts";
import type { Condition, Delivery, Study } from "../../src/study/study.ts";

/** A column of a file, by its place in the header. */
export interface PlacedColumn {
  readonly column: number;
  readonly name: string;
  readonly described: FileColumn;
}

const isNamed = (column: FileColumn, name: string): boolean => column.name === name || column.id === name;

/** The column of a name (or of a vendor's id); null where the file has none. Refuses a name that stands twice. */
export const findColumn = (file: DeliveredFile, name: string): PlacedColumn | null => {
  const wanted = tidyText(name);
  const found = [...file.columns.entries()].filter(([, column]) => isNamed(column, wanted));
  const exact = found.filter(([, column]) => column.id === wanted);
  const chosen = exact.length === 1 ? exact : found;
  if (chosen.length > 1)
    throw new Refusal({ code: "header-duplicate", place: { file: file.name, line: file.headerLine, column: wanted } });
  const [place] = chosen;
  if (place && file.nested.includes(place[1].name))
    throw new Refusal({ code: "column-nested", place: { file: file.name, column: wanted } });
  return place ? { column: place[0], name: place[1].name, described: place[1] } : null;
};

/** A name with other marks between its words is more alike than one with another letter. */
const nearestName = (wanted: string, names: readonly string[]): { readonly nearest?: string } => {
  const alike = names.find((name) => squeezedName(name) === squeezedName(wanted));
  return alike === undefined ? withNearest(wanted, names) : { nearest: alike };
};

const absent = (file: DeliveredFile, column: string): Problem => {
  const names = file.columns.map(({ name }) => name).filter((name) => name !== "");
  const place = { file: file.name, line: file.headerLine, column };
  return { code: "column-absent", place, ...nearestName(column, names), available: names };
};

/** A header that stands below others: a record further down that holds the names that the first one lacks. */
const headerBelow = (file: DeliveredFile, names: readonly string[]): number | null => {
  const wanted = names.map(tidyText);
  const found = file.beginning.find(
    ({ line, cells }) => line > file.headerLine && wanted.length > 1 && wanted.every((name) => cells.includes(name)),
  );
  return found?.line ?? null;
};

/** The columns of these names; refuses the names that the file does not have, all at once. */
export const requireColumns = (file: DeliveredFile, names: readonly string[]): readonly PlacedColumn[] => {
  const found = [...new Set(names)].map((name) => ({ name, column: findColumn(file, name) }));
  const problems = found.filter(({ column }) => column === null).map(({ name }) => absent(file, name));
  const below = problems.length > 0 ? headerBelow(file, names) : null;
  if (below !== null) throw new Refusal({ code: "header-elsewhere", place: { file: file.name, line: below } });
  if (problems.length === found.length && resemblesAnswers(file.columns.map(({ name }) => name)))
    throw new Refusal({
      code: "header-absent",
      place: { file: file.name, line: file.headerLine },
      expected: [...new Set(names)],
    });
  if (problems.length > 0) throw new Refusal(...problems);
  return names.map((name) => found.find((one) => one.name === name)?.column as PlacedColumn);
};

/** Which column of a delivery holds what; null where the file has none. */
export interface DeliveryColumns {
  readonly leader: PlacedColumn | null;
  readonly respondent: PlacedColumn | null;
  readonly unit: (PlacedColumn & { readonly level: string }) | null;
  readonly weight: PlacedColumn | null;
  /** By item of the instrument; null where it was not asked. */
  readonly items: readonly (PlacedColumn | null)[];
  /** By covariate of the study. */
  readonly covariates: readonly (PlacedColumn | null)[];
  readonly where: readonly (PlacedColumn & { readonly condition: Condition })[];
  /** In which the survey system marks what is no whole answer, and of which the delivery says nothing. */
  readonly marks: readonly PlacedColumn[];
}

/** Every column that a delivery is read from, by its place in the header. */
export const mappedColumns = ({ leader, respondent, unit, weight, items, covariates, where }: DeliveryColumns) =>
  [leader, respondent, unit, weight, ...items, ...covariates, ...where].flatMap((column) =>
    column ? [column.column] : [],
  );

/** One column cannot hold two answers, nor an answer and who gave it. */
const refuseSharing = (file: DeliveredFile, columns: DeliveryColumns, items: readonly string[]): void => {
  const others: readonly (readonly [string, PlacedColumn | null])[] = [
    ["respondent", columns.respondent],
    ["leader", columns.leader],
    ["weight", columns.weight],
    ...columns.items.map((column, index) => [items[index] as string, column] as const),
  ];
  const seen = new Map<number, string>();
  const problems: Problem[] = [];
  for (const [meaning, column] of others) {
    if (column === null) continue;
    const other = seen.get(column.column);
    const place = { file: file.name, line: file.headerLine, column: column.name };
    if (other !== undefined && items.includes(meaning))
      problems.push({ code: "column-mapped-twice", place, column: column.name, meanings: [other, meaning] });
    seen.set(column.column, meaning);
  }
  if (problems.length > 0) throw new Refusal(...problems);
};

const marksOf = ({ where }: Delivery, { format, columns }: DeliveredFile): readonly PlacedColumn[] =>
  format !== "qualtrics"
    ? []
    : [...columns.entries()].flatMap(([column, described]) => {
        const said = Object.keys(where).some((name) => isNamed(described, tidyText(name)));
        const isMark = isCalled({ described, texts: new Map(), filled: 0 }, qualtricsMarks);
        return isMark && !said ? [{ column, name: described.name, described }] : [];
      });

/** Finds a delivery's columns in its header; refuses where a mapped one, the leader's or an item's is absent. */
export const deliveryColumns = (study: Study, delivery: Delivery, file: DeliveredFile): DeliveryColumns => {
  const level = study.organisation.find((name) => delivery.columns[name] !== undefined);
  const byUnit = delivery.rater === "indicator" && level !== undefined;
  const leader = byUnit ? null : (delivery.columns["leader"] ?? "leader");
  const items = placedItems(study.instrument);
  const columnOf = (item: string): string => delivery.items[item] ?? item;
  const present = items.filter(({ item }) => findColumn(file, columnOf(item.id)) !== null);
  const asked = missedItems(
    study,
    delivery,
    present.map(({ item }) => item.id),
  );
  requireColumns(file, [
    ...Object.values(delivery.columns),
    ...(leader === null ? [] : [leader]),
    ...Object.keys(delivery.where),
    ...Object.values(delivery.items),
    ...asked.map(columnOf),
  ]);
  const optional = (name: string): PlacedColumn | null => findColumn(file, name);
  const unit = byUnit ? optional(delivery.columns[level] as string) : null;
  const columns: DeliveryColumns = {
    leader: leader === null ? null : optional(leader),
    respondent: optional(delivery.columns["respondent"] ?? "respondent"),
    unit: unit && { ...unit, level: level as string },
    weight: delivery.columns["weight"] === undefined ? null : optional(delivery.columns["weight"]),
    items: items.map(({ item }) => (delivery.notAsked.includes(item.id) ? null : optional(columnOf(item.id)))),
    covariates: study.covariates.map((covariate) =>
      covariate.from === delivery.rater ? optional(delivery.columns[covariate.id] ?? covariate.id) : null,
    ),
    where: Object.entries(delivery.where).flatMap(([name, condition]) => {
      const found = optional(name);
      return found ? [{ ...found, condition }] : [];
    }),
    marks: marksOf(delivery, file),
  };
  refuseSharing(
    file,
    columns,
    items.map(({ item }) => item.id),
  );
  return columns;
};

type ItemsOfScale = readonly string[];

const scalesOfItems = (study: Study): readonly { readonly scale: string; readonly items: ItemsOfScale }[] =>
  study.instrument.scales.flatMap((scale) =>
    scale.kind === "items" ? [{ scale: scale.id, items: scale.items.map(({ id }) => id) }] : [],
  );

/** Items without a column that must have one: the others of a scale of which the file has an item. */
const missedItems = (study: Study, delivery: Delivery, present: readonly string[]): readonly string[] => {
  const missed = (id: string): boolean => !delivery.notAsked.includes(id) && !present.includes(id);
  const scales = scalesOfItems(study).map(({ items }) => items);
  const begun = scales.filter((items) => items.some((id) => present.includes(id)));
  return (begun.length > 0 ? begun : scales.slice(0, 1)).flat().filter(missed);
};

/** A delivery and where its file has what. */
export interface MappedDelivery {
  readonly delivery: Delivery;
  readonly file: CopiedFile & DeliveredFile;
  readonly columns: DeliveryColumns;
}

/** Scales that an outcome of the plan is made of. */
const partsOf = (study: Study, scale: string): readonly string[] => {
  const found = study.instrument.scales.find(({ id }) => id === scale);
  return found?.kind === "scales" ? found.of.flatMap((part) => partsOf(study, part)) : [scale];
};

/**
 * Whole scales that a wave and rater must have and no file of them has: those that the plan needs of the rater, that the
 * instrument words for the rater, or that the rater answers in another wave.
 */
export const missedScales = (study: Study, mapped: readonly MappedDelivery[]): readonly Problem[] => {
  const items = placedItems(study.instrument);
  const planned = [...study.plan.primary, ...study.plan.secondary];
  const has = ({ columns }: MappedDelivery, scale: ItemsOfScale): boolean =>
    items.some(({ item }, index) => scale.includes(item.id) && columns.items[index] !== null);
  const wordedFor = (scale: ItemsOfScale, rater: Delivery["rater"]): boolean =>
    items.some(({ item }) => scale.includes(item.id) && item.wording[rater] !== undefined);
  return mapped.flatMap((one, at): Problem[] => {
    const { delivery, file } = one;
    const alike = mapped.filter((other) => other.delivery.rater === delivery.rater);
    const here = alike.filter((other) => other.delivery.wave === delivery.wave);
    if (mapped.indexOf(here[0] as MappedDelivery) !== at) return [];
    return scalesOfItems(study).flatMap(({ scale, items: own }): Problem[] => {
      const missed = own.filter((id) => here.every((other) => !other.delivery.notAsked.includes(id)));
      if (missed.length < own.length || here.some((other) => has(other, own))) return [];
      const needed =
        alike.some((other) => has(other, own)) ||
        wordedFor(own, delivery.rater) ||
        planned.some((outcome) => outcome.rater === delivery.rater && partsOf(study, outcome.scale).includes(scale));
      return needed ? own.map((id) => absent(file, delivery.items[id] ?? id)) : [];
    });
  });
};
