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
  /** Whether any gap on an outcome is shown. */
  readonly hasGaps: (outcome: number) => boolean;
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
  readonly show: "level" | "change" | "gap";
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

/** Units of a department that have a number: the others are no choice, and none has a gap. */
export const unitsIn = (of: Choosable, department: string | null, show: Choice["show"]): readonly CubeGroup[] =>
  department === null || show === "gap" ? [] : groupsBy(of, "unit", department);

/** Whether the release has numbers by arm of a department, or of the whole organisation; gaps are of the whole alone. */
export const hasArms = (of: Choosable, department: string | null, show: Choice["show"]): boolean =>
  (department === null || show !== "gap") &&
  groupsBy(of, department === null ? "arm" : "department-arm", department).length > 0;

/** What can be shown of an outcome: changes where there are waves between, gaps where leaders answered it too. */
export const showsFor = ({ cells, waves }: Choosable, scale: string): readonly Choice["show"][] => [
  "level",
  ...(waves.length > 1 ? (["change"] as const) : []),
  ...(cells.outcomes.some((outcome, at) => outcome.scale === scale && cells.hasGaps(at)) ? (["gap"] as const) : []),
];

/** Waves at which what is asked for can be shown: a change has none at the first. */
export const wavesFor = ({ waves }: Choosable, show: Choice["show"]): readonly ShownWave[] =>
  show === "change" ? waves.slice(1) : waves;

const known = <T extends string>(value: string | null, values: readonly T[]): T | null =>
  values.find((each) => each === value) ?? null;

/** The choice that an address or a form asks for. What the release does not hold is as if it were not asked for. */
export const choose = (asked: URLSearchParams, of: Choosable): Choice => {
  const scales = of.cells.outcomes.map(({ scale }) => scale ?? "");
  const scale = known(asked.get("scale"), scales) ?? of.outcome?.scale ?? scales[0] ?? "";
  const show = known(asked.get("show"), showsFor(of, scale)) ?? "level";
  const department = known(asked.get("department"), departmentsIn(of));
  const unit = known(asked.get("unit"), unitsIn(of, department, show).map(unitKey));
  const by = known(asked.get("by"), ["all", "arm"]) ?? (department === null ? "arm" : "all");
  const byArm = by === "arm" && unit === null && hasArms(of, department, show);
  return {
    scale,
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
