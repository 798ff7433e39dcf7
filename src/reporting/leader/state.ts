import type { LeaderModel } from "./model.ts";

/**
 * Which page this is. With employees' answers: own answer beside them, missing, or never asked for. Without: own answer
 * alone because too few employees answered, or because they were not asked; the leader had left the post or not begun;
 * neither was asked; own answer missing where only leaders were asked, or where too few employees answered; nobody has
 * answered anything.
 */
export type State =
  | "both"
  | "own-missing"
  | "own-not-asked"
  | "few"
  | "employees-not-asked"
  | "left"
  | "ahead"
  | "not-asked"
  | "own-missing-alone"
  | "few-own-missing"
  | "few-own-not-asked"
  | "empty";

const withoutAnyone = ({ study, facts: { asked } }: LeaderModel): State => {
  if (study.scales.length === 0) return "empty";
  if (asked.post !== "held") return asked.post;
  if (!asked.employees) return asked.own ? "own-missing-alone" : "not-asked";
  return asked.own ? "few-own-missing" : "few-own-not-asked";
};

export const stateOf = (model: LeaderModel): State => {
  const { scales, asked } = model.facts;
  const own = scales.some((scale) => (scale.own.at(-1) ?? null) !== null);
  const employees = scales.some((scale) => scale.employees.at(-1)?.state === "shown");
  if (employees) return own ? "both" : asked.own ? "own-missing" : "own-not-asked";
  if (own) return asked.employees ? "few" : "employees-not-asked";
  return withoutAnyone(model);
};

/** Whether employees' answers are left out because there are too few of them. */
export const isSuppressed = (model: LeaderModel): boolean =>
  ["few", "few-own-missing", "few-own-not-asked"].includes(stateOf(model));
