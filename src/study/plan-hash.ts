import { createHash } from "node:crypto";
import type { Allocation, Arm, Covariate, MissingCode, Plan, Roster, Scale, Study, Wave } from "./study.ts";

type Bare<T> = T extends unknown ? Omit<T, "name"> : never;
type BareScale =
  | Exclude<Bare<Scale>, { kind: "items" }>
  | (Omit<Extract<Bare<Scale>, { kind: "items" }>, "items" | "answers"> & BareItems);
type BareItems = { readonly items: readonly { readonly id: string; readonly reversed: boolean }[] };
type BareCovariate =
  | Extract<Bare<Covariate>, { kind: "numeric" }>
  | (Omit<Extract<Bare<Covariate>, { kind: "categorical" }>, "values"> & { readonly values: readonly string[] });

/** Everything in a study that decides which numbers come out; names and wordings do not. */
export interface DecidingPlan {
  readonly plan: Plan;
  readonly seed: number;
  readonly arms: readonly Pick<Arm, "id" | "control">[];
  readonly waves: readonly Pick<Wave, "id" | "from" | "to" | "baseline">[];
  readonly scales: readonly BareScale[];
  readonly missing: readonly Omit<MissingCode, "label">[];
  readonly covariates: readonly BareCovariate[];
  /** Which leaders are in, and where their arm, block, class, attendance and covariates stand; null without a roster. */
  readonly roster: Pick<Roster, "columns" | "where"> | null;
  /** Whether sessions of the programme are the dose, and not a column of the roster; left out where not. */
  readonly attendance?: true;
  /** Left out where it says no more than a study without a word on it: then the record of the draw decides. */
  readonly allocation?: Allocation;
}

/** The same text for the same content, whatever the order of keys. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
};

/** SHA-256 (hexadecimal) of the canonical text. */
export const contentHash = (value: unknown): string => createHash("sha256").update(canonical(value)).digest("hex");

const bareScale = ({ name: _, ...rest }: Scale): BareScale => {
  if (rest.kind !== "items") return rest;
  const { answers: __, ...scale } = rest;
  return { ...scale, items: rest.items.map(({ id, reversed }) => ({ id, reversed })) };
};

const bareCovariate = ({ name: _, ...rest }: Covariate): BareCovariate =>
  rest.kind === "categorical" ? { ...rest, values: rest.values.map(({ code }) => code) } : rest;

const decidingColumns = ["leader", "arm", "block", "class", "attended"];

function bareRoster({ roster, covariates }: Study): DecidingPlan["roster"] {
  if (roster === null) return null;
  const own = covariates.filter(({ from }) => from === "roster").map(({ id }) => id);
  const deciding = Object.entries(roster.columns).filter(([name]) => [...decidingColumns, ...own].includes(name));
  return { columns: Object.fromEntries(deciding), where: roster.where };
}

const saysAllocation = (allocation: Allocation | null): allocation is Allocation =>
  allocation !== null && (allocation.by !== null || !allocation.randomised);

export const decidingPlan = (study: Study): DecidingPlan => ({
  plan: study.plan,
  seed: study.seed,
  arms: study.arms.map(({ id, control }) => ({ id, control })),
  waves: study.waves.map(({ id, from, to, baseline }) => ({ id, from, to, baseline })),
  scales: study.instrument.scales.map(bareScale),
  missing: study.instrument.missing.map(({ code, kind }) => ({ code, kind })),
  covariates: study.covariates.map(bareCovariate),
  roster: bareRoster(study),
  ...(study.programme !== null && study.roster?.columns.attended === undefined ? { attendance: true } : {}),
  ...(saysAllocation(study.allocation) ? { allocation: study.allocation } : {}),
});

export const planHash = (study: Study): string => contentHash(decidingPlan(study));
