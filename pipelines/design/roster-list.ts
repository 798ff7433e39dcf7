import { join } from "node:path";
import { type Problem, Refusal } from "../../src/errors.ts";
import { meets } from "../../src/formats/conditions.ts";
import { sourceFile } from "../../src/store/deliveries/copy.ts";
import { openDelivered } from "../../src/store/deliveries/open.ts";
import { recordsOf } from "../../src/store/deliveries/records.ts";
import { pathOf } from "../../src/store/inside.ts";
import type { Roster, Study } from "../../src/study/study.ts";
import { csvCell } from "../../src/tables/csv-cell.ts";
import { guarded } from "../../src/tables/formula-guard.ts";
import { findColumn, requireColumns } from "../ingest/columns.ts";

/** A leader as the draw knows them; `unit` is the leader where leaders themselves are drawn. */
export interface Listed {
  readonly leader: string;
  readonly block: string;
  readonly unit: string;
  readonly arm: string;
  readonly cells: readonly string[];
}

/** What is drawn, and within what: meanings of the roster's columns, or columns. */
export interface Drawing {
  /** Null where leaders themselves are drawn. */
  readonly by: string | null;
  /** Null for the roster's own block column, where it has one. */
  readonly within: readonly string[] | null;
}

/** The leaders of a file in the order of their ids, and the file's form. */
export interface RosterList {
  readonly header: readonly string[];
  readonly separator: string;
  readonly armColumn: string;
  readonly leaders: readonly Listed[];
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const armColumnOf = ({ columns }: Roster): string => columns.arm ?? "arm";

const blockColumns = ({ columns }: Roster, within: Drawing["within"], header: readonly string[]): readonly string[] => {
  if (within !== null) return within.map((name) => columns[name] ?? name);
  if (columns.block !== undefined) return [columns.block];
  return header.includes("block") ? ["block"] : [];
};

const faultsOf = (name: string, lines: readonly { readonly line: number; readonly one: Listed }[]): Problem[] => {
  const seen = new Set<string>();
  return lines.flatMap(({ line, one }): Problem[] => {
    const place = { file: name, line };
    if (one.leader === "") return [{ code: "row-unusable", place, fault: "leader-missing" }];
    if (one.unit === "") return [{ code: "row-unusable", place, fault: "unit-unknown" }];
    if (seen.has(one.leader)) return [{ code: "id-duplicate", place, kind: "leader", id: one.leader }];
    seen.add(one.leader);
    return [];
  });
};

const refuseAcross = (name: string, lines: readonly { readonly line: number; readonly one: Listed }[]): void => {
  const blockOf = new Map<string, string>();
  for (const { line, one } of lines) {
    const before = blockOf.get(one.unit) ?? one.block;
    blockOf.set(one.unit, before);
    const place = { file: name, line };
    if (before !== one.block) throw new Refusal({ code: "unit-across-blocks", place, unit: one.unit });
  }
};

/** Reads the list of leaders; every row must be usable, for the draw must cover all. The arm column may be absent. */
export const readRosterList = async (
  name: string,
  folder: string,
  roster: Roster,
  drawing: Drawing,
): Promise<RosterList> => {
  const source = await sourceFile(name, join(folder, name));
  const file = await openDelivered(source, roster.reading, [], "da");
  const header = file.columns.map((column) => column.name);
  const { separator } = file.dialect;
  const by = drawing.by === null ? null : (roster.columns[drawing.by] ?? drawing.by);
  const blocks = blockColumns(roster, drawing.within, header);
  const leader = roster.columns.leader ?? "leader";
  requireColumns(file, [leader, ...blocks, ...(by === null ? [] : [by]), ...Object.keys(roster.where)]);
  const cell = (cells: readonly string[], column: string): string =>
    cells[findColumn(file, column)?.column ?? -1] ?? "";
  const { records, rejected } = await recordsOf(file);
  const first = rejected.slice(0, 20).map(({ line, code }) => ({ place: { file: name, line }, fault: code }));
  if (first.length > 0) throw new Refusal(...first.map((one) => ({ code: "row-unusable" as const, ...one })));
  const lines = records
    .filter(({ cells }) =>
      Object.entries(roster.where).every(([column, condition]) => meets(condition, cell(cells, column))),
    )
    .map(({ line, cells }) => {
      const block = blocks.map((column) => cell(cells, column)).join(" × ");
      const unit = cell(cells, by ?? leader);
      return { line, one: { leader: cell(cells, leader), block, unit, arm: cell(cells, armColumnOf(roster)), cells } };
    });
  const faults = faultsOf(name, lines);
  if (faults.length > 0) throw new Refusal(...faults.slice(0, 20));
  refuseAcross(name, lines);
  if (lines.length === 0) throw new Refusal({ code: "no-row-accepted", place: { file: name }, rejected: 0 });
  const leaders = lines.map(({ one }) => one).sort((a, b) => inOrder(a.leader, b.leader));
  return { header, separator, armColumn: armColumnOf(roster), leaders };
};

/** The leaders of a study's roster. */
export const readStudyRoster = async (study: Study, roster: Roster, drawing: Drawing): Promise<RosterList> => {
  await pathOf(roster.file, study.folder, study.outside);
  return readRosterList(roster.file, study.folder, roster, drawing);
};

/** The list with the arm of every leader, as text. */
export const assignmentText = (list: RosterList, arms: readonly string[]): string => {
  const { separator, armColumn } = list;
  const at = list.header.indexOf(armColumn);
  const header = at < 0 ? [...list.header, armColumn] : list.header;
  const rows = list.leaders.map(({ cells }, index) =>
    at < 0 ? [...cells, arms[index]!] : cells.map((cell, column) => (column === at ? arms[index]! : cell)),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => csvCell(guarded(cell), separator)).join(separator);
  return `${[header, ...rows].map(line).join("\n")}\n`;
};
