import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { ShownWave } from "../drawing.ts";
import type { CubeGroup, CubeSeries } from "./model.ts";

/** The numbers of a cube, however they are kept. */
export interface Cells {
  readonly groups: readonly CubeGroup[];
  readonly outcomes: readonly ReportedOutcome[];
  readonly seriesOf: (outcome: number, group: number) => CubeSeries;
  /** Whether a group has any number that is shown. */
  readonly isShown: (group: number) => boolean;
}

const filters = ["scale", "department", "unit", "by", "wave", "show"] as const satisfies readonly (keyof Choice)[];

/** What the filters of the dashboard are set to. */
export interface Choice {
  readonly scale: string;
  /** Null for the whole organisation. */
  readonly department: string | null;
  /** The key of a unit of that department; null for all. */
  readonly unit: string | null;
  readonly by: "all" | "arm";
  /** Null for all waves. */
  readonly wave: string | null;
  readonly show: "level" | "change";
}

/** What there is to choose from. */
export interface Choosable {
  readonly cells: Cells;
  readonly waves: readonly ShownWave[];
  /** The outcome that is shown where none is asked for. */
  readonly outcome: ReportedOutcome | null;
}

/** The smallest units of a department together are one choice; no unit has that for a name. */
const others = "*";

/** How a unit is named in an address, within its department. */
export const unitKey = ({ units }: CubeGroup): string => (units.length === 1 ? units[0]! : others);

const groupsBy = ({ cells }: Choosable, grouping: CubeGroup["grouping"], department: string | null) =>
  cells.groups.filter(
    (group, at) => group.grouping === grouping && group.department === department && cells.isShown(at),
  );

/** Departments that the release names, whether or not their numbers may be shown: both read on the page. */
export const departmentsIn = ({ cells }: Choosable): readonly string[] =>
  cells.groups.flatMap(({ grouping, department }) => (grouping === "department" ? (department ?? []) : []));

/** Units of a department that have a number: the others are no choice. */
export const unitsIn = (of: Choosable, department: string | null): readonly CubeGroup[] =>
  department === null ? [] : groupsBy(of, "unit", department);

/** Whether the release has numbers by arm of a department, or of the whole organisation. */
export const hasArms = (of: Choosable, department: string | null): boolean =>
  groupsBy(of, department === null ? "arm" : "department-arm", department).length > 0;

/** Waves at which what is asked for can be shown: a change has none at the first. */
export const wavesFor = ({ waves }: Choosable, show: Choice["show"]): readonly ShownWave[] =>
  show === "change" ? waves.slice(1) : waves;

const known = (value: string | null, values: readonly string[]): string | null =>
  value !== null && values.includes(value) ? value : null;

/** The choice that an address or a form asks for. What the release does not hold is as if it were not asked for. */
export const choose = (asked: URLSearchParams, of: Choosable): Choice => {
  const scales = of.cells.outcomes.map(({ scale }) => scale ?? "");
  const department = known(asked.get("department"), departmentsIn(of));
  const unit = known(asked.get("unit"), unitsIn(of, department).map(unitKey));
  const by = known(asked.get("by"), ["all", "arm"]) ?? (department === null ? "arm" : "all");
  const byArm = by === "arm" && unit === null && hasArms(of, department);
  const show = asked.get("show") === "change" && of.waves.length > 1 ? "change" : "level";
  return {
    scale: known(asked.get("scale"), scales) ?? of.outcome?.scale ?? scales[0] ?? "",
    department,
    unit,
    by: byArm ? "arm" : "all",
    wave: known(
      asked.get("wave"),
      wavesFor(of, show).map(({ id }) => id),
    ),
    show,
  };
};

/** What the filters are asked to be set to, and nothing else of an address. */
export const askedIn = (address: URLSearchParams): string =>
  new URLSearchParams(
    filters.flatMap((name): [string, string][] => {
      const value = address.get(name);
      return value === null ? [] : [[name, value]];
    }),
  ).toString();

/** A choice as it stands in an address, with nothing in it that goes without saying. */
export const addressOf = (choice: Choice): URLSearchParams => {
  const { scale, department, unit, by, wave, show } = choice;
  return new URLSearchParams({
    scale,
    ...(department === null ? {} : { department }),
    ...(unit === null ? {} : { unit }),
    by,
    ...(wave === null ? {} : { wave }),
    ...(show === "level" ? {} : { show }),
  });
};
