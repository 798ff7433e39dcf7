import { type Limited, Refusal } from "../../errors.ts";

/** In what a system file is damaged; each has words of its own in the explanations. */
export type SpssFault =
  | "truncated"
  | "spss-header"
  | "spss-dictionary-cut"
  | "spss-dictionary"
  | "spss-case-count"
  | "spss-cases"
  | "spss-blocks";

export const damaged = (file: string, cause: SpssFault): Refusal =>
  new Refusal({ code: "file-damaged", place: { file }, format: "spss", cause });

export const excessive = (file: string, what: Limited, limit: number): Refusal =>
  new Refusal({ code: "limit-exceeded", place: { file }, what, limit });
