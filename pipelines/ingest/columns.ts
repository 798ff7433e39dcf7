import { Refusal } from "../../src/errors.ts";
import type { DeliveredFile } from "../../src/store/delivery-files.ts";
import { placedItems } from "../../src/study/items.ts";
import { withNearest } from "../../src/study/nearest.ts";
import { type Delivery, missingKinds, type Study } from "../../src/study/study.ts";

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
    ...columns.items,
    ...columns.covariates,
    ...columns.where.map(([column]) => column),
  ].filter((column): column is string => typeof column === "string");

/** Layout and bound parameters of `candidates.sql` for one delivery. */
export const candidateParameters = (study: Study, delivery: Delivery, file: DeliveredFile) => {
  const columns = deliveryColumns(study, delivery, file);
  const layout = readColumnsOf(file, columnsRead(columns));
  const items = placedItems(study.instrument);
  const { answers, missing } = study.instrument;
  const labels = answers.flatMap(({ code, label }) =>
    [label.da, label.en].map((text) => [text.toLowerCase(), Number(code)] as const),
  );
  const list = (values: readonly unknown[]): string => JSON.stringify(values);
  const covariates = study.covariates;
  const parameters = {
    respondent_cell: layout.cell(columns.respondent),
    respondent_column: columns.respondent,
    leader_cell: layout.cell(columns.leader),
    leader_column: columns.leader,
    unit_cell: layout.cell(columns.unit?.column ?? null),
    unit_column: columns.unit?.column ?? null,
    unit_level: columns.unit?.level ?? "",
    item_cells: list(columns.items.map(layout.cell)),
    item_columns: list(columns.items),
    item_lows: list(items.map(({ scale }) => scale.low)),
    item_highs: list(items.map(({ scale }) => scale.high)),
    missing_codes: list(missing.map(({ code }) => code)),
    missing_kinds: list(missing.map(({ kind }) => missingKinds.indexOf(kind) + 1)),
    labels: list(labels.map(([label]) => label)),
    label_values: list(labels.map(([, value]) => value)),
    covariate_cells: list(columns.covariates.map(layout.cell)),
    covariate_columns: list(columns.covariates),
    covariate_lows: list(covariates.map((covariate) => (covariate.kind === "numeric" ? covariate.low : 0))),
    covariate_highs: list(
      covariates.map((covariate) => (covariate.kind === "numeric" ? covariate.high : covariate.values.length - 1)),
    ),
    covariate_codes: list(
      covariates.map((covariate) => (covariate.kind === "numeric" ? null : covariate.values.map(({ code }) => code))),
    ),
    where_cells: list(columns.where.map(([column]) => layout.cell(column))),
    where_values: list(columns.where.map(([, value]) => value)),
  };
  return { wanted: layout.wanted, parameters };
};
