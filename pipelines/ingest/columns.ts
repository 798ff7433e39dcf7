import { Refusal } from "../../src/errors.ts";
import type { DeliveredFile } from "../../src/store/delivery-files.ts";
import { type PlacedItem, placedItems } from "../../src/study/items.ts";
import { withNearest } from "../../src/study/nearest.ts";
import { type Covariate, type Delivery, missingKinds, type Study } from "../../src/study/study.ts";

/** Where in a file everything is that a delivery is mapped to: which columns are read, and in which cell each arrives. */
export interface Layout {
  readonly wanted: readonly boolean[];
  /** Cell (from 1; the line number is the first) of a column; 0 for none. */
  readonly cell: (column: string | null) => number;
}

const layoutOf = (header: readonly string[], columns: readonly string[]): Layout => {
  const wanted = header.map((name) => columns.includes(name));
  const cells = new Map<string, number>();
  header.forEach((name, index) => {
    if (wanted[index]) cells.set(name, 2 + wanted.slice(0, index).filter(Boolean).length);
  });
  return { wanted, cell: (column) => (column === null ? 0 : (cells.get(column) ?? 0)) };
};

/** Refuses a mapped column that the file does not have. */
export const requireColumns = (file: DeliveredFile, columns: readonly string[]): void => {
  const header = file.dialect.header;
  const absent = columns.filter((column) => !header.includes(column));
  if (absent.length === 0) return;
  throw new Refusal(
    ...absent.map((column) => ({
      code: "column-absent" as const,
      place: { file: file.name, line: file.dialect.firstLine - 1, column },
      ...withNearest(column, header),
      available: header.filter((name) => name !== ""),
    })),
  );
};

/** Layout of a file of which the named columns are read. */
export const readColumnsOf = (file: DeliveredFile, columns: readonly string[]): Layout =>
  layoutOf(
    file.dialect.header,
    columns.filter((column) => column !== ""),
  );

/** Which column of a delivery holds what; null where the file has none. */
export interface DeliveryColumns {
  readonly leader: string | null;
  readonly respondent: string | null;
  readonly unit: { readonly level: string; readonly column: string } | null;
  /** Only where the delivery maps one. */
  readonly weight: string | null;
  /** By item of the instrument. */
  readonly items: readonly (string | null)[];
  /** By covariate of the study. */
  readonly covariates: readonly (string | null)[];
  readonly where: readonly (readonly [string, string])[];
}

/** Finds a delivery's columns in its header; refuses where a mapped one, the leader's or every item is absent. */
export const deliveryColumns = (study: Study, delivery: Delivery, file: DeliveredFile): DeliveryColumns => {
  const header = file.dialect.header;
  const where = Object.entries(delivery.where);
  const level = study.organisation.find((name) => delivery.columns[name] !== undefined);
  const unit =
    delivery.rater === "indicator" && level !== undefined ? { level, column: delivery.columns[level] as string } : null;
  const leader = unit ? null : (delivery.columns["leader"] ?? "leader");
  const mapped = [
    ...Object.values(delivery.columns),
    ...Object.values(delivery.items),
    ...where.map(([column]) => column),
  ];
  requireColumns(file, leader === null ? mapped : [...mapped, leader]);
  const present = (column: string): string | null => (header.includes(column) ? column : null);
  const items = placedItems(study.instrument).map(({ item }) => present(delivery.items[item.id] ?? item.id));
  if (items.every((column) => column === null))
    requireColumns(
      file,
      placedItems(study.instrument)
        .slice(0, 1)
        .map(({ item }) => item.id),
    );
  return {
    leader,
    respondent: delivery.columns["respondent"] ?? present("respondent"),
    unit,
    weight: delivery.columns["weight"] ?? null,
    items,
    covariates: study.covariates.map((covariate) =>
      covariate.from === delivery.rater ? present(delivery.columns[covariate.id] ?? covariate.id) : null,
    ),
    where,
  };
};

const columnsRead = (columns: DeliveryColumns): readonly string[] =>
  [
    columns.leader,
    columns.respondent,
    columns.unit?.column,
    columns.weight,
    ...columns.items,
    ...columns.covariates,
    ...columns.where.map(([column]) => column),
  ].filter((column): column is string => typeof column === "string");

const numbered = <T>(name: string, values: readonly T[]): Record<string, T> =>
  Object.fromEntries(values.map((value, index) => [`${name}_${index + 1}`, value]));

const labelsOf = (study: Study): readonly (readonly [string, number])[] =>
  study.instrument.answers.flatMap(({ code, label }) =>
    [label.da, label.en].map((text) => [text.toLowerCase(), Number(code)] as const),
  );

/** Parameters by covariate of those that the file has, as numbers in a range or as codes. */
const covariateParameters = (covariates: readonly (readonly [Covariate, number])[]) =>
  Object.fromEntries(
    covariates.flatMap(([covariate, index]): [string, number | string[]][] => [
      [`covariate_low_${index}`, covariate.kind === "numeric" ? covariate.low : 0],
      [`covariate_high_${index}`, covariate.kind === "numeric" ? covariate.high : covariate.values.length - 1],
      ...(covariate.kind === "categorical"
        ? ([[`codes_${index}`, covariate.values.map(({ code }) => code)]] as [string, string[]][])
        : []),
    ]),
  );

/** Where `candidates.sql` finds what, by cell; and by place in the instrument or among the covariates. */
const placesOf = (study: Study, columns: DeliveryColumns, layout: Layout) => {
  const one = (column: string | null) => (column === null ? [] : [{ cell: layout.cell(column) }]);
  const items = columns.items.map((column, index) => ({ item: index + 1, cell: layout.cell(column) }));
  const covariates = columns.covariates.map((column, index) => ({ covariate: index + 1, cell: layout.cell(column) }));
  const given = covariates.filter(({ cell }) => cell > 0);
  const kindOf = ({ covariate }: { readonly covariate: number }) => study.covariates[covariate - 1]?.kind;
  return {
    cells: Array.from({ length: 1 + layout.wanted.filter(Boolean).length }, (_, index) => ({ cell: index + 1 })),
    leader: one(columns.leader),
    respondent: one(columns.respondent),
    unit: one(columns.unit?.column ?? null),
    weight: one(columns.weight),
    items: items.filter(({ cell }) => cell > 0),
    unasked: items.filter(({ cell }) => cell === 0),
    covariates: given,
    numeric: given.filter((place) => kindOf(place) === "numeric"),
    coded: given.filter((place) => kindOf(place) === "categorical"),
    absent: covariates.filter(({ cell }) => cell === 0),
    conditions: columns.where.map(([column], index) => ({ condition: index + 1, cell: layout.cell(column) })),
  };
};

/** Layout, repeated columns and bound parameters of `candidates.sql` for one delivery. */
export const candidateQuery = (study: Study, delivery: Delivery, file: DeliveredFile) => {
  const columns = deliveryColumns(study, delivery, file);
  const layout = readColumnsOf(file, columnsRead(columns));
  const repeats = placesOf(study, columns, layout);
  const items = placedItems(study.instrument);
  const asked = (value: (item: PlacedItem) => number) =>
    repeats.items.map(({ item }) => [item, value(items[item - 1] as PlacedItem)] as const);
  const { missing } = study.instrument;
  const labels = labelsOf(study);
  const parameters = {
    leader_column: columns.leader,
    respondent_column: columns.respondent,
    unit_column: columns.unit?.column ?? null,
    weight_column: columns.weight,
    ...(columns.unit ? { unit_level: columns.unit.level } : {}),
    item_columns: columns.items.map((column) => column ?? ""),
    covariate_columns: columns.covariates.map((column) => column ?? ""),
    missing_codes: missing.map(({ code }) => code),
    missing_kinds: missing.map(({ kind }) => missingKinds.indexOf(kind) + 1),
    labels: labels.map(([label]) => label),
    label_values: labels.map(([, value]) => value),
    ...Object.fromEntries(asked(({ scale }) => scale.low).map(([item, low]) => [`low_${item}`, low])),
    ...Object.fromEntries(asked(({ scale }) => scale.high).map(([item, high]) => [`high_${item}`, high])),
    ...covariateParameters(
      repeats.covariates.map(({ covariate }) => [study.covariates[covariate - 1] as Covariate, covariate]),
    ),
    ...numbered(
      "where",
      columns.where.map(([, value]) => value),
    ),
  };
  return { wanted: layout.wanted, repeats, parameters };
};
