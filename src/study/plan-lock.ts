import { canonical, contentHash, type DecidingPlan, decidingPlan } from "./plan-hash.ts";
import type { Study } from "./study.ts";

/** A frozen analysis plan: what decides the numbers, when it was frozen, and what was known by then. */
export interface PlanLock {
  readonly format: 1;
  readonly spejl: string;
  readonly study: string;
  /** UTC, ISO 8601. */
  readonly locked: string;
  /** Waves after the baseline (without one, all) of which responses had been ingested. */
  readonly lockedAfter: readonly string[];
  /** Of the same waves, those of which a delivery lay in the study's folder, read or not. */
  readonly delivered: readonly string[];
  /** SHA-256 of `plan`. */
  readonly hash: string;
  readonly plan: DecidingPlan;
  /** SHA-256 of everything else in the file. */
  readonly seal: string;
}

/** One thing that is not as it was locked. `path` is as in the study file. */
export interface PlanDifference {
  readonly path: string;
  readonly locked: unknown;
  readonly now: unknown;
}

export const sealed = (lock: Omit<PlanLock, "format" | "hash" | "seal">): PlanLock => {
  const whole = { format: 1, ...lock, hash: contentHash(lock.plan) } as const;
  return { ...whole, seal: contentHash(whole) };
};

/** Whether a lock is as it was written. */
export const isUnaltered = ({ seal, ...whole }: PlanLock): boolean =>
  whole.format === 1 && contentHash(whole.plan) === whole.hash && contentHash(whole) === seal;

type Entries = ReadonlyMap<string, unknown>;

/** Parts of a value by name: those of a mapping by key, of a list of mappings by id; null where it has none. */
const partsOf = (value: unknown): Entries | null => {
  if (typeof value !== "object" || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const ids = value.map((one: unknown) => (one as { readonly id?: unknown } | null)?.id);
  return value.length > 0 && ids.every((id) => typeof id === "string")
    ? new Map(value.map((one, index) => [ids[index] as string, one]))
    : null;
};

const differencesAt = (path: string, locked: unknown, now: unknown): readonly PlanDifference[] => {
  if (canonical(locked ?? null) === canonical(now ?? null)) return [];
  const [before, after] = [partsOf(locked), partsOf(now)];
  if (before === null || after === null) return [{ path, locked: locked ?? null, now: now ?? null }];
  const parts = [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    differencesAt(`${path}.${name}`, before.get(name), after.get(name)),
  );
  const order = { locked: [...before.keys()], now: [...after.keys()] };
  return parts.length > 0 ? parts : [{ path, ...order }];
};

const places: readonly (readonly [keyof DecidingPlan, string])[] = [
  ["plan", "analysis"],
  ["seed", "seed"],
  ["arms", "arms"],
  ["waves", "waves"],
  ["scales", "scales"],
  ["missing", "missing"],
  ["covariates", "covariates"],
  ["roster", "roster"],
  ["allocation", "allocation"],
];

/** What in a study is not as it was locked. */
export const planDifferences = (lock: PlanLock, study: Study): readonly PlanDifference[] => {
  const now = decidingPlan(study);
  return places
    .flatMap(([part, place]) => differencesAt(place, lock.plan[part], now[part]))
    .map((one) => ({ ...one, path: one.path.replace("differenceInDifferences", "difference-in-differences") }));
};
