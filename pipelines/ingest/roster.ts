import { readFile } from "node:fs/promises";
import { type QuarantineCode, Refusal } from "../../src/errors.ts";
import { type DeliveredFile, writeRecords } from "../../src/store/delivery-files.ts";
import { withNearest } from "../../src/study/nearest.ts";
import type { Covariate, Roster, Study } from "../../src/study/study.ts";
import type { RosterRow } from "../../src/tables/roster.ts";
import type { QuarantineRow } from "../../src/tables/staged.ts";
import type { RecordedAssignment } from "../design/assignment.ts";
import { readColumnsOf, requireColumns } from "./columns.ts";

export interface RosterReading {
  readonly rows: readonly RosterRow[];
  readonly placements: readonly { readonly leader: string; readonly level: string; readonly unit: string }[];
  readonly covariates: readonly { readonly leader: string; readonly covariates: readonly (number | null)[] }[];
  readonly quarantine: readonly QuarantineRow[];
  readonly counts: {
    readonly rows: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly skipped: number;
  };
}

const idPattern = /^[A-Za-z0-9_.-]+$/;
/** Meaning of the column that says what was given to an arm whole. */
const allocated = "allocation";
const builtIn = ["leader", "arm", "block", "class", "group", "employees", "attended", "from", "to"] as const;

const isoDay = (text: string): string | null => {
  const danish = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text);
  const iso = danish ? `${danish[3]}-${danish[2]?.padStart(2, "0")}-${danish[1]?.padStart(2, "0")}` : text;
  const date = new Date(`${iso}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
    ? iso
    : null;
};

const numberOf = (text: string): number | null => {
  const value = Number(text.replace(",", "."));
  return text !== "" && Number.isFinite(value) ? value : null;
};

/** A headcount; in one, `1.200` is twelve hundred. */
const headcountOf = (text: string): number | null =>
  numberOf(/^\d{1,3}(\.\d{3})+$/.test(text) ? text.replaceAll(".", "") : text);

const covariateValue = (covariate: Covariate, text: string): number | null => {
  if (covariate.kind === "categorical") {
    const place = covariate.values.findIndex(({ code }) => code === text);
    return place < 0 ? null : place;
  }
  const value = numberOf(text);
  return value !== null && value >= covariate.low && value <= covariate.high ? value : null;
};

interface Line {
  readonly line: number;
  readonly text: (meaning: string) => string;
}

/** The lines of a roster, with the text of a cell by what its column means. */
const linesOf = async (
  file: DeliveredFile,
  columns: ReadonlyMap<string, string>,
  where: Roster["where"],
  target: string,
) => {
  const layout = readColumnsOf(file, [...columns.values(), ...Object.keys(where)]);
  const { records, rejected } = await writeRecords(file, layout.wanted, target);
  const cells = (await readFile(target, "utf8"))
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\x1f").map((cell) => cell.trim().normalize("NFC")));
  const kept = cells.filter((row) =>
    Object.entries(where).every(([column, value]) => row[layout.cell(column) - 1] === value),
  );
  const lines: Line[] = kept.map((row) => ({
    line: Number(row[0]),
    text: (meaning) => row[layout.cell(columns.get(meaning) ?? null) - 1] ?? "",
  }));
  return { lines, rejected, records, skipped: cells.length - kept.length };
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

type Fault = readonly [QuarantineCode, string];

const faultOf = (study: Study, byUnit: boolean, line: Line): Fault | null => {
  if (line.text("leader") === "") return ["leader-missing", "leader"];
  if (!idPattern.test(line.text("leader"))) return ["id-invalid", "leader"];
  if (byUnit && line.text(allocated) === "") return ["unit-unknown", allocated];
  for (const name of ["employees", "attended"])
    if (line.text(name) !== "" && (numberOf(line.text(name)) ?? -1) < 0) return ["value-invalid", name];
  for (const name of ["from", "to"])
    if (line.text(name) !== "" && isoDay(line.text(name)) === null) return ["value-invalid", name];
  const covariate = study.covariates.find(
    (one) => one.from === "roster" && line.text(one.id) !== "" && covariateValue(one, line.text(one.id)) === null,
  );
  return covariate ? ["covariate-invalid", covariate.id] : null;
};

/** A leader named twice: alike, and the copies count once; different, and nobody can say which is meant. */
const dropCopies = (file: DeliveredFile, meanings: readonly string[], lines: readonly Line[]) => {
  const first = new Map<string, { readonly line: Line; readonly content: string }>();
  const copies: Line[] = [];
  for (const line of lines) {
    const content = meanings.map(line.text).join("\x1f");
    const before = first.get(line.text("leader"));
    if (!before) first.set(line.text("leader"), { line, content });
    else if (before.content === content) copies.push(line);
    else
      throw new Refusal({
        code: "id-duplicate",
        place: { file: file.name, line: line.line },
        kind: "leader",
        id: line.text("leader"),
      });
  }
  return { kept: [...first.values()].map(({ line }) => line), copies };
};

/** The arm that a leader was assigned, where a record says so: by its unit for one who came to the unit later. */
const armOf = (assigned: RecordedAssignment | null, leader: string, unit: string | null, own: string | null) => {
  if (assigned === null) return own;
  return assigned.armOf.get(leader) ?? assigned.armOfUnit.get(unit ?? leader) ?? null;
};

const recordOf = (line: Line, byUnit: boolean, assigned: RecordedAssignment | null): RosterRow => {
  const text = (meaning: string): string | null => line.text(meaning) || null;
  const unit = byUnit ? (assigned?.unitOf.get(line.text("leader")) ?? text(allocated)) : null;
  const employees = headcountOf(line.text("employees"));
  return {
    leader: line.text("leader"),
    arm: armOf(assigned, line.text("leader"), unit, text("arm")),
    roster_arm: text("arm"),
    allocation_unit: unit,
    block: text("block"),
    class: text("class"),
    sparring_group: text("group"),
    employees: employees === null ? null : Math.round(employees),
    attended: numberOf(line.text("attended")),
    from_date: isoDay(line.text("from")),
    to_date: isoDay(line.text("to")),
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
  target: string,
  assigned: RecordedAssignment | null,
): Promise<RosterReading> => {
  const by = allocatedBy(study, assigned);
  const byUnit = by !== "leader";
  const unitColumns = byUnit ? [roster.columns[by] ?? by] : [];
  const ofRoster = study.covariates.filter((covariate) => covariate.from === "roster");
  const meanings = [...builtIn, ...study.organisation, ...ofRoster.map((covariate) => covariate.id)];
  const header = file.dialect.header;
  requireColumns(file, [
    ...Object.values(roster.columns),
    ...Object.keys(roster.where),
    ...study.organisation.filter((level) => !roster.columns[level]),
    ...unitColumns,
  ]);
  const columns = new Map([
    ...meanings
      .map((meaning) => [meaning, roster.columns[meaning] ?? meaning] as const)
      .filter(([, column]) => header.includes(column)),
    ...unitColumns.map((column) => [allocated, column] as const),
  ]);
  const { lines, rejected, records, skipped } = await linesOf(file, columns, roster.where, target);
  if (study.arms.length > 0) refuseUnknownArms(study, file, columns.get("arm") ?? "arm", lines);
  const faults = lines.map((line) => ({ line, fault: faultOf(study, byUnit, line) }));
  const { kept, copies } = dropCopies(
    file,
    [...columns.keys()],
    faults.filter(({ fault }) => fault === null).map(({ line }) => line),
  );
  const refuse = (line: number, code: QuarantineCode, meaning: string | null): QuarantineRow => ({
    file: file.name,
    delivery: null,
    line,
    column: meaning === null ? null : (columns.get(meaning) ?? meaning),
    code,
  });
  const quarantine = [
    ...rejected.map(({ line, code }) => refuse(line, code, null)),
    ...faults.flatMap(({ line, fault }) => (fault ? [refuse(line.line, fault[0], fault[1])] : [])),
    ...copies.map((line) => refuse(line.line, "duplicate", "leader")),
  ].sort((a, b) => a.line - b.line);
  if (kept.length === 0)
    throw new Refusal({
      code: "no-row-accepted",
      place: { file: file.name, ...(quarantine[0] ? { line: quarantine[0].line } : {}) },
      rejected: quarantine.length,
      ...(quarantine[0] ? { first: quarantine[0].code as QuarantineCode } : {}),
    });
  return {
    rows: kept.map((line) => recordOf(line, byUnit, assigned)),
    placements: kept.flatMap((line) =>
      study.organisation
        .filter((level) => line.text(level) !== "")
        .map((level) => ({ leader: line.text("leader"), level, unit: line.text(level) })),
    ),
    covariates: kept.map((line) => ({
      leader: line.text("leader"),
      covariates: study.covariates.map((one) =>
        one.from === "roster" ? covariateValue(one, line.text(one.id)) : null,
      ),
    })),
    quarantine,
    counts: { rows: records - skipped, accepted: kept.length, rejected: quarantine.length, skipped },
  };
};
