import type { ProposedCodes } from "../../src/formats/matching/codes.ts";
import type { PlacedCondition } from "../../src/formats/matching/completed.ts";
import type { ItemMatches, WantedItem } from "../../src/formats/matching/items.ts";
import type { PersonColumn } from "../../src/formats/matching/people.ts";
import type { SurveyedColumn } from "../../src/formats/matching/surveyed.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import type { Rater, Study } from "../../src/study/study.ts";
import type { Given, Proposal } from "./proposal.ts";
import type { Survey } from "./survey.ts";
import type { Absent } from "./understand-items.ts";

/** What there is to understand a file with. */
export interface Context {
  readonly study: Study;
  readonly file: DeliveredFile;
  /** Ids of the study's leaders; null where nobody has listed them. */
  readonly roster: ReadonlySet<string> | null;
  readonly given: Given;
}

/** The rows of a file that are one delivery. */
export interface Part {
  /** Null where the rows do not say who answers. */
  readonly rater: Rater | null;
  readonly conditions: readonly PlacedCondition[];
}

/** Whose answers the rows are, and about whom. */
export interface People {
  /** All that the leader's column may be; where there is one, it is that. */
  readonly leaders: readonly PersonColumn[];
  readonly leader: PersonColumn | null;
  readonly respondent: number | null;
  readonly rater: Proposal["rater"];
}

/** Covariates that a rater gives, where they are in the file, and which are nowhere in it. */
export interface CovariatesIn {
  readonly found: readonly { readonly id: string; readonly column: number; readonly by: "name" | "earlier" }[];
  readonly absent: readonly string[];
}

/** Everything that was found out of the rows that are one delivery. */
export interface Pieces extends People {
  readonly part: Part;
  readonly survey: Survey;
  readonly wave: Proposal["wave"];
  readonly days: ReadonlyMap<string, number>;
  readonly wanted: readonly WantedItem[];
  readonly matches: ItemMatches;
  readonly absent: Absent;
  readonly proposed: ProposedCodes;
  readonly covariates: CovariatesIn;
}

/** A column of the survey by its place. */
export const columnAt = ({ columns }: Survey, place: number): SurveyedColumn => columns[place] as SurveyedColumn;
