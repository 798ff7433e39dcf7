import { type Problem, type QuarantineCode, Refusal } from "../../../src/errors.ts";
import { isMissingText } from "../../../src/formats/answers.ts";
import { meets } from "../../../src/formats/conditions.ts";
import type { DeliveredFile } from "../../../src/store/deliveries/delivered-table.ts";
import { recordsOf } from "../../../src/store/deliveries/records.ts";
import { withNearest } from "../../../src/study/nearest.ts";
import type { Covariate, Roster, Study } from "../../../src/study/study.ts";
import type { RosterRow } from "../../../src/tables/roster.ts";
import type { QuarantineRow } from "../../../src/tables/staged.ts";
import type { RecordedAssignment } from "../../design/assignment.ts";
import { findColumn, type PlacedColumn, requireColumns } from "../columns.ts";
import { longestId } from "../leader-reader.ts";
import { alikeNames } from "./alike.ts";
import { backgroundValues } from "./background.ts";
import { orderOf, rosterValue } from "./cells.ts";
import { areApart, foremostPost, type Post, spanOf } from "./posts.ts";

export interface RosterReading {
  readonly rows: readonly RosterRow[];
  readonly placements: readonly { readonly leader: string; readonly level: string; readonly unit: string }[];
  readonly covariates: readonly { readonly leader: string; readonly covariates: readonly (number | null)[] }[];
  /** When each leader held a post. */
  readonly posts: ReadonlyMap<string, readonly Post[]>;
  readonly quarantine: readonly QuarantineRow[];
  readonly warnings: readonly Problem[];
  /** Physical line in which the file ends although its record is not whole. */
  readonly cutOff: number | null;
  readonly counts: {
    readonly rows: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly skipped: number;
  };
}

/** Meaning of the column that says what was given to an arm whole. */
const allocated = "allocation";
const builtIn = ["leader", "arm", "block", "class", "group", "employees", "attended", "from", "to"] as const;

interface Line {
  readonly line: number;
  readonly text: (meaning: string) => string;
}

/** The lines of a roster, with the text of a cell by what its column means. */
const linesOf = async (file: DeliveredFile, columns: ReadonlyMap<string, PlacedColumn>, where: Roster["where"]) => {
  const { records, rejected, cutOff } = await recordsOf(file);
  const conditions = Object.entries(where).map(([name, condition]) => ({
    column: findColumn(file, name)?.column ?? -1,
    condition,
  }));
  const kept = records.filter(({ cells }) =>
    conditions.every(({ column, condition }) => meets(condition, cells[column] ?? "")),
  );
  const lines: Line[] = kept.map(({ line, cells }) => ({
    line,
    text: (meaning) => cells[columns.get(meaning)?.column ?? -1] ?? "",
  }));
  return { lines, rejected, cutOff, records: records.length + rejected.length, skipped: records.length - kept.length };
};

/** Dates that show that the month stands first are not read as if the day did. */
const refuseMonthFirst = (
  file: DeliveredFile,
  columns: ReadonlyMap<string, PlacedColumn>,
  lines: readonly Line[],
): void => {
  for (const meaning of ["from", "to"]) {
    const found = lines.find((line) => orderOf(line.text(meaning)) === "month-first");
    const column = columns.get(meaning)?.name ?? meaning;
    if (found) throw new Refusal({ code: "month-first", place: { file: file.name, line: found.line, column } });
  }
};

const refuseUnknownArms = (study: Study, file: DeliveredFile, column: string, lines: readonly Line[]): void => {
  const known = study.arms.map((arm) => arm.id);
  const problems = lines
    .filter((line) => line.text("leader") !== "" && !known.includes(line.text("arm")))
    .map((line) => ({
      code: "arm-unknown" as const,
      place: { file: file.name, line: line.line, column },
      arm: line.text("arm"),
      allowed: known,
      ...withNearest(line.text("arm"), known),
    }));
  if (problems.length > 0) throw new Refusal(...problems.slice(0, 20));
};

/** Value of a covariate on a line; null where the line says none, or none that can be used. */
type Background = (covariate: Covariate, line: Line) => number | null;

const backgroundOf = (
  roster: Roster,
  file: DeliveredFile,
  columns: ReadonlyMap<string, PlacedColumn>,
  covariates: readonly Covariate[],
  lines: readonly Line[],
): Background => {
  const options = { separator: file.dialect.separator, given: roster.reading.decimal };
  const values = new Map(
    covariates.map((covariate) => {
      const place = { file: file.name, column: columns.get(covariate.id)?.name ?? covariate.id };
      const texts = lines.map((line) => line.text(covariate.id));
      const found = backgroundValues(covariate, { texts, lines: lines.map(({ line }) => line), place }, options);
      return [covariate.id, new Map(lines.map((line, index) => [line, found[index]!]))] as const;
    }),
  );
  return (covariate, line) => {
    const value = values.get(covariate.id)?.get(line);
    return value === undefined || Number.isNaN(value) ? null : value;
  };
};

type Fault = readonly [QuarantineCode, string];

const faultOf = (byUnit: boolean, line: Line): Fault | null => {
  if (line.text("leader") === "") return ["leader-missing", "leader"];
  if (line.text("leader").length > longestId) return ["id-too-long", "leader"];
  return byUnit && line.text(allocated) === "" ? ["unit-unknown", allocated] : null;
};

/** Cells of leaders that are no number, day or declared value: left empty, for the leader and the answers count. */
const emptiedCells = (
  file: DeliveredFile,
  columns: ReadonlyMap<string, PlacedColumn>,
  lines: readonly Line[],
  covariates: readonly Covariate[],
  background: Background,
): readonly Problem[] => {
  const meanings = [
    ...Object.entries(rosterValue).map(
      ([meaning, read]) => [meaning, (line: Line) => read(line.text(meaning))] as const,
    ),
    ...covariates.map((covariate) => [covariate.id, (line: Line) => background(covariate, line)] as const),
  ];
  return meanings.flatMap(([meaning, read]): Problem[] => {
    const emptied = lines.filter((line) => {
      const text = line.text(meaning);
      return text !== "" && !isMissingText(text) && read(line) === null;
    });
    const [first] = emptied;
    const column = columns.get(meaning)?.name ?? meaning;
    const place = { file: file.name, line: first?.line ?? file.headerLine, column };
    return first ? [{ code: "cells-emptied", place, cells: emptied.length, why: "unusable" }] : [];
  });
};

/** Leaders and units that differ by case or spaces only: they stay apart, but one may be meant. */
const alikeOf = (
  file: DeliveredFile,
  columns: ReadonlyMap<string, PlacedColumn>,
  lines: readonly Line[],
  meanings: readonly string[],
): readonly Problem[] =>
  meanings.flatMap((meaning): Problem[] => {
    const alike = alikeNames(lines.map((line) => line.text(meaning)));
    const line = lines[alike[0] ?? -1]?.line;
    const column = columns.get(meaning)?.name ?? meaning;
    return line ? [{ code: "names-alike", place: { file: file.name, line, column }, names: alike.length }] : [];
  });

const postOf = (line: Line): Post => ({
  from: rosterValue.from(line.text("from")),
  to: rosterValue.to(line.text("to")),
});

interface Named {
  readonly line: Line;
  readonly content: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * A leader named more than once: alike, and the copies count once; with periods apart, and it held one post after the
 * other; different otherwise, and nobody can say which is meant.
 */
const joinPosts = (file: DeliveredFile, meanings: readonly string[], lines: readonly Line[], opens: string) => {
  const named = new Map<string, Named[]>();
  const copies: Line[] = [];
  for (const line of lines) {
    const id = line.text("leader");
    const content = meanings.map(line.text).join("\x1f");
    const before = named.get(id) ?? [];
    const one: Named = { line, content, ...postOf(line) };
    if (before.some((other) => other.content === content)) copies.push(line);
    else if (!areApart([...before, one]))
      throw new Refusal({ code: "id-duplicate", place: { file: file.name, line: line.line }, kind: "post", id });
    else named.set(id, [...before, one]);
  }
  return {
    kept: [...named.values()].map((posts) => ({ line: foremostPost(posts, opens).line, span: spanOf(posts) })),
    posts: new Map<string, readonly Post[]>(named),
    copies,
  };
};

/** The arm that a leader was assigned, where a record says so: by its unit for one who came to the unit later. */
const armOf = (assigned: RecordedAssignment | null, leader: string, unit: string | null, own: string | null) => {
  if (assigned === null) return own;
  return assigned.armOf.get(leader) ?? assigned.armOfUnit.get(unit ?? leader) ?? null;
};

const recordOf = (line: Line, span: Post, byUnit: boolean, assigned: RecordedAssignment | null): RosterRow => {
  const text = (meaning: string): string | null => line.text(meaning) || null;
  const unit = byUnit ? (assigned?.unitOf.get(line.text("leader")) ?? text(allocated)) : null;
  const employees = rosterValue.employees(line.text("employees"));
  return {
    leader: line.text("leader"),
    arm: armOf(assigned, line.text("leader"), unit, text("arm")),
    roster_arm: text("arm"),
    allocation_unit: unit,
    block: text("block"),
    class: text("class"),
    sparring_group: text("group"),
    employees: employees === null ? null : Math.round(employees),
    attended: rosterValue.attended(line.text("attended")),
    from_date: span.from,
    to_date: span.to,
  };
};

/** By what the leaders of a study came to their arms: `leader`, or a meaning or name of a roster column. */
export const allocatedBy = (study: Study, assigned: RecordedAssignment | null): string =>
  study.allocation?.by ?? assigned?.record.by ?? "leader";

/** Reads the roster: leaders with arm, block, headcount and place in the organisation. */
export const readRoster = async (
  study: Study,
  roster: Roster,
  file: DeliveredFile,
  assigned: RecordedAssignment | null,
): Promise<RosterReading> => {
  const by = allocatedBy(study, assigned);
  const byUnit = by !== "leader";
  const unitColumns = byUnit ? [roster.columns[by] ?? by] : [];
  const ofRoster = study.covariates.filter((covariate) => covariate.from === "roster");
  const meanings = [...builtIn, ...study.organisation, ...ofRoster.map((covariate) => covariate.id)];
  requireColumns(file, [
    ...Object.values(roster.columns),
    ...Object.keys(roster.where),
    ...study.organisation.filter((level) => !roster.columns[level]),
    ...unitColumns,
  ]);
  const named = [
    ...meanings.map((meaning) => [meaning, roster.columns[meaning] ?? meaning] as const),
    ...unitColumns.map((column) => [allocated, column] as const),
  ];
  const columns = new Map(
    named.flatMap(([meaning, name]): [string, PlacedColumn][] => {
      const column = findColumn(file, name);
      return column ? [[meaning, column]] : [];
    }),
  );
  const { lines, rejected, cutOff, records, skipped } = await linesOf(file, columns, roster.where);
  refuseMonthFirst(file, columns, lines);
  if (study.arms.length > 0) refuseUnknownArms(study, file, columns.get("arm")?.name ?? "arm", lines);
  const background = backgroundOf(roster, file, columns, ofRoster, lines);
  const faults = lines.map((line) => ({ line, fault: faultOf(byUnit, line) }));
  const {
    kept: joined,
    posts,
    copies,
  } = joinPosts(
    file,
    [...columns.keys()],
    faults.filter(({ fault }) => fault === null).map(({ line }) => line),
    study.waves[0]?.from ?? "",
  );
  const kept = joined.map(({ line }) => line);
  const refuse = (line: number, code: QuarantineCode, meaning: string | null): QuarantineRow => ({
    file: file.name,
    delivery: null,
    line,
    column: meaning === null ? null : (columns.get(meaning)?.name ?? meaning),
    code,
    nearest: null,
  });
  const quarantine = [
    ...rejected.map(({ line, code }) => refuse(line, code, null)),
    ...faults.flatMap(({ line, fault }) => (fault ? [refuse(line.line, fault[0], fault[1])] : [])),
    ...copies.map((line) => refuse(line.line, "duplicate", "leader")),
  ].sort((a, b) => a.line - b.line);
  if (records === 0) throw new Refusal({ code: "no-leaders", place: { file: file.name, line: file.headerLine } });
  if (kept.length === 0)
    throw new Refusal({
      code: "no-row-accepted",
      place: { file: file.name, ...(quarantine[0] ? { line: quarantine[0].line } : {}) },
      rejected: quarantine.length,
      ...(quarantine[0] ? { first: quarantine[0].code as QuarantineCode } : {}),
    });
  return {
    rows: joined.map(({ line, span }) => recordOf(line, span, byUnit, assigned)),
    posts,
    placements: kept.flatMap((line) =>
      study.organisation
        .filter((level) => line.text(level) !== "")
        .map((level) => ({ leader: line.text("leader"), level, unit: line.text(level) })),
    ),
    covariates: kept.map((line) => ({
      leader: line.text("leader"),
      covariates: study.covariates.map((one) => (one.from === "roster" ? background(one, line) : null)),
    })),
    quarantine,
    warnings: [
      ...emptiedCells(file, columns, kept, ofRoster, background),
      ...alikeOf(file, columns, kept, ["leader", ...study.organisation]),
    ],
    cutOff,
    counts: { rows: records, accepted: records - skipped - quarantine.length, rejected: quarantine.length, skipped },
  };
};
