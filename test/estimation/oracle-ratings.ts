import type { CellsOf } from "../../src/estimation/design/cells-of.ts";
import type { Design } from "../../src/estimation/design/design.ts";
import type { Cells } from "../../src/stats/moments/moments.ts";
import type { Outcome, Scale, Study } from "../../src/study/study.ts";
import { expected, input } from "../oracle/read.ts";
import { type Assigned, madeCells, madeDesign, madeStudy } from "./made-study.ts";

/** One score that somebody gave. */
export interface Rating {
  readonly leader: string;
  readonly wave: string;
  readonly rater: string;
  readonly scale: string;
  readonly y: number;
}

interface RContrasts {
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

type RInterval = { readonly estimate: number; readonly low: number; readonly high: number };
/** Arrays of one element come as a number. */
type RMoved = Readonly<Record<keyof RContrasts | "leaders", number | readonly number[]>>;

interface RWave {
  readonly leaders: number;
  readonly shrunk: {
    readonly mean: number;
    readonly variance: number;
    readonly between: number;
    readonly within: number;
    readonly leader: readonly string[];
    readonly shrunk: readonly number[];
    readonly se: readonly number[];
  };
  readonly intended: number;
  readonly perceived: number;
  readonly gap: RInterval & { readonly se: number; readonly df: number };
  readonly correlation: RInterval;
  readonly reliability: number;
  readonly corrected: number;
  readonly groups: Readonly<Record<string, number>>;
  readonly surface: RContrasts & { readonly r_squared: number };
}

interface RRatings {
  readonly waves: Readonly<Record<string, RWave>>;
  readonly moved: Readonly<Record<string, Readonly<Record<"gap" | "intended" | "perceived", RMoved>>>>;
}

export const ratingAnswers = expected("intended-perceived") as Readonly<Record<string, RRatings>>;

const arms: Readonly<Record<string, readonly string[]>> = {
  sixty: ["control", "a", "b", "c"],
  ten: ["control", "a"],
  plain: [],
};
const waves: Readonly<Record<string, readonly string[]>> = {
  sixty: ["before", "after"],
  ten: ["before", "after"],
  plain: ["before", "after", "later"],
};
export const ratingSets = Object.keys(arms);
/** Every data set at each of its waves. */
export const ratingWaves = ratingSets.flatMap((name) => waves[name]!.map((wave) => ({ name, wave })));

export interface RatingStudy {
  readonly study: Study;
  readonly design: Design;
  readonly ratings: readonly Rating[];
}

/** A study whose leaders rate themselves on `lead`, and whose employees rate `lead` and `other`. */
export function ratingStudy(
  parts: { readonly arms: readonly string[]; readonly waves: readonly string[] },
  assigned: readonly Assigned[],
  ratings: readonly Rating[],
): RatingStudy {
  const made = madeStudy({ ...parts, baseline: parts.waves[0]! });
  const [scale] = made.instrument.scales;
  const scales: Scale[] = ["lead", "other"].map((id) => ({ ...scale!, id }));
  const study: Study = {
    ...made,
    instrument: { ...made.instrument, scales },
    plan: {
      ...made.plan,
      primary: [{ scale: "lead", rater: "employee" }],
      secondary: [{ scale: "other", rater: "employee" }],
    },
  };
  return { study, design: madeDesign(study, assigned), ratings };
}

export function oracleRatings(name: string): RatingStudy {
  const rows = input(`ratings-${name}`);
  const ratings = rows.map((row) => ({ ...(row as unknown as Rating), y: Number(row.y) }));
  const assigned = new Map(rows.map((row) => [row.leader!, { leader: row.leader!, arm: row.arm!, block: "" }]));
  return ratingStudy({ arms: arms[name]!, waves: waves[name]! }, [...assigned.values()], ratings);
}

/** Cells of the ratings by scale and rater. */
export const cellsOfRatings =
  ({ study, design, ratings }: RatingStudy): CellsOf =>
  ({ scale, rater }: Outcome): Cells | null => {
    const chosen = ratings.filter((one) => one.scale === scale && one.rater === rater);
    return madeCells(
      study,
      design,
      chosen.map((one) => ({ ...one, covariates: {} })),
      [],
    );
  };

/** Mean of each leader's ratings by one rater at one wave. */
export function leaderMeans({ ratings }: RatingStudy, rater: string, scale: string, wave: string) {
  const sums = new Map<string, { n: number; sum: number }>();
  for (const one of ratings) {
    if (one.rater !== rater || one.scale !== scale || one.wave !== wave) continue;
    const { n, sum } = sums.get(one.leader) ?? { n: 0, sum: 0 };
    sums.set(one.leader, { n: n + 1, sum: sum + one.y });
  }
  return new Map([...sums].map(([leader, { n, sum }]) => [leader, { n, mean: sum / n }]));
}

/** Own and employees' means on `lead` and employees' on `other`, of the leaders who have both ratings of `lead`. */
export function pairedMeans(one: RatingStudy, wave: string) {
  const own = leaderMeans(one, "self", "lead", wave);
  const employees = leaderMeans(one, "employee", "lead", wave);
  const other = leaderMeans(one, "employee", "other", wave);
  const both = [...own.keys()].filter((leader) => employees.has(leader));
  const of = (means: typeof own) => Float64Array.from(both, (leader) => means.get(leader)!.mean);
  return { intended: of(own), perceived: of(employees), other: of(other) };
}
