import type { FoundBy } from "../../src/formats/matching/items.ts";
import type { WaveFoundBy } from "../../src/formats/matching/occasions.ts";
import type { PersonFoundBy } from "../../src/formats/matching/people.ts";
import type { SurveyedColumn } from "../../src/formats/matching/surveyed.ts";
import type { Condition, Format, MissingKind, Rater } from "../../src/study/study.ts";

export type RaterFoundBy = "given" | "relationship" | "file-name" | "wording" | "rows-per-leader";

/** A column that the study uses, and why it is taken for that. */
export interface FoundColumn {
  readonly column: string;
  /** The vendor's wording, where it gives one. */
  readonly wording: string | null;
  /** `leader`, `respondent`, or the id of an item or covariate. */
  readonly means: string;
  readonly kind: "leader" | "respondent" | "item" | "covariate";
  readonly by: FoundBy | PersonFoundBy;
  /** Share of its filled cells that can be read; for the leader's, that are ids of the roster. Null where there is nothing to compare with. */
  readonly reads: number | null;
  /** Codes of an item's scale that nothing explains, where its cells have some of them. */
  readonly unexplained: readonly string[];
}

/** What has to be said before a delivery can be written. */
export type Open =
  | { readonly what: "leader" | "item"; readonly id: string; readonly columns: readonly string[] }
  | { readonly what: "wave" | "rater"; readonly ids: readonly string[] };

/** What a reader should know of a proposal. */
export type Note =
  | { readonly note: "rows-skipped"; readonly rows: number; readonly of: number }
  | { readonly note: "scale-not-asked"; readonly scale: string }
  | { readonly note: "items-not-asked"; readonly items: readonly string[] }
  | { readonly note: "codes-conflict" }
  | { readonly note: "missing-lacking"; readonly codes: Readonly<Record<string, MissingKind>> }
  | { readonly note: "covariates-absent"; readonly covariates: readonly string[] }
  | { readonly note: "personal"; readonly columns: readonly string[] }
  | { readonly note: "relations-left"; readonly relations: number }
  | { readonly note: "dates-outside"; readonly from: string; readonly to: string; readonly wave: string | null }
  | { readonly note: "cells-unread"; readonly columns: readonly string[] }
  | { readonly note: "codes-unexplained"; readonly columns: readonly string[]; readonly codes: readonly string[] };

/** One wave and rater of a file, as far as it is understood. */
export interface Proposal {
  readonly wave: { readonly wave: string; readonly by: WaveFoundBy } | null;
  readonly rater: { readonly rater: Rater; readonly by: RaterFoundBy } | null;
  readonly found: readonly FoundColumn[];
  readonly open: readonly Open[];
  readonly notes: readonly Note[];
  readonly rows: number;
  readonly columns: Readonly<Record<string, string>>;
  readonly items: Readonly<Record<string, string>>;
  readonly notAsked: readonly string[];
  readonly codes: ReadonlyMap<string, number | MissingKind> | null;
  readonly where: Readonly<Record<string, Condition>>;
}

/** A file as it is understood: one proposal, or one for each rater of a form of all-round feedback. */
export interface Understanding {
  readonly format: Format;
  readonly encoding: string;
  readonly fileColumns: readonly SurveyedColumn[];
  readonly proposals: readonly Proposal[];
}

/** What the person says on the command line, or when asked. */
export interface Given {
  readonly wave: string | null;
  readonly rater: Rater | null;
  readonly leader: string | null;
  readonly respondent: string | null;
  /** Column by item. */
  readonly items: Readonly<Record<string, string>>;
  /** Items that were not asked. */
  readonly notAsked: readonly string[];
}
