import type { RateBand } from "../../../disclosure/aggregate.ts";
import type { Cell } from "../../../disclosure/published.ts";
import { shownLevel } from "../../page/levels.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import type { ShownWave } from "../drawing.ts";
import { type Choice, type Choosable, unitKey } from "./choice.ts";
import type { CubeGroup, CubeSeries } from "./model.ts";

/** A difference of an arm from the control arm, as the effects of the page have it. */
export interface ArmDifference {
  readonly scale: string;
  readonly arm: string;
  readonly cell: Cell<{
    readonly estimate: number;
    readonly interval: { readonly low: number; readonly high: number } | null;
  }>;
}

/** What a view is made of beside the cube. */
export interface Viewable extends Choosable {
  readonly differences: readonly ArmDifference[];
  readonly rates: readonly { readonly id: string; readonly rates: readonly (Cell<RateBand> | null)[] }[];
}

export interface ViewRow {
  readonly group: CubeGroup;
  /** By the waves of the view. */
  readonly series: CubeSeries;
  /** Whether it is what was asked for, or stands beside it to compare. */
  readonly asked: boolean;
  /** From the control arm at the last wave; null where there is none to compare. */
  readonly difference: ArmDifference["cell"] | null;
}

/** What one choice shows: rows that are looked up, and nothing that is worked out. */
export interface View {
  readonly choice: Choice;
  readonly outcome: ReportedOutcome;
  readonly waves: readonly ShownWave[];
  readonly rows: readonly ViewRow[];
  /** The response rate of the whole or the department by the waves of the view; null where there is none. */
  readonly rates: readonly (Cell<RateBand> | null)[] | null;
}

type Asked = Pick<CubeGroup, "grouping" | "department">;

const whole: Asked = { grouping: "organisation", department: null };

const isAsked = (group: CubeGroup, asked: Asked): boolean =>
  group.grouping === asked.grouping && group.department === asked.department;

const askedFor = ({ department, unit, by }: Choice): Asked => {
  if (department === null) return by === "arm" ? { grouping: "arm", department } : whole;
  if (unit !== null) return { grouping: "unit", department };
  return { grouping: by === "arm" ? "department-arm" : "department", department };
};

/** What stands beside it: a unit's department and the whole organisation; arms have the control arm among them. */
const besides = ({ department, unit, by }: Choice): readonly Asked[] =>
  by === "arm"
    ? []
    : [
        ...(unit === null ? [] : [{ grouping: "department", department } as const]),
        ...(department === null ? [] : [whole]),
      ];

const pick = <T>(all: readonly T[], at: readonly number[]): readonly T[] => at.map((index) => all[index]!);

/** What a choice shows. */
export const viewOf = (choice: Choice, of: Viewable): View => {
  const { cells, differences, rates } = of;
  const outcome = cells.outcomes.findIndex(({ scale }) => scale === choice.scale);
  const at = of.waves.flatMap(({ id }, index) => {
    if (choice.wave !== null) return id === choice.wave ? [index] : [];
    return choice.show === "change" && index === 0 ? [] : [index];
  });
  const isLast = at.at(-1) === of.waves.length - 1;
  const rowsOf = (asked: Asked, isChosen: boolean): readonly ViewRow[] =>
    cells.groups.flatMap((group, index): readonly ViewRow[] => {
      if (!isAsked(group, asked)) return [];
      if (isChosen && choice.unit !== null && unitKey(group) !== choice.unit) return [];
      const { levels, changes, intended, gaps } = cells.seriesOf(outcome, index);
      const difference = differences.find(({ scale, arm }) => scale === choice.scale && arm === group.id)?.cell ?? null;
      const compares = isLast && group.grouping === "arm" && choice.show !== "gap";
      return [
        {
          ...{ group, asked: isChosen },
          series: {
            ...{ levels: pick(levels, at), changes: pick(changes, at) },
            ...{ intended: pick(intended, at), gaps: pick(gaps, at) },
          },
          difference: compares ? difference : null,
        },
      ];
    });
  const rate = choice.unit === null ? rates.find(({ id }) => id === (choice.department ?? ""))?.rates : undefined;
  return {
    choice,
    outcome: cells.outcomes[outcome]!,
    waves: pick(of.waves, at),
    rows: [...rowsOf(askedFor(choice), true), ...besides(choice).flatMap((asked) => rowsOf(asked, false))],
    rates: rate ? pick(rate, at) : null,
  };
};

/** The differences that a view shows: changes, or gaps. */
export const differencesOf = ({ changes, gaps }: CubeSeries, show: Choice["show"]): CubeSeries["changes"] =>
  show === "gap" ? gaps : changes;

/** Whether anything of what was asked for may be shown. */
export const hasNumbers = ({ rows, choice: { show } }: View): boolean =>
  rows
    .filter(({ asked }) => asked)
    .some(({ series }) =>
      show === "level"
        ? series.levels.some((cell) => shownLevel(cell) !== null)
        : differencesOf(series, show).some((cell) => cell?.state === "shown"),
    );
