import type { Chance } from "../fuzz/chance.ts";
import type { Template } from "./trial.ts";

/** What every kind of fault has at hand. */
export interface Bench {
  readonly templates: Readonly<Record<Template["name"], Template>>;
  /** Folder for trials. */
  readonly place: string;
  readonly points: number;
  readonly chance: Chance;
  /** Runs trials side by side, one after the other of a list, and tells how far it is. */
  readonly each: <T>(cases: readonly T[], trial: (one: T) => Promise<string | null>) => Promise<readonly Finding[]>;
}

/** A trial that did not end as it must. */
export interface Finding {
  readonly at: string;
  readonly broken: string;
}

/** What came of a kind of fault; `skipped` says why it was not tried here. */
export type Tried =
  | { readonly trials: number; readonly findings: readonly Finding[]; readonly said?: string }
  | { readonly skipped: string };
