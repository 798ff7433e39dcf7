import type { Cell, Fact } from "./publication.ts";

/** What the numbers of a frozen model are when they are read by the places where they stand. */
export interface ServedModel {
  /** How many numbers it holds. */
  readonly numbers: number;
  /** The facts that they say, each once for every place. */
  readonly facts: readonly ServedFact[];
  /** The interval round each level that has one. */
  readonly intervals: readonly ServedInterval[];
  /** Places of numbers that are neither of a fact nor known to say nothing about answers. */
  readonly withoutFact: readonly string[];
}

/** A fact as a model says it: `since` names the earlier release that the number is of. */
export interface ServedFact extends Fact {
  readonly value: number;
  readonly place: string;
  readonly since: string | null;
}

/** The ends of the interval round a level. */
export interface ServedInterval {
  readonly level: ServedFact;
  readonly low: number;
  readonly high: number;
}

interface Level {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly since: string | null;
}

/** What of the dashboard's model says which fact a number is. */
interface Dashboard {
  readonly waves: readonly { readonly id: string }[];
  readonly arms: readonly { readonly arm: string; readonly control: boolean }[];
  readonly outcome: { readonly scale: string; readonly decimals: number } | null;
  readonly trend: { readonly byArm: boolean; readonly series: readonly { readonly id: string }[] };
  readonly departments: { readonly departments: readonly { readonly id: string }[] };
  readonly cube: {
    readonly groups: readonly { readonly grouping: string; readonly id: string }[];
    readonly outcomes: readonly { readonly outcome: { readonly scale: string; readonly decimals: number } }[];
  };
  readonly responses: { readonly departments: readonly { readonly id: string }[] };
  readonly rules: { readonly countStep: number };
  readonly effects: Readonly<Record<"comparisons" | "secondary", readonly Comparison[]>>;
}

interface Comparison {
  readonly arm: string;
  /** The answers that it is made of, of those that are anybody's about leadership. */
  readonly behind: readonly { readonly scale: string; readonly rater: string }[];
  readonly outcome: { readonly scale: string; readonly decimals: number };
}

/** What a number is; `named` is the scale that its name has, where that is another than it is made of. */
type Said = Pick<Fact, "statistic" | "scale" | "step"> &
  Cell &
  Partial<Pick<Fact, "against" | "rater">> & { readonly named?: string };

/** The last wave is that of effects and counts. */
const lastWave = ({ waves }: Dashboard): string => waves.at(-1)?.id ?? "";

const levelAt = (
  model: Dashboard,
  cell: Pick<Cell, "grouping" | "cell">,
  wave: number,
  outcome: { readonly scale: string; readonly decimals: number } | null = model.outcome,
): Said => ({
  ...cell,
  ...{ statistic: "mean", scale: outcome?.scale ?? "", step: 10 ** -(outcome?.decimals ?? 0) },
  wave: model.waves[wave]?.id ?? "",
});

const whole = { grouping: "organisation", cell: "" };

const cubeLevelAt = (model: Dashboard, outcome = 0, k = 0, wave = 0): Said => {
  const { grouping, id } = model.cube.groups[k]!;
  return levelAt(model, { grouping, cell: id }, wave, model.cube.outcomes[outcome]!.outcome);
};

/** Places of levels, and what the numbers in them say. */
const levels: readonly (readonly [RegExp, (model: Dashboard, ...at: readonly number[]) => Said])[] = [
  [/^whole\/levels\/(\d+)\/value\/v\/(mean|low|high)$/, (model, wave = 0) => levelAt(model, whole, wave)],
  [
    /^trend\/series\/(\d+)\/levels\/(\d+)\/value\/v\/(mean|low|high)$/,
    (model, k = 0, wave = 0) => {
      const { byArm, series } = model.trend;
      return levelAt(model, byArm ? { grouping: "arm", cell: series[k]!.id } : whole, wave);
    },
  ],
  [
    /^departments\/departments\/(\d+)\/levels\/(\d+)\/value\/v\/(mean|low|high)$/,
    (model, k = 0, wave = 0) =>
      levelAt(model, { grouping: "department", cell: model.departments.departments[k]!.id }, wave),
  ],
  [/^cube\/outcomes\/(\d+)\/series\/(\d+)\/levels\/(\d+)\/value\/v\/(mean|low|high)$/, cubeLevelAt],
  [
    /^cube\/outcomes\/(\d+)\/series\/(\d+)\/intended\/(\d+)\/value\/v\/(mean|low|high)$/,
    (model, ...at) => ({ ...cubeLevelAt(model, ...at), rater: "self" }),
  ],
];

const rateAt = (model: Dashboard, cell: Pick<Cell, "grouping" | "cell">, wave: number): Said => ({
  ...cell,
  ...{ statistic: "rate", scale: "", step: 0, wave: model.waves[wave]?.id ?? "" },
});

/** One fact for each kind of answers that a difference is made of. */
const differencesAt = (model: Dashboard, { arm, behind, outcome }: Comparison): readonly Said[] => {
  const control = model.arms.find((each) => each.control)?.arm ?? "";
  const at = { grouping: "arm", wave: lastWave(model) };
  return behind.map(({ scale, rater }) => ({
    ...{ statistic: "difference", scale, rater, step: 10 ** -outcome.decimals },
    named: scale === outcome.scale ? scale : `${outcome.scale} ${scale}`,
    ...{ ...at, cell: arm, against: { ...at, cell: control } },
  }));
};

/** Numbers other than levels that are facts of their own; of one that is made of nobody's answers there is none. */
const others: readonly (readonly [RegExp, (model: Dashboard, first: number, second: number) => readonly Said[]])[] = [
  [
    /^effects\/comparisons\/(\d+)\/difference\/value\/v\/estimate$/,
    (model, k) => differencesAt(model, model.effects.comparisons[k]!),
  ],
  [
    /^effects\/secondary\/(\d+)\/difference\/value\/v\/estimate$/,
    (model, k) => differencesAt(model, model.effects.secondary[k]!),
  ],
  [/^responses\/whole\/rates\/(\d+)\/value\/v\/low$/, (model, wave) => [rateAt(model, whole, wave)]],
  [
    /^responses\/departments\/(\d+)\/rates\/(\d+)\/value\/v\/low$/,
    (model, k, wave) => [rateAt(model, { grouping: "department", cell: model.responses.departments[k]!.id }, wave)],
  ],
  [
    /^coverage\/answers\/v$/,
    (model) => [{ ...whole, statistic: "count", scale: "", step: model.rules.countStep, wave: lastWave(model) }],
  ],
];

/** Numbers that go with a fact in their cell, that the study file says, or that count leaders and cells, not answers. */
const plain: readonly RegExp[] = [
  /^effects\/(comparisons|secondary)\/\d+\/difference\/value\/v\/interval\/(low|high)$/,
  /^responses\/(whole|departments\/\d+)\/rates\/\d+\/value\/v\/high$/,
  /^(confidence$|rules\/|arms\/\d+\/dash\/|outcome\/|cube\/outcomes\/\d+\/outcome\/)/,
  /^effects\/((comparisons|secondary)\/\d+\/outcome\/|smallest\/)/,
  /^(coverage\/(leaders|measured|under)|departments\/leaders|departments\/departments\/\d+\/leaders)\/v$/,
  /^suppressed\/\d+\/(large|suppressed)$/,
  /^dose\/\d+\/attended\/value\/v\/(leaders|sessions)$/,
];

type Leaf = readonly [place: string, value: number];

const leavesOf = (value: unknown, place: string): readonly Leaf[] => {
  if (typeof value === "number") return [[place, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, place === "" ? key : `${place}/${key}`));
};

const at = (model: unknown, place: string): unknown =>
  place.split("/").reduce((value, key) => (value as Readonly<Record<string, unknown>> | null)?.[key], model);

/** The name that the ledger has for a fact. */
const idOf = ({ statistic, scale, named = scale, rater = "employee", wave, grouping, cell }: Said): string =>
  [statistic, rater === "employee" ? named : `${rater} ${named}`, wave, grouping, cell].join("|");

const factOf = ({ named, ...said }: Said, [place, value]: Leaf, since: unknown): ServedFact => ({
  ...{ rater: "employee", ...said },
  ...{
    fact: idOf({ ...said, ...(named === undefined ? {} : { named }) }),
    audience: "management",
    value,
    place,
  },
  since: typeof since === "string" ? since : null,
});

const first = <T>(
  patterns: readonly (readonly [RegExp, T])[],
  place: string,
): readonly [RegExpMatchArray, T] | null => {
  for (const [pattern, what] of patterns) {
    const match = place.match(pattern);
    if (match) return [match, what];
  }
  return null;
};

const intervalOf = (level: ServedFact, { low, high }: Level): readonly ServedInterval[] =>
  low === null || high === null ? [] : [{ level, low, high }];

const derivedAt = /^(cube\/outcomes\/\d+)\/series\/(\d+)\/(changes|gaps)\/(\d+)\/value\/v\/(value|low|high)$/;

/** Whether a number is the difference of two levels that are shown beside it, or an end of the interval round that. */
const isShownDifference = (model: Dashboard, [place, value]: Leaf): boolean => {
  const [, outcome, series, what, wave, which] = derivedAt.exec(place) ?? [];
  if (outcome === undefined) return false;
  const levelOf = (kind: string, from: string) => at(model, `${outcome}/series/${series}/${kind}/${from}/value/v/mean`);
  const [one, other] =
    what === "gaps"
      ? [levelOf("levels", wave!), levelOf("intended", wave!)]
      : [levelOf("levels", "0"), levelOf("levels", wave!)];
  if (typeof one !== "number" || typeof other !== "number") return false;
  const step = 10 ** -(at(model, `${outcome}/outcome/decimals`) as number);
  return which !== "value" || Math.abs(other - one - value) < step / 1000;
};

/** Reads the dashboard's model: each number by the place where it stands, whatever the ledger says that it is. */
export const readDashboard = (read: unknown): ServedModel => {
  const model = read as Dashboard;
  const leaves = leavesOf(model, "");
  const facts: ServedFact[] = [];
  const intervals: ServedInterval[] = [];
  const withoutFact: string[] = [];
  for (const leaf of leaves) {
    const [place] = leaf;
    const level = first(levels, place);
    const other = first(others, place);
    if (level) {
      const [match, said] = level;
      if (match.at(-1) !== "mean") continue;
      const shown = at(model, place.slice(0, -"/mean".length)) as Level;
      const fact = factOf(said(model, ...match.slice(1, -1).map(Number)), leaf, shown.since);
      facts.push(fact);
      intervals.push(...intervalOf(fact, shown));
    } else if (other) {
      const [[, one, two], said] = other;
      const since = at(model, place.replace(/[^/]+$/, "since"));
      facts.push(...said(model, Number(one), Number(two)).map((fact) => factOf(fact, leaf, since)));
    } else if (!plain.some((pattern) => pattern.test(place)) && !isShownDifference(model, leaf))
      withoutFact.push(place);
  }
  return { numbers: leaves.length, facts, intervals, withoutFact };
};
